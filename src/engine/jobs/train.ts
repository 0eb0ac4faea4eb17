import { z } from 'zod';
import type { Card } from '../../shared/card.ts';
import { AppError } from '../../shared/errors.ts';
import { m } from '../../shared/messages/messages.js';
import type { AnonymityReport } from '../../shared/personal.ts';
import { markedProfile } from '../../shared/personal-marks.ts';
import type { Job } from '../../shared/jobs.ts';
import type { Rule } from '../../shared/rules.ts';
import type { ColumnChoice, TableProfile } from '../../shared/table.ts';
import type { TrainingProgress, TrainingSettings } from '../../shared/training.ts';
import type { CheckpointPlace } from '../store/checkpoints.ts';
import { createComparer } from '../quality/compare.ts';
import { scoreTable } from '../quality/score.ts';
import type { Devices, TrainedTableModel, TrainTableProgress } from '../synthesis/tables/train.ts';
import { trainingState } from '../synthesis/tables/training-state.ts';
import type { ColumnSchema } from '../tables/schema.ts';
import { hashFile } from '../tables/source-file.ts';
import type { Source } from '../tables/source.ts';
import type { Table } from '../tables/table.ts';
import { takeRows } from '../tables/table.ts';
import { fakeColumns } from '../privacy/fakes/fake-columns.ts';
import type { AddFakes } from '../privacy/fakes/fake-columns.ts';
import { measureAnonymity, type AnonymityColumns } from './anonymity.ts';
import { trainingCard } from './card.ts';
import { learnHere } from './learn.ts';
import { fitRules } from './model-rules.ts';
import { loadTreated, requireTreated } from './personal.ts';
import { rowsAsText } from './rows-as-text.ts';
import { sampleTable } from './sample-rows.ts';
import { shareHoldout, splitRows } from './split.ts';
import { stagesOf } from './task.ts';
import type { TaskContext } from './task.ts';

export interface TrainParams {
  source: Source;
  profile: TableProfile;
  columns: ColumnChoice[];
  settings: Omit<TrainingSettings, 'columns' | 'mostRows'>;
  /** Epochs, passes over the rows, after which training ends in any case. */
  maxEpochs?: number;
  /** Rows read at most, drawn by lot; as many as memory takes when absent. */
  mostRows?: number;
  /** The devices of this machine; without them it learns on the CPU. */
  devices?: Devices;
  /** Rules that generated rows are to keep; `auto` takes those found in the training rows. */
  rules?: readonly Rule[] | 'auto';
  /** For the card: how identifiable rows are by these columns. Not measured where others know none. */
  anonymity?: AnonymityColumns;
}

export interface TrainResult {
  model: TrainedTableModel;
  /** With its scores. */
  card: Card;
  progress: TrainingProgress;
  /** Rows the model learned from, for recognising copies. */
  training: Table;
  schema: ColumnSchema[];
}

/** A training that has not ended: all that is needed to go on with it, but for the table. */
export const savedTraining = z.object({
  /** SHA-256 of the source's content, in hex. */
  sha256: z.string(),
  /** Rows read of it: all, or as many as memory took then. */
  rows: z.number().int().positive().optional(),
  state: trainingState,
});
export type SavedTraining = z.infer<typeof savedTraining>;

/** Where a training is kept while it runs. */
export interface TrainingKeeper {
  /** What an earlier run has kept; null at first. */
  from: SavedTraining | null;
  /** What that run told last. */
  told: TrainingProgress | null;
  keep: (saved: SavedTraining) => void;
  /** For keeping it in another thread, which then tells what it has kept. */
  elsewhere?: {
    place: () => CheckpointPlace;
    onSaved: (saved: NonNullable<Job['saved']>) => void;
  };
}

/** Rows generated for the scores: enough for every figure to be steady, few enough to take seconds. */
const scoredRows = 50_000;
/** Generated rows shown while training. */
const shownRows = 12;

/**
 * Trains a model on a linked table and scores it against rows set aside before. The source is read once, at the
 * beginning; a file that goes away later does not matter any more.
 *
 * With a keeper, it goes on from where an earlier run with the same parameters stood, and ends as that run would have.
 * Throws `privacy/untreated` before it reads anything, `source/changed` when the source is not what that run read, and `checkpoint/unusable`.
 */
export async function train(
  asked: TrainParams,
  { signal, pause, clock, learn = learnHere, report }: TaskContext,
  onTraining: (progress: TrainingProgress) => void = () => undefined,
  keeper?: TrainingKeeper,
): Promise<TrainResult> {
  // Learning pauses between two steps; all that comes before and after is short and done again.
  const stop = pause ? AbortSignal.any([signal, pause]) : signal;
  const from = keeper?.from;
  requireTreated(asked.profile, asked.columns);
  const params = { ...asked, profile: markedProfile(asked.profile, asked.columns) };
  const { settings, profile } = params;
  const limit = settings.minutes * 60;
  const stages = stagesOf(report, {
    read: 1 + profile.bytes / 30e6,
    learn: limit,
    score: 5 + Math.min(scoredRows, profile.rows) / 2000,
  });

  stages.read(0, { phase: m.phases_reading_table() });
  const sha256 = await hashFile(params.source.path, { signal: stop });
  if (from && from.sha256 !== sha256) {
    throw AppError.of('source/changed', 'training_source_changed', { file: params.source.name });
  }
  const anonymity = await howIdentifiable(params, stop, () => {
    stages.read(0, { phase: m.phases_anonymity() });
  });
  const { table, sourceRows, schema, problems } = await loadTreated(params.source, profile, params.columns, {
    signal: stop,
    // A training that goes on needs the very rows it began with, however much memory there is now.
    mostRows: from?.rows ?? params.mostRows,
    seed: settings.seed,
    onProgress: (fraction, phase) => {
      stages.read(fraction, { phase });
    },
  });
  const split = splitRows(table.rows, settings.holdout, settings.seed);
  const holdout = takeRows(table, split.holdout);

  const addFakes = await fakeColumns(schema, settings.seed);
  const told = keeper?.told ?? null;
  const watcher = createWatcher(holdout, schema, settings.seed, addFakes, told, onTraining);
  // What chooses the state that is kept does not score it as well.
  const { watching, scoring, apart } = shareHoldout(split.holdout, settings.seed);
  const rowsToLearn = takeRows(table, split.training);
  // Contradictions are heard of before the learning, not after it.
  const rules = fitRules(params.rules ?? [], rowsToLearn, schema);
  const { model: learned, training } = await learn(
    {
      training: rowsToLearn,
      watching: takeRows(table, watching),
      schema,
      minutes: settings.minutes,
      stopEarly: settings.stopEarly,
      seed: settings.seed,
      ...(params.maxEpochs !== undefined && { maxEpochs: params.maxEpochs }),
      from: from?.state,
    },
    {
      ...{ signal, pause, clock, devices: params.devices },
      onState: (state) => keeper?.keep({ sha256, rows: table.rows, state }),
      ...(keeper?.elsewhere && {
        keepElsewhere: { ...keeper.elsewhere, sha256, rows: table.rows },
      }),
      onProgress: (progress) => {
        watcher.look(progress);
        stages.learn(1 - progress.secondsLeft / limit, {
          phase: m.phases_learning({ epoch: Math.floor(progress.epoch) + 1 }),
          rate: { value: Math.round(progress.rowsPerSecond), unit: 'rows' },
        });
      },
    },
  );

  const model = { ...learned, ...(rules.length > 0 && { rules }) };

  stages.score(0, { phase: m.phases_generating(), rate: null });
  const synthetic = await sampleTable(
    model,
    Math.min(scoredRows, Math.max(1000, training.rows)),
    settings.seed,
    { signal: stop },
  );
  const progress = watcher.end(model, synthetic);
  const scores = await scoreTable(
    {
      training,
      holdout: takeRows(table, scoring),
      synthetic,
      ...(settings.target !== undefined && { target: settings.target }),
      seed: settings.seed,
    },
    {
      signal: stop,
      onProgress: (fraction, phase) => {
        stages.score(0.1 + 0.9 * fraction, { phase });
      },
    },
  );
  const facts = {
    sha256,
    rows: sourceRows,
    read: table.rows,
    problems,
    params,
    schema,
    model,
    scores,
    training,
    ...(anonymity && { anonymity }),
  };
  const card = trainingCard({ ...facts, holdoutApart: apart });
  return { model, card, progress, training, schema };
}

async function howIdentifiable(
  { source, profile, columns: choices, anonymity }: TrainParams,
  signal: AbortSignal,
  begin: () => void,
): Promise<AnonymityReport | undefined> {
  if (anonymity === undefined || anonymity.quasi.length === 0) return undefined;
  begin();
  return measureAnonymity({ source, profile, choices, ...anonymity }, signal);
}

/** Turns what the training says into what whoever watches is shown. */
function createWatcher(
  holdout: Table,
  schema: ColumnSchema[],
  seed: number,
  addFakes: AddFakes,
  told: TrainingProgress | null,
  tell: (progress: TrainingProgress) => void,
): {
  look: (progress: TrainTableProgress) => void;
  end: (model: TrainedTableModel, synthetic: Table) => TrainingProgress;
} {
  const comparer = createComparer(holdout, schema);
  const columns = schema.map(({ name }) => name);
  let shown: TrainingProgress = told ?? {
    history: [],
    comparisons: [],
    sample: { columns, rows: [] },
    notes: [],
  };
  const show = (
    state: Pick<TrainedTableModel, 'history' | 'notes'>,
    best: TrainedTableModel['best'],
    sample?: Table,
  ) => {
    shown = {
      history: state.history,
      ...(best && { best }),
      comparisons: sample ? comparer.compare(sample) : shown.comparisons,
      sample: sample
        ? { columns, rows: rowsAsText(addFakes(firstRows(sample)), schema, shownRows, seed) }
        : shown.sample,
      notes: state.notes,
    };
    tell(shown);
    return shown;
  };
  return {
    look: (progress) => {
      const news = progress.sample !== undefined || progress.notes.length !== shown.notes.length;
      if (news) show(progress, progress.best, progress.sample);
    },
    end: (model, synthetic) => show(model, model.best, synthetic),
  };
}

function firstRows(table: Table): Table {
  return takeRows(
    table,
    Uint32Array.from({ length: Math.min(shownRows, table.rows) }, (_, row) => row),
  );
}
