import { expect, it } from 'vitest';
import { childEnvironment } from './child-environment.ts';

it('keeps what would change how Node starts from what main starts, and telemetry off', () => {
  expect(
    childEnvironment({
      PATH: '/bin',
      HOME: '/home/ada',
      NODE_OPTIONS: '--inspect',
      ELECTRON_RUN_AS_NODE: '1',
      X: undefined,
    }),
  ).toEqual({ PATH: '/bin', HOME: '/home/ada', ORT_DISABLE_TELEMETRY: '1', ORT_TELEMETRY_DISABLED: '1' });
});
