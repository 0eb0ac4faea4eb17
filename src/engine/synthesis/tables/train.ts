import type { DeviceName } from '../../../shared/device-names.ts';
import type { DeviceReport } from '../../../shared/devices.ts';
import { AppError } from '../../../shared/errors.ts';
import { m } from '../../../shared/messages/messages.js';
import type { FittedRule } from '../../../shared/rules.ts';
import type { LearningPoint } from '../../../shared/training.ts';
import type { Trial } from '../../compute/devices/trial.ts';
import type { ColumnSchema } from '../../tables/schema.ts';
import { subjectsNeeded } from '../../tables/subjects.ts';
import type { Table } from '../../tables/table.ts';
import { deviceWays } from '../../compute/compile.ts';
import { hiddenCategories } from './category-classes.ts';
import { encodeTable } from './codes.ts';
import type { Codes } from './codes.ts';
import type { TableEncoding } from './encoding.ts';
import { fitEncoding } from './fit-encoding.ts';
import { createLearner, usual } from './learner.ts';
import type { ChooseDevice, Learner, NetworkSettings } from './learner.ts';
import { runLoop } from './learning-loop.ts';
import type { LoopOptions, LoopState } from './learning-loop.ts';
import { tooFewNumbers } from './number-classes.ts';
import { halvedBatch, isOutOfMemory, smallerBatchNote } from './out-of-memory.ts';
import { fewestForMiddle } from './quantile-grid.ts';
import { requireSameRows, rowsFingerprint } from './training-state.ts';
import type { TrainingState } from './training-state.ts';

export type { LoopProgress as TrainTableProgress } from './learning-loop.ts';

/** Who knows the devices of this machine. */
export interface Devices {
  /** Chooses one for a model, trying those found with a few of its steps where that has not been done yet. */
  choose: (trial: () => Promise<Trial>, model: DeviceReport['model']) => Promise<DeviceReport>;
  /** It has failed in the middle of a training: it is not to be chosen again. */
  failed: (device: DeviceName) => void;
}

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
  /** Milliseconds of a clock that only goes forward; `performance.now` when absent. */
  clock?: () => number;
  /** How often the learning rate is halved before the critic joins, for experiments. */
  criticAfter?: number;
  /** Without them it learns on the CPU. */
  devices?: Devices;
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
  /** What was tried, and why this device was chosen; absent where there was no choice. */
  tried?: DeviceReport;
  /** Rules that its rows keep. */
  rules?: FittedRule[];
}

export interface TrainTableOptions extends Omit<LoopOptions, 'onState'> {
  /** Told after every pass over the rows, after every look, and on pausing: all that is needed to go on later. */
  onState?: ((state: TrainingState) => void) | undefined;
  /** State of an earlier run with the same request, to go on from. */
  from?: TrainingState | undefined;
}

/**
 * Trains the table GAN (docs/method-table-gan.md). Same table, settings, seed and device: the same model to the
 * bit, as long as it ends by itself or by `maxEpochs` rather than by the clock, in one run or in several.
 *
 * Where memory runs out it goes on from its last state with batches of half the rows, and where a device fails it goes
 * on from there on the CPU; its notes say so, and where it goes on from a state on another device than before.
 *
 * Yields to the event loop at every step. Throws the signal's reason when cancelled or paused, `table/too-few-rows`
 * and `table/no-usable-column` for tables nothing can be learned from, `training/diverged`,
 * `compute/out-of-memory`, and `checkpoint/unusable` for a state that belongs to other rows.
 */
export async function trainTableGan(
  request: TrainTableRequest,
  { from, onState, ...options }: TrainTableOptions = {},
): Promise<TrainedTableModel> {
  options.signal?.throwIfAborted();
  const clock = request.clock ?? (() => performance.now());
  let began = clock();
  const encoding = fitEncoding(request.training, request.schema);
  const codes = encodeTable(encoding, request.training);
  const rows = rowsFingerprint(encoding, codes);
  if (from) requireSameRows(from, rows);
  const network = { ...usual, ...request.network };
  let batch = from?.batch ?? network.batch;
  let loop: LoopState | undefined = from?.loop;
  /** Time that counts and is not in the state to go on from: since the call, and what a shortage has lost. */
  const uncounted = (): number => began - 1000 * ((from?.loop.seconds ?? 0) - (loop?.seconds ?? 0));
  let notes: string[] = [];
  let tried: DeviceReport | undefined;
  const criticAfter = request.criticAfter ?? usualCriticAfter(codes);
  /**
   * Where it learns; undefined until that is decided. What has begun on the CPU goes on there, so that it ends as if
   * it had not been interrupted, to the bit.
   */
  let device: DeviceName | undefined = from?.device === 'cpu' ? 'cpu' : undefined;
  /** Where what has been learned so far was learned. */
  let before = from?.device;
  const choose: ChooseDevice = async (trial, model) => {
    if (device === undefined && !tried && request.devices) {
      const asked = clock();
      tried = await request.devices.choose(() => trial(Number.isFinite(criticAfter)), model);
      // The minutes are for learning.
      began += clock() - asked;
    }
    return (device ??= tried?.chosen ?? 'cpu');
  };
  const note = (text: string): void => {
    if (loop) loop = { ...loop, notes: [...loop.notes, text] };
    else notes = [...notes, text];
  };
  for (;;) {
    let learner: Learner | undefined;
    try {
      learner = await createLearner(
        encoding,
        codes,
        request.seed,
        { ...network, batch },
        loop?.learner,
        request.devices && choose,
      );
      ({ batch } = learner);
      const now = device ?? 'cpu';
      if (before !== undefined && before !== now)
        note(m.notes_other_device({ before: deviceWays[before], now: deviceWays[now] }));
      before = now;
      const { snapshot, ...outcome } = await runLoop(
        learner,
        {
          ...request,
          criticAfter,
          rows: codes.rows,
          clock,
          began: uncounted(),
          notes,
        },
        {
          ...options,
          onState: (state) => {
            loop = state;
            onState?.({ rows, batch, device: now, loop: state });
          },
        },
        loop,
      );
      return {
        schema: request.schema,
        encoding,
        generator: await learner.export(snapshot),
        parameters: learner.parameters,
        device: learner.device,
        ...(tried && tried.devices.length > 1 && { tried }),
        ...outcome,
        notes: [...hiddenNotes(request.training), ...outcome.notes],
      };
    } catch (error) {
      if (isDeviceFailure(error) && device !== undefined && device !== 'cpu') {
        request.devices?.failed(device);
        note(m.notes_device_failed({ device: deviceWays[device] }));
        if (tried) tried = withFailed(tried, device);
        device = 'cpu';
        before = 'cpu';
      } else if (isOutOfMemory(error)) {
        batch = halvedBatch(batch);
        note(smallerBatchNote(batch));
      } else {
        throw error;
      }
    } finally {
      // What becomes of the training is decided; a device that has failed may fail at this as well.
      await learner?.dispose().catch(() => undefined);
    }
  }
}

function isDeviceFailure(error: unknown): boolean {
  return error instanceof AppError && error.code === 'compute/device-failed';
}

/** What was tried before, now that a device has failed after all. */
function withFailed(report: DeviceReport, failed: DeviceName): DeviceReport {
  return {
    ...report,
    chosen: 'cpu',
    devices: report.devices.map((device) => {
      if (device.name === failed)
        return { ...device, state: 'set-aside', reason: { kind: 'failed-training' } };
      return device.name === 'cpu' ? { ...device, state: 'chosen', reason: { kind: 'fastest' } } : device;
    }),
  };
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
      return [m.notes_too_few_values({ column: column.name, least: fewestForMiddle })];
    }
    const hidden = hiddenCategories(column);
    if (hidden === 0) return [];
    const values = { column: column.name, hidden, least: subjectsNeeded };
    return hidden === new Set(column.codes).size
      ? [m.notes_only_rare_values(values)]
      : [m.notes_rare_values(values)];
  });
}
