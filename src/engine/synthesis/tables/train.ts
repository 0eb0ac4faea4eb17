import type { LearningPoint } from '../../../shared/training.ts';
import type { ColumnSchema } from '../../tables/schema.ts';
import type { Table } from '../../tables/table.ts';
import { hiddenCategories } from './category-classes.ts';
import { encodeTable } from './codes.ts';
import type { Codes } from './codes.ts';
import type { TableEncoding } from './encoding.ts';
import { fitEncoding } from './fit-encoding.ts';
import { createLearner, usual } from './learner.ts';
import type { NetworkSettings } from './learner.ts';
import { runLoop } from './learning-loop.ts';
import type { LoopOptions } from './learning-loop.ts';
import { tooFewNumbers } from './number-classes.ts';
import { subjectsNeeded } from './subjects.ts';

export type { LoopProgress as TrainTableProgress } from './learning-loop.ts';

export interface TrainTableRequest {
  /** Rows to learn from. Never written anywhere. */
  training: Table;
  /** Quality of a generated table against rows the training never sees, 0 to 1; higher is better. */
  holdoutScore: (synthetic: Table) => Promise<number>;
  /** All columns of the output, in source order; those of `training` are found by name. */
  schema: ColumnSchema[];
  /**
   * Wall-clock limit, from the call on: compiling the network counts. It decides when training ends and nothing
   * else about the result. One step is taken and one look at quality in any case.
   */
  minutes: number;
  /** Stop before the limit once the model no longer improves. */
  stopEarly: boolean;
  seed: number;
  /** Passes over the rows after which training ends in any case. */
  maxEpochs?: number;
  /** How often the learning rate is halved before the critic joins, for experiments. */
  criticAfter?: number;
  /** Differences from the usual network, for experiments. */
  network?: Partial<NetworkSettings>;
}

/** A trained model: all that is needed to generate rows. Holds no training row. */
export interface TrainedTableModel {
  schema: ColumnSchema[];
  encoding: TableEncoding;
  /** ONNX: `uniform` [rows, columns] → `classes` [rows, columns]. */
  generator: Uint8Array;
  /** Numbers learned. */
  parameters: number;
  history: LearningPoint[];
  /** The checkpoint kept. */
  best?: LearningPoint;
  seconds: number;
  epochs: number;
  notes: string[];
  device: string;
}

/**
 * Trains the table GAN (docs/method-table-gan.md). Same table, settings, seed and device: the same model to the
 * bit, as long as it ends by itself or by `maxEpochs` rather than by the clock.
 *
 * Yields to the event loop at every step. Throws the signal's reason when cancelled, `table/too-few-rows` and
 * `table/no-usable-column` for tables nothing can be learned from, and `training/diverged`.
 */
export async function trainTableGan(
  request: TrainTableRequest,
  options: LoopOptions = {},
): Promise<TrainedTableModel> {
  options.signal?.throwIfAborted();
  const began = performance.now();
  const encoding = fitEncoding(request.training, request.schema);
  const codes = encodeTable(encoding, request.training);
  const learner = await createLearner(encoding, codes, request.seed, { ...usual, ...request.network });
  try {
    const { snapshot, ...outcome } = await runLoop(
      learner,
      { criticAfter: usualCriticAfter(codes), ...request, rows: codes.rows, began },
      options,
    );
    return {
      schema: request.schema,
      encoding,
      generator: learner.export(snapshot),
      parameters: learner.parameters,
      device: learner.device,
      ...outcome,
      notes: [...hiddenNotes(request.training), ...outcome.notes],
    };
  } finally {
    await learner.dispose();
  }
}

/**
 * The critic joins when the likelihood alone has come far enough for its odds to mean something. Tables of
 * hundreds of columns do without: compiling both networks against each other would take minutes.
 */
function usualCriticAfter(codes: Codes): number {
  return codes.columns.length <= 64 ? 2 : Infinity;
}

/** Says which columns have lost their rarest values: whoever uses the result should know. */
function hiddenNotes(table: Table): string[] {
  return table.columns.flatMap((column) => {
    if (column.type === 'number') {
      if (!tooFewNumbers(column)) return [];
      const fewest = subjectsNeeded(table.rows);
      return [
        `${column.name}: fewer than ${fewest} rows have a value; the column stays empty, so that none of them can come out.`,
      ];
    }
    const hidden = hiddenCategories(column);
    if (hidden === 0) return [];
    const what = `${column.name}: ${hidden} of the values occur in fewer than ${subjectsNeeded(table.rows)} rows`;
    return hidden === new Set(column.codes).size
      ? [`${what}, all there are; the column stays empty, so that none of them can come out.`]
      : [`${what} and cannot come out; values that are more frequent take their place.`];
  });
}
