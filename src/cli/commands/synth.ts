import { listed } from '../../engine/jobs/evaluate.ts';
import { exportModel } from '../../engine/jobs/export-model.ts';
import { generate } from '../../engine/jobs/generate.ts';
import { readRulesFile, rulesOf } from '../../engine/jobs/rules-file.ts';
import type { RuleEntries } from '../../engine/jobs/rules-file.ts';
import { measureAnonymity } from '../../engine/jobs/anonymity.ts';
import { profile } from '../../engine/jobs/profile.ts';
import { requireRows } from '../../engine/jobs/split.ts';
import { stagesOf } from '../../engine/jobs/task.ts';
import type { StageProgress, TaskContext } from '../../engine/jobs/task.ts';
import { train } from '../../engine/jobs/train.ts';
import { version } from '../../engine/jobs/version.ts';
import { writeJson } from '../../engine/jobs/write-json.ts';
import type { Store } from '../../engine/store/open.ts';
import { rowHashes } from '../../engine/synthesis/tables/row-hashes.ts';
import { tableName } from '../../engine/table-name.ts';
import { requireTarget } from '../../engine/jobs/target.ts';
import { fingerprint } from '../../engine/tables/source-file.ts';
import { readCondition } from '../../engine/tables/conditions/bind.ts';
import { openSource } from '../../engine/tables/source.ts';
import { cardPathOf } from '../../shared/output.ts';
import { AppError } from '../../shared/errors.ts';
import type { ColumnChoice, TableProfile } from '../../shared/table.ts';
import { findings } from '../../shared/verdicts.ts';
import type { Command, CommandResult } from '../command.ts';
import { keepExport, keepTrained } from '../kept.ts';
import { openStoreOf } from '../open-store.ts';
import { seedBounds } from '../options.ts';
import type { Options } from '../options.ts';
import { anonymityLines, personalChoices, readPersonal, treatmentInWords } from '../personal.ts';
import type { PersonalParams } from '../personal.ts';
import { requireApart } from '../paths.ts';
import { reportedProfile } from '../reported-profile.ts';
import { bytesInWords, count, noteLines, scoreLines } from '../words.ts';
import { copyLines, maxRows, ruleLines } from './generate.ts';

interface SynthParams {
  input: string;
  path: string;
  format: ReturnType<Options['output']>['format'];
  rows: number;
  minutes: number;
  seed: number;
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
  return {
    input: options.positional('IN'),
    ...options.output(),
    rows: options.whole('rows', { min: 1, max: maxRows }),
    minutes: options.minutes(5),
    seed: options.whole('seed', seedBounds, 1),
    drop: options.list('drop'),
    target: options.text('target'),
    modelOut: options.text('model-out'),
    report: options.text('report'),
    where: options.text('where'),
    rules: rules === 'auto' ? rules : rules === undefined ? [] : await readRulesFile(rules),
    personal: readPersonal(options),
    overwrite: options.flag('force'),
  };
}

export const runSynth: Command = async (options, context) => {
  const params = await readParams(options);
  if (options.text('store') === undefined) return synth(params, context, null);
  // Asked for now, and not after minutes of learning.
  await fingerprint(params.input);
  await checkOutputs(params);
  const { vault, store } = await openStoreOf(options, context.signal, { create: true });
  try {
    return await synth(params, context, store);
  } finally {
    vault.close();
  }
};

/** @param store Where to keep the table's description and its model; null keeps nothing. */
async function synth(params: SynthParams, context: TaskContext, store: Store | null): Promise<CommandResult> {
  const { path, modelOut, report } = params;
  const { bytes } = await fingerprint(params.input);
  // Better to hear now than after minutes of learning.
  await checkOutputs(params);
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
  if (modelOut !== undefined) {
    await exportModel({ model, card, path: modelOut, overwrite: params.overwrite }, during(stages.write));
  }
  const written = await generate(
    { ...params, model, card, avoid: rowHashes(training), constraints: { where: params.where } },
    during(stages.write),
  );
  if (store !== null && project !== null) keepExport(store, project, { ...written, path });
  const inWords = card.scores ? findings(card.scores) : [];
  if (report !== undefined) {
    const content = {
      semblance: version,
      profile: reportedProfile(found),
      card: written.card,
      findings: inWords,
    };
    await writeJson(report, content, { overwrite: params.overwrite });
  }
  const others = {
    ...(modelOut !== undefined && { model: modelOut }),
    ...(report !== undefined && { report }),
    ...(project !== null && { project }),
  };
  return {
    json: {
      output: { path, card: written.cardPath, bytes: written.bytes, ...written.card.output },
      ...others,
      scores: card.scores,
      findings: inWords,
      warnings: card.warnings,
    },
    text: (width) => [
      `Learned from ${count(training.rows, 'row')} in ${Math.round(card.training.seconds)} s, ${count(card.training.epochs, 'epoch')}.`,
      '',
      ...(card.scores ? scoreLines(card.scores, width) : []),
      '',
      `Rows     ${path}: ${count(written.rows, 'row')}, ${bytesInWords(written.bytes)}`,
      `Card     ${written.cardPath}`,
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

async function checkOutputs({ input, path, modelOut, report, overwrite }: SynthParams): Promise<void> {
  const targets = [path, cardPathOf(path), modelOut, report].filter((each) => each !== undefined);
  for (const [index, target] of targets.entries()) {
    await requireApart(target, [input, ...targets.slice(0, index)]);
    await requireTarget(target, overwrite);
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
    const trained = await train({ source, profile: found, columns, rules, settings }, training);
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
