import { DeviceDesk, shortMemory } from '../../engine/jobs/devices.ts';
import { startTrialProcess } from '../../engine/trial-process.ts';
import { referenceTrial } from '../../engine/synthesis/tables/reference-trial.ts';
import { absenceInWords, deviceInWords, reasonInWords, rounded } from '../../shared/device-words.ts';
import type { AbsentDevice, DeviceReport, FoundDevice, TriedDevice } from '../../shared/devices.ts';
import { m } from '../../shared/messages/messages.js';
import type { Command, CommandResult } from '../command.ts';
import { textTable } from '../text-table.ts';
import { bytesInWords, wrap } from '../words.ts';

export const runDevices: Command = async (options, { signal, report }): Promise<CommandResult> => {
  options.positional(null);
  const wanted = options.device();
  const desk = new DeviceDesk({ memo: shortMemory(wanted), startTrial: startTrialProcess });
  const { devices, absent, fingerprint } = desk.found();
  if (!options.flag('test') && wanted === 'auto') {
    return { json: { fingerprint, devices, absent }, text: (width) => foundLines(devices, absent, width) };
  }
  const { trial, model } = await referenceTrial();
  const tried = await desk.test(trial, model, signal, ({ name }) => {
    report({ phase: m.phases_testing_device({ device: deviceInWords(name, 'en') }, { locale: 'en' }) });
  });
  return { json: { ...tried, absent }, text: (width) => triedLines(tried, absent, width) };
};

function foundLines(
  devices: readonly FoundDevice[],
  absent: readonly AbsentDevice[],
  width: number,
): string[] {
  const rows = devices.map((device) => [...facts(device)]);
  return [
    ...textTable(head, rows, width),
    ...absentLines(absent, width),
    ...(devices.length === 1
      ? ['', m.devices_only_cpu({}, { locale: 'en' }), ...linuxAdvice()]
      : ['', 'Which one is fastest and right: semblance devices --test']),
  ];
}

function absentLines(absent: readonly AbsentDevice[], width: number): string[] {
  if (absent.length === 0) return [];
  return ['', ...absent.flatMap((device) => wrap(`${device.name}: ${absenceInWords(device, 'en')}`, width))];
}

function linuxAdvice(): string[] {
  return process.platform === 'linux' ? [m.devices_only_cpu_linux({}, { locale: 'en' })] : [];
}

function triedLines(
  { devices, model }: DeviceReport,
  absent: readonly AbsentDevice[],
  width: number,
): string[] {
  const rows = devices.map((device) => [
    ...facts(device),
    device.milliseconds === null ? '' : `${rounded(device.milliseconds)} ms`,
    device.deviation === null ? '' : `${Number((100 * device.deviation).toPrecision(2))} %`,
  ]);
  const measured = [
    { head: 'step', align: 'right' as const },
    { head: 'off by', align: 'right' as const },
  ];
  return [
    ...textTable([...head, ...measured], rows, width),
    '',
    ...devices.flatMap((device) => wrap(verdict(device), width)),
    ...absentLines(absent, width),
    '',
    ...wrap(
      `Steps of a model of ${model.parameters.toLocaleString('en-GB')} numbers on ${model.rows.toLocaleString('en-GB')} rows; off by: distance from what the CPU computes in four steps.`,
      width,
    ),
  ];
}

const head = [
  { head: 'device', align: 'left' as const },
  { head: 'hardware', align: 'left' as const, flexible: true },
  { head: 'driver', align: 'left' as const, flexible: true },
  { head: 'memory', align: 'right' as const },
];

function facts({ name, title, driver, memory }: FoundDevice): string[] {
  return [name, title, driver ?? '', memory === null ? 'not told' : bytesInWords(memory)];
}

function verdict({ name, state, reason }: TriedDevice): string {
  return `${name}: ${state === 'chosen' ? 'chosen' : 'set aside'}. ${reasonInWords(reason, 'en')}`;
}
