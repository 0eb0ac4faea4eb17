import { dirname, resolve } from 'node:path';
import { loadTreated } from '../../engine/jobs/personal.ts';
import { profileTable } from '../../engine/tables/profile.ts';
import { hashFile } from '../../engine/tables/source-file.ts';
import { openSource } from '../../engine/tables/source.ts';
import { generate, rowsThatRepeat } from '../../engine/jobs/generate.ts';
import type { GenerateResult } from '../../engine/jobs/generate.ts';
import type { MixRequest } from '../../engine/jobs/mix-request.ts';
import { planGenerate } from '../../engine/jobs/plan-generate.ts';
import { requireTarget } from '../../engine/jobs/target.ts';
import { stagesOf } from '../../engine/jobs/task.ts';
import { requireNoLinkedSource } from '../../engine/linked-sources.ts';
import type { TaskContext, TaskUpdate } from '../../engine/jobs/task.ts';
import type { Store } from '../../engine/store/open.ts';
import { loadModel } from '../../engine/synthesis/tables/model-file.ts';
import { rowHashes } from '../../engine/synthesis/tables/row-hashes.ts';
import type { RowHashes } from '../../engine/synthesis/tables/row-hashes.ts';
import { rulesForModel } from '../../engine/jobs/model-rules.ts';
import { readRulesFile, rulesOf } from '../../engine/jobs/rules-file.ts';
import type { Table } from '../../engine/tables/table.ts';
import type { RuleOutcome } from '../../shared/rules.ts';
import type { ColumnSchema } from '../../engine/tables/schema.ts';
import type { Card } from '../../shared/card.ts';
import { AppError } from '../../shared/errors.ts';
import type { ColumnChoice, TableProfile } from '../../shared/table.ts';
import { cardPathOf, manifestPathOf, sealedName } from '../../shared/output-names.ts';
import type { Command, CommandResult } from '../command.ts';
import { readExportOptions } from '../export-options.ts';
import { keepExport, modelOfProject } from '../kept.ts';
import { openStoreOf } from '../open-store.ts';
import type { Options } from '../options.ts';
import { seedBounds } from '../options.ts';
import { requireApart } from '../paths.ts';
import { planLines } from '../plan-lines.ts';
import { keyInUse, pseudonymLines, type PseudonymKeyInUse } from '../pseudonym-key.ts';
import { reportFile } from '../report-file.ts';
import { bytesInWords, count, noteLines, wrap } from '../words.ts';

export const maxRows = 1_000_000_000;

export const runGenerate: Command = async (options, { signal, report }) => {
  const modelPath = options.positional('MODEL');
  options.whole('rows', { min: 1, max: maxRows });
  const source = options.text('source');
  const inStore = options.text('store') !== undefined;
  if (inStore && source !== undefined && options.text('mix') === undefined) {
    throw new AppError(
      'usage',
      '--source is needed with --store only where real rows are mixed in: the store knows the rows learned from.',
      'Leave one of them out, or add --mix.',
    );
  }
  const opened = inStore ? await openStoreOf(options, signal, { create: false }) : null;
  try {
    return await generateFrom(modelPath, options, { signal, report }, opened?.store ?? null);
  } finally {
    opened?.vault.close();
  }
};

/** @param modelPath A model's file, or the name or id of a project in the store. */
async function generateFrom(
  modelPath: string,
  options: Options,
  context: TaskContext,
  store: Store | null,
): Promise<CommandResult> {
  const { signal, report } = context;
  const exporting = await readExportOptions(options);
  const { path, format, protection, signing, mix } = exporting;
  const rows = options.whole('rows', { min: 1, max: maxRows });
  const seed = options.whole('seed', seedBounds, 1);
  const source = options.text('source');
  const where = options.text('where');
  const reportTo = reportPath(options, path, protection !== null);
  const rules = options.text('rules');
  for (const output of [path, cardPathOf(path), manifestPathOf(path), reportTo]) {
    if (output === undefined) continue;
    await requireApart(output, [...(store === null ? [modelPath] : []), ...options.filesRead()]);
    if (store !== null) await requireNoLinkedSource(store, output, '');
  }
  if (reportTo !== undefined && !exporting.dryRun) await requireTarget(reportTo, options.flag('force'));
  if (mix !== null && source === undefined) {
    throw options.wrong('--mix takes real rows from the table named by --source.');
  }
  const kept = store === null ? null : modelOfProject(store, modelPath);
  const { model, card } = kept ?? (await loadModel(modelPath));
  const stages = stagesOf(report, { source: source === undefined ? 0 : 5, write: 1 + rows / 30_000 });
  const table = source === undefined ? null : await rowsOf(source, model.schema, card, signal, stages.source);
  const known = kept !== null && kept.hashes !== null ? { hashes: kept.hashes, warnings: [] } : table;
  const constraints = {
    where,
    rules:
      rules === undefined || rules === 'auto'
        ? undefined
        : rules === 'none'
          ? []
          : rulesForModel(rulesOf(await readRulesFile(rules), model.schema), model, table?.table),
  };
  const papers = known === null ? card : { ...card, warnings: [...card.warnings, ...known.warnings] };
  const writing: TaskContext = {
    ...context,
    report: ({ progress = null, ...update }: TaskUpdate) => {
      stages.write(progress, update);
    },
  };
  const delimiter = exporting.delimiter(card.source.delimiter);
  const { keyFile, dryRun } = exporting;
  // A dry run makes no key.
  const key =
    mix === null || dryRun
      ? null
      : await keyInUse(keyFile, kept && store ? store.pseudonyms.of(kept.projectId) : null);
  const result = await withRealRows({ share: mix, path: source, key }, signal, async (realRows) => {
    const params = {
      ...{ model, card: papers, path, format, delimiter, rows, seed, protection, signing, constraints },
      ...{ overwrite: options.flag('force'), avoid: known?.hashes ?? null, mix: realRows },
      keep: options.list('keep'),
      alsoWrite: (card: Card) =>
        reportTo === undefined
          ? []
          : [{ path: reportTo, role: 'report' as const, content: reportFile(reportTo, { card }, { card }) }],
    };
    return dryRun ? planGenerate(params, writing) : generate(params, writing);
  });
  if ('files' in result) return { json: { plan: result }, text: (width) => planLines(result, width) };
  if (store !== null && kept !== null) keepExport(store, kept.projectId, { ...result, path });
  return {
    json: {
      output: { path, ...outputFacts(result), ...(key && { pseudonyms: key.from }) },
      ...(reportTo !== undefined && { report: reportTo }),
    },
    text: (width) => [
      `Rows     ${path}: ${count(result.rows, 'row')}, ${bytesInWords(result.bytes)}`,
      ...paperLines(result, width),
      ...(reportTo === undefined ? [] : [`Report   ${reportTo}`]),
      ...pseudonymLines(model.schema, key, width),
      ...(known === null
        ? wrap('Copies   not looked for: name the table the model learned from with --source.', width)
        : copyLines(result, width)),
      ...ruleLines(result.rules, width),
      ...(known?.warnings ?? []).flatMap((warning) => wrap(`Note     ${warning}`, width)),
    ],
  };
}

/** Where the report goes. It is in the manifest of the rows, and so has to lie beside them. Throws `usage`. */
function reportPath(options: Options, path: string, sealed: boolean): string | undefined {
  const named = options.text('report');
  if (named === undefined) return undefined;
  const report = sealedName(named, sealed);
  if (resolve(dirname(report)) !== resolve(dirname(path))) {
    throw options.wrong('--report has to be in the folder of --out.');
  }
  if ([path, cardPathOf(path), manifestPathOf(path)].some((other) => resolve(other) === resolve(report))) {
    throw options.wrong('--report needs a name of its own.');
  }
  return report;
}

/** What was written beside the rows, for machines. */
export function outputFacts({ cardPath, manifestPath, manifest, bytes, card }: GenerateResult) {
  const signedBy = manifest.signer?.fingerprint ?? null;
  return { card: cardPath, manifest: manifestPath, signedBy, bytes, ...card.output };
}

/** What was written beside the rows, and what has to be known of them. */
export function paperLines(
  { cardPath, manifestPath, manifest, card, realRows }: GenerateResult,
  width: number,
): string[] {
  return [
    `Card     ${cardPath}`,
    `Manifest ${manifestPath}, ${manifest.signer ? `signed by ${manifest.signer.fingerprint}` : 'not signed (see --signing-key)'}`,
    // The first warning of such a card is about them.
    ...(realRows === 0 ? [] : noteLines(card.warnings[0] ?? '', width)),
  ];
}

/** Opens the table real rows come from, where any are asked for. */
export async function withRealRows<T>(
  { share, path, key }: { share: number | null; path: string | undefined; key: PseudonymKeyInUse | null },
  signal: AbortSignal,
  work: (mix: MixRequest | null) => Promise<T>,
): Promise<T> {
  if (share === null || path === undefined) return work(null);
  const source = await openSource(path, { signal });
  try {
    return await work({ share, source, pseudonyms: key?.key });
  } finally {
    await source.close();
  }
}

/** What became of rows that equal a row learned from. */
export function copyLines(
  { replacedCopies, commonRows }: Pick<GenerateResult, 'replacedCopies' | 'commonRows'>,
  width: number,
): string[] {
  return [
    `Copies   ${count(replacedCopies, 'row')} equal to a row learned from, replaced`,
    ...(commonRows === null || commonRows === 0
      ? []
      : wrap(
          `${rowsThatRepeat(commonRows)} a combination that five or more real rows share, and stayed`,
          width - 9,
        ).map((line) => `         ${line}`)),
  ];
}

/** What became of the rules, one a line. */
export function ruleLines(outcomes: readonly RuleOutcome[], width: number): string[] {
  return outcomes.flatMap(({ rule, repaired, redrawn }, index) =>
    wrap(
      `${rule}: ${count(repaired, 'row')} mended, ${count(redrawn, 'row')} thrown away for others`,
      width - 9,
    ).map((line, at) => (index === 0 && at === 0 ? 'Rules    ' : '         ') + line),
  );
}

/** The rows of the table a model learned from, read as the model reads them. */
async function rowsOf(
  path: string,
  schema: readonly ColumnSchema[],
  card: Card,
  signal: AbortSignal,
  progress: (fraction: number | null, update: { phase: string }) => void,
): Promise<{ hashes: RowHashes; table: Table; warnings: string[] }> {
  const source = await openSource(path, { signal });
  try {
    progress(0, { phase: `Reading ${source.name}` });
    const sha256 = await hashFile(path, { signal });
    const profile = await profileTable(source, { signal });
    const { table, problems } = await loadTreated(source, profile, choicesOf(profile, schema), {
      ...{ signal, seed: card.seed },
      // Where the model has learned from some of the rows, from these.
      mostRows: card.source.read,
    });
    progress(1, { phase: `Reading ${source.name}` });
    const warnings =
      sha256 === card.source.sha256 ? [] : ['The source given is not the very file the model learned from.'];
    if (card.source.read === undefined)
      warnings.push(
        ...problems.flatMap((problem) => (problem.column === undefined ? [problem.message] : [])),
      );
    return { hashes: rowHashes(table), table, warnings };
  } finally {
    await source.close();
  }
}

/** The choices a model was made with. A generalised column is read as what it was before. */
function choicesOf(profile: TableProfile, schema: readonly ColumnSchema[]): ColumnChoice[] {
  return schema.map(({ name, kind, role, generalise, readAs }) => {
    if (generalise === undefined) return { name, kind, role };
    const before = profile.columns.find((column) => column.name === name);
    return { name, kind: readAs ?? before?.kind ?? kind, role, generalise };
  });
}
