import type { DeviceView, FoundDevice } from '../../src/shared/devices.ts';

const cpu: FoundDevice = { name: 'cpu', title: 'Intel(R) Xeon(R) Processor', driver: null, memory: 135e9 };
const card: FoundDevice = {
  name: 'webgpu',
  title: 'NVIDIA H100 80GB HBM3',
  driver: 'nvidia 580.159.04',
  memory: null,
};

/** A machine with a card that is slower than its processor. */
export const fakeDevices: DeviceView = {
  found: [cpu, card],
  absent: [{ name: 'tensorflow', reason: 'not-installed' }],
  wanted: 'auto',
  tested: {
    at: '2026-01-31T10:00:00.000Z',
    fingerprint: 'f',
    model: { parameters: 92_529, rows: 1000 },
    chosen: 'cpu',
    devices: [
      {
        ...cpu,
        state: 'chosen',
        reason: { kind: 'fastest' },
        milliseconds: 12.4,
        loading: 300,
        deviation: 0,
      },
      {
        ...card,
        state: 'set-aside',
        reason: { kind: 'slower', milliseconds: 12.6, best: 12.4 },
        milliseconds: 12.6,
        loading: 401,
        deviation: 0.0095,
      },
    ],
  },
};
