import { dirname } from 'node:path';
import { findDevices } from '../../engine/compute/devices/find.ts';
import { DeviceDesk, shortMemory } from '../../engine/jobs/devices.ts';
import { listed } from '../../engine/jobs/evaluate.ts';
import { exportModel } from '../../engine/jobs/export-model.ts';
import { generate } from '../../engine/jobs/generate.ts';
import { readRulesFile, rulesOf } from '../../engine/jobs/rules-file.ts';
import type { RuleEntries } from '../../engine/jobs/rules-file.ts';
import { measureAnonymity } from '../../engine/jobs/anonymity.ts';
import { profile } from '../../engine/jobs/profile.ts';
import { fewestRows, requireRows } from '../../engine/jobs/split.ts';
import { writePaper } from '../../engine/jobs/write-paper.ts';
import { planUntrained } from '../../engine/jobs/plan-untrained.ts';
import { stagesOf } from '../../engine/jobs/task.ts';
import type { StageProgress, TaskContext } from '../../engine/jobs/task.ts';
import { train } from '../../engine/jobs/train.ts';
import { version } from '../../engine/jobs/version.ts';
import type { PseudonymKey } from '../../engine/privacy/pseudonyms/key.ts';
import type { Store } from '../../engine/store/open.ts';
import { rowHashes } from '../../engine/synthesis/tables/row-hashes.ts';
import { requireNoLinkedSource } from '../../engine/linked-sources.ts';
import { startTrialProcess } from '../../engine/trial-process.ts';
import { tableName } from '../../engine/table-name.ts';
import { requireTarget } from '../../engine/jobs/target.ts';
import { sealFor } from '../../engine/tables/age.ts';
import { fingerprint } from '../../engine/tables/source-file.ts';
import { readCondition } from '../../engine/tables/conditions/bind.ts';
import { openSource } from '../../engine/tables/source.ts';
import type { Card } from '../../shared/card.ts';
import { deviceInWords } from '../../shared/device-words.ts';
import type { DeviceChoice } from '../../shared/devices.ts';
import { AppError } from '../../shared/errors.ts';
import { cardPathOf, manifestPathOf, sealedName } from '../../shared/output-names.ts';
import type { ColumnChoice, TableProfile } from '../../shared/table.ts';
import { m } from '../../shared/messages/messages.js';
import type { ExportPlan } from '../../shared/export-plan.ts';
import { findings } from '../../shared/verdicts.ts';
import type { Command, CommandResult } from '../command.ts';
import { readExportOptions, type ExportOptions } from '../export-options.ts';
import { keepExport, keepTrained } from '../kept.ts';
import { openStoreOf } from '../open-store.ts';
import { seedBounds } from '../options.ts';
import type { Options } from '../options.ts';
import { anonymityLines, treatmentInWords } from '../personal-words.ts';
import { personalChoices, readPersonal } from '../personal.ts';
import type { PersonalParams } from '../personal.ts';
import { requireApart } from '../paths.ts';
import { keyInUse, pseudonymLines } from '../pseudonym-key.ts';
import { planLines } from '../plan-lines.ts';
import { reportFile } from '../report-file.ts';
import { reportedProfile } from '../reported-profile.ts';
import { bytesInWords, count, noteLines, scoreLines } from '../words.ts';
import { copyLines, maxRows, outputFacts, paperLines, ruleLines, withRealRows } from './generate.ts';

interface SynthParams extends Omit<ExportOptions, 'mix'> {
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
}

async function readParams(options: Options): Promise<SynthParams> {
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
  };
}

export const runSynth: Command = async (options, context) => {
  const params = await readParams(options);
  requireFound(params.device);
  requireFree(params);
  // A dry run leaves nothing, in a store neither.
  if (options.text('store') === undefined || params.dryRun) return synth(params, context, null);
  // Asked for now, and not after minutes of learning.
  await fingerprint(params.input);
  await checkOutputs(params);
  const { vault, store } = await openStoreOf(options, context.signal, { create: true });
  try {
    for (const output of targetsOf(params)) await requireNoLinkedSource(store, output, '');
    return await synth(params, context, store);
  } finally {
    vault.close();
  }
};

/** @param store Where to keep the table's description and its model; null keeps nothing. */
async function synth(params: SynthParams, context: TaskContext, store: Store | null): Promise<CommandResult> {
  const { path, modelOut, report } = params;
  const { bytes } = await fingerprint(params.input);
  if (params.dryRun) {
    const plan = await planSynth(params, context);
    return { json: { plan }, text: (width) => planLines(plan, width) };
  }
  // Better to hear now than after minutes of learning.
  await checkOutputs(params);
  const { share, keyFile } = params;
  const named = share !== null && keyFile !== undefined ? await keyInUse(keyFile, null) : null;
  const stages = stagesOf(context.report, {
    profile: 1 + bytes / 50e6,
    train: params.minutes * 60 + 15,
    write: 1 + params.rows / 30_000,
  });
  const during = (stage: StageProgress): TaskContext => ({
    signal: context.signal,
    report: ({ progress = null, ...update }) => {
      stage(progress, update);
    },
  });

  const { name, found, columns, settings, trained } = await learn(
    params,
    during(stages.profile),
    during(stages.train),
  );
  const { model, card, training } = trained;
  const project =
    store === null
      ? null
      : await keepTrained(store, {
          input: params.input,
          name,
          profile: found,
          columns,
          settings,
          result: trained,
        });
  const { overwrite, protection, signing } = params;
  if (modelOut !== undefined) {
    await exportModel({ model, card, path: modelOut, overwrite, protection, signing }, during(stages.write));
  }
  const inWords = card.scores ? findings(card.scores) : [];
  const reportOf = (path: string, card: Card): Uint8Array =>
    reportFile(
      path,
      { semblance: version, profile: reportedProfile(found), card, findings: inWords },
      { card },
    );
  // In the folder of the rows it is in their manifest.
  const together = report !== undefined && dirname(report) === dirname(path);
  // The secret of the project is made when it is asked for.
  const kept = (): PseudonymKey | null =>
    store === null || project === null ? null : store.pseudonyms.of(project);
  const key = share === null ? null : (named ?? (await keyInUse(undefined, kept())));
  const written = await withRealRows({ share, path: params.input, key }, context.signal, (mix) =>
    generate(
      {
        ...{ ...params, model, card, mix, avoid: rowHashes(training), constraints: { where: params.where } },
        delimiter: params.delimiter(card.source.delimiter),
        alsoWrite: (card) =>
          together ? [{ path: report, role: 'report', content: reportOf(report, card) }] : [],
      },
      during(stages.write),
    ),
  );
  if (report !== undefined && !together) {
    const seal = protection ? sealFor(protection) : undefined;
    await writePaper(report, reportOf(report, written.card), { overwrite, seal });
  }
  if (store !== null && project !== null) keepExport(store, project, { ...written, path });
  const others = {
    ...(modelOut !== undefined && { model: modelOut }),
    ...(report !== undefined && { report }),
    ...(project !== null && { project }),
  };
  return {
    json: {
      output: { path, ...outputFacts(written), ...(key && { pseudonyms: key.from }) },
      ...others,
      scores: card.scores,
      findings: inWords,
      warnings: card.warnings,
    },
    text: (width) => [
      `Learned from ${count(training.rows, 'row')}${readInWords(card)} in ${Math.round(card.training.seconds)} s, ${count(card.training.epochs, 'epoch')}.`,
      '',
      ...(card.scores ? scoreLines(card.scores, width) : []),
      '',
      `Rows     ${path}: ${count(written.rows, 'row')}, ${bytesInWords(written.bytes)}`,
      ...paperLines(written, width),
      ...pseudonymLines(model.schema, key, width),
      ...(modelOut === undefined ? [] : [`Model    ${modelOut}`]),
      ...(report === undefined ? [] : [`Report   ${report}`]),
      ...(project === null ? [] : [`Project  ${project} in the store`]),
      ...columns
        .filter(({ role, generalise }) => role === 'fake' || generalise !== undefined)
        .map(
          (choice, at) =>
            `${at === 0 ? 'Treated  ' : '         '}${choice.name}: ${treatmentInWords(choice)}`,
        ),
      ...copyLines(written, width),
      ...ruleLines(written.rules, width),
      ...card.warnings.flatMap((warning) => noteLines(warning, width)),
      ...(card.anonymity ? ['', ...anonymityLines(card.anonymity, width)] : []),
    ],
  };
}

/** How many rows of the table were read, where not all were. */
function readInWords({ source: { read, rows } }: Card): string {
  return read === undefined
    ? ''
    : ` (of ${read.toLocaleString('en-GB')} drawn from the table’s ${rows.toLocaleString('en-GB')})`;
}

/** Throws `output/unfit` where real rows are asked for and something that real rows do not bend to. */
function requireFree({ share, where, rules }: Pick<SynthParams, 'share' | 'where' | 'rules'>): void {
  if (share === null || (where === undefined && rules.length === 0)) return;
  throw AppError.of('output/unfit', 'real_rows_constrained', {});
}

/** Throws `compute/device-failed` for a device that is not here: nothing else is taken in its place unasked. */
function requireFound(device: DeviceChoice): void {
  if (device === 'auto' || findDevices().devices.some(({ name }) => name === device)) return;
  throw AppError.of('compute/device-failed', 'device_not_found', { device });
}

/** Every file that will be written. */
function targetsOf({ path, modelOut, report }: SynthParams): string[] {
  const models = modelOut === undefined ? [] : [modelOut, manifestPathOf(modelOut)];
  return [path, cardPathOf(path), manifestPathOf(path), ...models, report].filter(
    (each) => each !== undefined,
  );
}

async function checkOutputs(params: SynthParams): Promise<void> {
  const { input, keyFile, overwrite } = params;
  const targets = targetsOf(params);
  for (const [index, target] of targets.entries()) {
    await requireApart(target, [input, keyFile, ...targets.slice(0, index)]);
    await requireTarget(target, overwrite);
  }
}

/** What would be learned from and written. The table is read for it, nothing is learned. */
async function planSynth(params: SynthParams, context: TaskContext): Promise<ExportPlan> {
  const { input, path, modelOut, report } = params;
  const source = await openSource(input, { signal: context.signal });
  try {
    const found = await profile(source, context);
    requireRows(found.rows);
    return await planUntrained(
      {
        ...{ source, profile: found, columns: chosenColumns(found, params, source.name) },
        ...{ path, format: params.format, rows: params.rows, share: params.share, seed: params.seed },
        ...{ protection: params.protection, signing: params.signing },
        delimiter: params.delimiter(found.dialect?.delimiter),
        conditions: params.where === undefined ? [] : [params.where],
        others: [
          ...(modelOut === undefined
            ? []
            : [
                { path: modelOut, role: 'model' as const, bytes: null },
                { path: manifestPathOf(modelOut), role: 'manifest' as const, bytes: null },
              ]),
          ...(report === undefined ? [] : [{ path: report, role: 'report' as const, bytes: null }]),
        ],
      },
      context.signal,
    );
  } finally {
    await source.close();
  }
}

async function learn(params: SynthParams, profiling: TaskContext, training: TaskContext) {
  const source = await openSource(params.input, { signal: training.signal });
  try {
    const found = await profile(source, profiling);
    requireRows(found.rows);
    const columns = chosenColumns(found, params, source.name);
    // Better to hear of a mistake in it now than after minutes of learning.
    if (params.where !== undefined) readCondition(params.where, columns);
    const { quasi, sensitive } = params.personal;
    const anonymity =
      quasi.length === 0
        ? undefined
        : await measureAnonymity(
            { source, profile: found, choices: columns, quasi, sensitive },
            training.signal,
          );
    const settings = {
      minutes: params.minutes,
      stopEarly: true,
      seed: params.seed,
      holdout: 0.2,
      ...(params.target !== undefined && { target: params.target }),
    };
    const rules = params.rules === 'auto' ? params.rules : rulesOf(params.rules, columns);
    const { mostRows } = params;
    const desk = new DeviceDesk({ memo: shortMemory(params.device), startTrial: startTrialProcess });
    const devices = desk.forTraining(training.signal, ({ name }) => {
      training.report({
        phase: m.phases_testing_device({ device: deviceInWords(name, 'en') }, { locale: 'en' }),
      });
    });
    const trained = await train(
      {
        ...{ source, profile: found, columns, rules, settings, devices },
        ...(mostRows !== undefined && { mostRows }),
      },
      training,
    );
    const card = { ...trained.card, ...(anonymity && { anonymity }) };
    return { name: tableName(params.input), found, columns, settings, trained: { ...trained, card } };
  } finally {
    await source.close();
  }
}

/** What the profile proposes, but for the columns dropped. Throws `table/unknown-column`, `table/no-usable-column`. */
function chosenColumns(
  found: TableProfile,
  { drop, target, personal }: Pick<SynthParams, 'drop' | 'target' | 'personal'>,
  table: string,
): ColumnChoice[] {
  const names = found.columns.map(({ name }) => name);
  const unknown = [...drop, ...(target === undefined ? [] : [target])].find((name) => !names.includes(name));
  if (unknown !== undefined) {
    throw new AppError(
      'table/unknown-column',
      `“${table}” has no column “${unknown}”.`,
      `Its columns are ${listed(names)}.`,
    );
  }
  const columns = personalChoices(found, personal, table).map((choice) =>
    drop.includes(choice.name) ? { ...choice, role: 'drop' as const } : choice,
  );
  const learned = columns.filter(
    ({ role, kind, generalise }) => role === 'keep' && (kind !== 'text' || generalise !== undefined),
  );
  if (learned.length === 0) {
    throw new AppError(
      'table/no-usable-column',
      `“${table}” has no column left that can be learned.`,
      'Identifiers and free text are not learned; keep a column of categories, numbers or dates.',
    );
  }
  if (target !== undefined && !learned.some(({ name }) => name === target)) {
    throw new AppError(
      'table/unknown-column',
      `“${target}” is not among the columns that are learned.`,
      'Choose another --target.',
    );
  }
  return columns;
}
