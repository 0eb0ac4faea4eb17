import { loadTreated } from '../../engine/jobs/personal.ts';
import { profileTable } from '../../engine/tables/profile.ts';
import { hashFile } from '../../engine/tables/source-file.ts';
import { openSource } from '../../engine/tables/source.ts';
import { commonRowsInWords, generate } from '../../engine/jobs/generate.ts';
import type { GenerateResult } from '../../engine/jobs/generate.ts';
import { stagesOf } from '../../engine/jobs/task.ts';
import type { TaskContext } from '../../engine/jobs/task.ts';
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
import type { Command, CommandResult } from '../command.ts';
import { keepExport, modelOfProject } from '../kept.ts';
import { openStoreOf } from '../open-store.ts';
import type { Options } from '../options.ts';
import { seedBounds } from '../options.ts';
import { requireApart } from '../paths.ts';
import { bytesInWords, count, wrap } from '../words.ts';

export const maxRows = 1_000_000_000;

export const runGenerate: Command = async (options, { signal, report }) => {
  const modelPath = options.positional('MODEL');
  const { path } = options.output();
  options.whole('rows', { min: 1, max: maxRows });
  const source = options.text('source');
  const inStore = options.text('store') !== undefined;
  if (inStore && source !== undefined) {
    throw new AppError(
      'usage',
      '--source is not needed with --store: the store knows the rows learned from.',
      'Leave one of them out.',
    );
  }
  if (!inStore) await requireApart(path, [modelPath, source]);
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
  { signal, report }: TaskContext,
  store: Store | null,
): Promise<CommandResult> {
  const { path, format } = options.output();
  const rows = options.whole('rows', { min: 1, max: maxRows });
  const seed = options.whole('seed', seedBounds, 1);
  const source = options.text('source');
  const where = options.text('where');
  const rules = options.text('rules');
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
  const result = await generate(
    {
      model,
      card: papers,
      path,
      format,
      rows,
      seed,
      overwrite: options.flag('force'),
      avoid: known?.hashes ?? null,
      constraints,
    },
    {
      signal,
      report: ({ progress = null, ...update }) => {
        stages.write(progress, update);
      },
    },
  );
  if (store !== null && kept !== null) keepExport(store, kept.projectId, { ...result, path });
  return {
    json: { output: { path, card: result.cardPath, bytes: result.bytes, ...result.card.output } },
    text: (width) => [
      `Rows     ${path}: ${count(result.rows, 'row')}, ${bytesInWords(result.bytes)}`,
      `Card     ${result.cardPath}`,
      ...(known === null
        ? wrap('Copies   not looked for: name the table the model learned from with --source.', width)
        : copyLines(result, width)),
      ...ruleLines(result.rules, width),
      ...(known?.warnings ?? []).flatMap((warning) => wrap(`Note     ${warning}`, width)),
    ],
  };
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
      : wrap(`${commonRowsInWords(commonRows)}, and stayed`, width - 9).map((line) => `         ${line}`)),
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
    const { table } = await loadTreated(source, profile, choicesOf(profile, schema), { signal });
    progress(1, { phase: `Reading ${source.name}` });
    const warnings =
      sha256 === card.source.sha256 ? [] : ['The source given is not the very file the model learned from.'];
    return { hashes: rowHashes(table), table, warnings };
  } finally {
    await source.close();
  }
}

/** The choices a model was made with. A generalised column is read as what it was before. */
function choicesOf(profile: TableProfile, schema: readonly ColumnSchema[]): ColumnChoice[] {
  return schema.map(({ name, kind, role, generalise }) => {
    if (generalise === undefined) return { name, kind, role };
    const before = profile.columns.find((column) => column.name === name);
    return { name, kind: before?.kind ?? kind, role, generalise };
  });
}
