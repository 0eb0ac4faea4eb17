import { dirname } from 'node:path';
import { exportModel } from '../../engine/jobs/export-model.ts';
import { generate } from '../../engine/jobs/generate.ts';
import { planUntrained } from '../../engine/jobs/plan-untrained.ts';
import { profile } from '../../engine/jobs/profile.ts';
import { requireRows } from '../../engine/jobs/split.ts';
import { stagesOf } from '../../engine/jobs/task.ts';
import type { StageProgress, TaskContext } from '../../engine/jobs/task.ts';
import { version } from '../../engine/jobs/version.ts';
import { writePaper } from '../../engine/jobs/write-paper.ts';
import { requireNoLinkedSource } from '../../engine/linked-sources.ts';
import type { PseudonymKey } from '../../engine/privacy/pseudonyms/key.ts';
import type { Store } from '../../engine/store/open.ts';
import { rowHashes } from '../../engine/synthesis/tables/row-hashes.ts';
import { sealFor } from '../../engine/tables/age.ts';
import { fingerprint } from '../../engine/tables/source-file.ts';
import { openSource } from '../../engine/tables/source.ts';
import type { Card } from '../../shared/card.ts';
import type { ExportPlan } from '../../shared/export-plan.ts';
import { manifestPathOf } from '../../shared/output-names.ts';
import { findings } from '../../shared/verdicts.ts';
import type { Command, CommandResult } from '../command.ts';
import { keepExport } from '../kept.ts';
import { chosenColumns, learn, type Tell } from '../learning.ts';
import { openStoreOf } from '../open-store.ts';
import { anonymityLines, treatmentInWords } from '../personal-words.ts';
import { planLines } from '../plan-lines.ts';
import { keyInUse, pseudonymLines } from '../pseudonym-key.ts';
import { reportFile } from '../report-file.ts';
import { reportedProfile } from '../reported-profile.ts';
import {
  checkOutputs,
  readParams,
  requireFound,
  requireFree,
  requireOutputsApart,
  targetsOf,
} from '../synth-params.ts';
import type { SynthParams } from '../synth-params.ts';
import { bytesInWords, count, noteLines, scoreLines } from '../words.ts';
import { copyLines, outputFacts, paperLines, ruleLines, withRealRows } from './generate.ts';

export const runSynth: Command = async (options, context) => {
  const params = await readParams(options);
  requireFound(params.device);
  requireFree(params);
  // A dry run leaves nothing, in a store neither.
  const tell = (text: string): void => {
    // A bar is drawn on the line below.
    if (options.flag('json')) context.report({ phase: text });
    else process.stderr.write(`\r\u001b[2K${text}\n`);
  };
  if (options.text('store') === undefined || params.dryRun) return synth(params, context, null, tell);
  // Asked for now, and not after minutes of learning.
  await fingerprint(params.input);
  await checkOutputs(params);
  const { vault, store } = await openStoreOf(options, context.signal, { create: true });
  try {
    for (const output of targetsOf(params)) await requireNoLinkedSource(store, output, '');
    return await synth(params, context, store, tell);
  } finally {
    vault.close();
  }
};

/** @param store Where to keep the table's description and its model; null keeps nothing. */
async function synth(
  params: SynthParams,
  context: TaskContext,
  store: Store | null,
  tell: Tell,
): Promise<CommandResult> {
  const { path, modelOut, report } = params;
  const { bytes } = await fingerprint(params.input);
  if (params.dryRun) {
    await requireOutputsApart(params);
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
    ...context,
    report: ({ progress = null, ...update }) => {
      stage(progress, update);
    },
  });

  const {
    found,
    columns,
    trained,
    kept: training,
  } = await learn(params, store, during(stages.profile), during(stages.train), tell);
  const { model, card } = trained;
  const project = training?.projectId ?? null;
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
        ...{
          ...params,
          model,
          card,
          mix,
          avoid: rowHashes(trained.training),
          constraints: { where: params.where },
        },
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
    ...(typeof training?.from === 'number' && { resumed: { job: training.jobId, epoch: training.from } }),
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
      `Learned from ${count(trained.training.rows, 'row')}${readInWords(card)} in ${Math.round(card.training.seconds)} s, ${count(card.training.epochs, 'epoch')}.`,
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
