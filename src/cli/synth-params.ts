/** What `synth` is asked to do, and what is looked at before it takes minutes. */
import { findDevices } from '../engine/compute/devices/find.ts';
import { readRulesFile } from '../engine/jobs/rules-file.ts';
import type { RuleEntries } from '../engine/jobs/rules-file.ts';
import { fewestRows } from '../shared/fewest-rows.ts';
import { requireTarget } from '../engine/jobs/target.ts';
import type { DeviceChoice } from '../shared/devices.ts';
import { AppError } from '../shared/errors.ts';
import { cardPathOf, manifestPathOf, sealedName } from '../shared/output-names.ts';
import { maxRows } from './commands/generate.ts';
import { readExportOptions, type ExportOptions } from './export-options.ts';
import { seedBounds } from './options.ts';
import type { Options } from './options.ts';
import { requireApart } from './paths.ts';
import { readPersonal } from './personal.ts';
import type { PersonalParams } from './personal.ts';

export interface SynthParams extends Omit<ExportOptions, 'mix'> {
  input: string;
  share: number | null;
  rows: number;
  minutes: number;
  mostRows: number | undefined;
  seed: number;
  device: DeviceChoice;
  drop: string[];
  target: string | undefined;
  modelOut: string | undefined;
  report: string | undefined;
  where: string | undefined;
  rules: RuleEntries | 'auto';
  personal: PersonalParams;
  overwrite: boolean;
  /** Files that are read beside the input. */
  reads: readonly string[];
  /** Not to go on with an earlier training in the store. */
  anew: boolean;
}

export async function readParams(options: Options): Promise<SynthParams> {
  const rules = options.text('rules');
  const { mix: share, ...exporting } = await readExportOptions(options);
  const sealed = (path: string | undefined): string | undefined =>
    path === undefined ? undefined : sealedName(path, exporting.protection !== null);
  return {
    input: options.positional('IN'),
    ...exporting,
    share,
    rows: options.whole('rows', { min: 1, max: maxRows }),
    minutes: options.minutes(5),
    mostRows: options.wholeIfGiven('learn-rows', { min: fewestRows, max: maxRows }),
    seed: options.whole('seed', seedBounds, 1),
    device: options.device(),
    drop: options.list('drop'),
    target: options.text('target'),
    modelOut: sealed(options.text('model-out')),
    report: sealed(options.text('report')),
    where: options.text('where'),
    rules: rules === 'auto' ? rules : rules === undefined ? [] : await readRulesFile(rules),
    personal: readPersonal(options),
    overwrite: options.flag('force'),
    reads: options.filesRead(),
    anew: options.flag('anew'),
  };
}

/** Throws `output/unfit` where real rows are asked for and something that real rows do not bend to. */
export function requireFree({ share, where, rules }: Pick<SynthParams, 'share' | 'where' | 'rules'>): void {
  if (share === null || (where === undefined && rules.length === 0)) return;
  throw AppError.of('output/unfit', 'real_rows_constrained', {});
}

/** Throws `compute/device-failed` for a device that is not here: nothing else is taken in its place unasked. */
export function requireFound(device: DeviceChoice): void {
  if (device === 'auto' || findDevices().devices.some(({ name }) => name === device)) return;
  throw AppError.of('compute/device-failed', 'device_not_found', { device });
}

/** Every file that will be written. */
export function targetsOf({ path, modelOut, report }: SynthParams): string[] {
  const models = modelOut === undefined ? [] : [modelOut, manifestPathOf(modelOut)];
  return [path, cardPathOf(path), manifestPathOf(path), ...models, report].filter(
    (each) => each !== undefined,
  );
}

/** Throws `usage` where something would be written over what is read, or over another output. */
export async function requireOutputsApart(params: SynthParams): Promise<void> {
  const targets = targetsOf(params);
  for (const [index, target] of targets.entries())
    await requireApart(target, [params.input, ...params.reads, ...targets.slice(0, index)]);
}

/** Throws as `requireOutputsApart`, and `output/…` for what cannot be written. */
export async function checkOutputs(params: SynthParams): Promise<void> {
  await requireOutputsApart(params);
  for (const target of targetsOf(params)) await requireTarget(target, params.overwrite);
}
