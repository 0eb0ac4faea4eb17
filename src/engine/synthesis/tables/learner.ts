import type { ArraysOf, DeviceName } from '../../compute/compile.ts';
import type { Trial } from '../../compute/devices/trial.ts';
import { partsOf } from '../../compute/parameters.ts';
import { createRandom } from '../../compute/random.ts';
import type { RandomState } from '../../compute/random.ts';
import type { Table } from '../../tables/table.ts';
import { createAdversary } from './adversary.ts';
import type { Adversary, AdversarySettings, AdversaryState } from './adversary.ts';
import { createBatches, rowMajor } from './batches.ts';
import type { BatchesState } from './batches.ts';
import { calibrate } from './calibrate.ts';
import { classPositions } from './class-positions.ts';
import type { Codes } from './codes.ts';
import { chunkRows, compileDraw, generatorDocumentation } from './draw-program.ts';
import { drawTable } from './draw-table.ts';
import { classCount } from './encoding.ts';
import type { TableEncoding } from './encoding.ts';
import { drawingOrder, generatorLayout, initialiseGenerator } from './generator.ts';
import type { GeneratorShape } from './generator.ts';
import { guardLoss, guardRows } from './guard.ts';
import { compileGuard, compileLearn } from './likelihood-program.ts';
import type { LearnState } from './likelihood-program.ts';
import { fittingBatch } from './out-of-memory.ts';
import { stepsToTry } from './steps-to-try.ts';

export interface StepLosses {
  generator: number;
  /** Null while there is no critic. */
  critic: number | null;
}

/** Everything of the generator that changes while learning; taken and put back in one piece. */
export type Snapshot = ArraysOf<LearnState>;

/** Everything that decides what the next step does. Its arrays are copies, and nobody changes them. */
export interface LearnerState {
  generator: Snapshot;
  /** Null while there is no critic. */
  adversary: AdversaryState | null;
  random: RandomState;
  batches: BatchesState;
  steps: number;
}

/** A model in training, as the loop sees it. */
export interface Learner {
  readonly device: string;
  readonly parameters: number;
  readonly batch: number;
  /** Passes over the training rows completed. */
  readonly epoch: number;
  /** One step on the next batch. */
  step(rate: number): Promise<StepLosses>;
  /** From here on the critic takes part. */
  refine(): Promise<void>;
  /** Loss of the averaged model on rows kept back from it, in nats a row. */
  guard(): Promise<number>;
  /** Rows of the averaged model. The same for the same model, whenever it is asked. */
  sample(rows: number): Promise<Table>;
  save(): Promise<LearnerState>;
  /** Puts the generator back; critic, batches and chance go on from where they are. */
  restore(snapshot: Snapshot): void;
  /** The snapshot with its averaged generator's shares set right. */
  calibrate(snapshot: Snapshot): Promise<Snapshot>;
  /** The averaged generator of a snapshot as ONNX. */
  export(snapshot: Snapshot): Promise<Uint8Array>;
  dispose(): Promise<void>;
}

export interface NetworkSettings extends Omit<AdversarySettings, 'batch'> {
  /** The critic takes part in one step of so many. */
  readonly criticEvery: number;
  /** Width of the running sum; chosen by the number of classes when absent. */
  readonly hidden?: number;
  /** Width of each column's own network; half of the sum's when absent. */
  readonly units?: number;
  /** Rows in a batch, where the table has enough of them. */
  readonly batch: number;
  readonly device?: DeviceName;
  /** Decay of the moving average of the parameters. */
  readonly averaging: number;
}

/** Chosen by experiment: docs/method-table-gan.md. */
export const usual: NetworkSettings = {
  batch: 1000,
  averaging: 0.995,
  dropout: 0.2,
  weightDecay: 0.01,
  penalty: 0.005,
  criticRate: 2e-3,
  pull: 1,
  judged: 128,
  criticEvery: 4,
};

/**
 * Width of the running sum: an eighth of the classes of all columns together. Tables of many numbers lose with fewer what
 * pairs of columns have in common; tables of few classes gain nothing from more.
 */
export function usualWidth(classes: readonly number[]): number {
  const eighth = classes.reduce((sum, count) => sum + count, 0) / 8;
  return Math.min(256, Math.max(64, 16 * Math.round(eighth / 16)));
}

/** Width of each column's own network, beside a sum of that width. */
export function usualUnits(hidden: number): number {
  return Math.min(64, hidden / 2);
}

/**
 * Chooses the device of a model, of so many numbers and rows in a step.
 *
 * @param trial Makes a few of its steps to try devices with, one of them against a critic where it will have one.
 */
export type ChooseDevice = (
  trial: (critic: boolean) => Promise<Trial>,
  model: { parameters: number; rows: number },
) => Promise<DeviceName>;

/**
 * A model for the rows of `codes`: a fresh one, or one that goes on from where another stood that was made of the
 * same rows, seed and settings; only its batch may be smaller. All chance comes from `seed`.
 *
 * @param choose Decides on which device it learns; without it
 * `network.device` does. What judges the model (its loss on rows kept back, and rows drawn) is computed on the CPU in any
 * case: a device that goes wrong later shows there.
 */
export async function createLearner(
  encoding: TableEncoding,
  codes: Codes,
  seed: number,
  network: NetworkSettings = usual,
  from?: LearnerState,
  choose?: ChooseDevice,
): Promise<Learner> {
  const random = createRandom(seed);
  const classes = encoding.columns.map(classCount);
  const width = classes.length;
  const shares = sharesOf(codes, classes);
  const positions = encoding.columns.map((column, index) =>
    column.type === 'number' ? classPositions(column, shares[index]!) : undefined,
  );
  const { hidden = usualWidth(classes), units = usualUnits(hidden) } = network;
  const shape: GeneratorShape = { classes, positions, order: drawingOrder(classes), hidden, units };
  const layout = generatorLayout(shape);
  const rows = rowMajor(codes);
  const shuffled = Uint32Array.from({ length: codes.rows }, (_, row) => row);
  random.shuffle(shuffled);
  const kept = shuffled.subarray(0, guardRows(codes.rows));
  const learned = shuffled.subarray(kept.length);
  const batch = Math.min(
    fittingBatch(network.batch, classes.length, hidden),
    Math.max(32, Math.round(learned.length / 20)),
  );
  const start = initialiseGenerator(layout, shares, random);
  const begin = from?.generator ?? { parameters: start, average: start };

  const judging = { ...network, batch, judged: Math.min(network.judged, batch) };
  let learn = await compileLearn(shape, layout, judging);
  let { device = 'cpu' } = network;
  if (choose) {
    const ownChance = createRandom(seed + 3);
    const ownBatches = createBatches(rows, width, learned, ownChance);
    const tried = {
      ...{ shape, layout, settings: judging, learn, start: begin, random: ownChance },
      nextCodes: (codes: Int32Array<ArrayBuffer>) => {
        ownBatches.next(codes);
      },
    };
    device = await choose((critic) => stepsToTry({ ...tried, critic }), {
      parameters: layout.size,
      rows: batch,
    });
    if (device !== 'cpu') {
      await learn.dispose();
      learn = await compileLearn(shape, layout, { ...judging, device });
    }
  }
  const adversarial = { ...judging, device };
  const guard = await compileGuard(shape, layout, Math.min(1000, kept.length));
  const draw = await compileDraw(shape, layout, chunkRows);
  let adversary: Adversary | undefined;

  learn.writeState({ parameters: start, average: start });
  const batches = createBatches(rows, width, learned, random);
  const batchCodes = new Int32Array(batch * width);
  const thinning = new Float32Array(batch * hidden);
  let steps = 0;
  const snapshot = (): Promise<Snapshot> => learn.readState();
  if (from) {
    learn.writeState(from.generator);
    if (from.adversary) {
      adversary = await createAdversary(shape, layout, adversarial, learn, random);
      adversary.restore(from.adversary);
    }
    batches.restore(from.batches);
    steps = from.steps;
    // Last: a critic is made of chance too.
    random.restore(from.random);
  }

  return {
    device: learn.device,
    parameters: layout.size,
    batch,
    get epoch() {
      return batches.epoch;
    },
    step: async (rate) => {
      batches.next(batchCodes);
      // Young averages forget faster, so that they are not the initial parameters for long.
      const decay = Math.min(network.averaging, (1 + steps) / (10 + steps));
      steps++;
      random.fillCoarse(thinning);
      if (adversary && steps % network.criticEvery === 0) {
        const generator = await adversary.step(batchCodes, thinning, rate, decay);
        return { generator, critic: adversary.criticLoss };
      }
      const { loss } = await learn.run({
        codes: batchCodes,
        thinning,
        rate: Float32Array.of(rate),
        decay: Float32Array.of(decay),
      });
      return { generator: loss[0] ?? NaN, critic: adversary?.criticLoss ?? null };
    },
    refine: async () => {
      adversary ??= await createAdversary(shape, layout, adversarial, learn, random);
    },
    guard: async () => {
      guard.writeState({ parameters: (await snapshot()).average });
      return guardLoss(guard, rows, width, kept);
    },
    sample: async (wanted) => {
      draw.writeState({ parameters: (await snapshot()).average });
      return drawTable(draw, encoding, wanted, createRandom(seed + 1));
    },
    save: async () => ({
      generator: await snapshot(),
      adversary: (await adversary?.save()) ?? null,
      random: random.save(),
      batches: batches.save(),
      steps,
    }),
    restore: (state) => {
      learn.writeState(state);
    },
    calibrate: async (state) => ({
      ...state,
      average: await calibrate(draw, layout, state.average, shares, createRandom(seed + 2)),
    }),
    export: (state) => {
      draw.writeState({ parameters: state.average });
      return draw.toOnnx({
        constants: ['parameters'],
        parts: { parameters: partsOf(layout) },
        documentation: generatorDocumentation,
      });
    },
    dispose: async () => {
      await Promise.all([learn.dispose(), guard.dispose(), draw.dispose(), adversary?.program.dispose()]);
    },
  };
}

function sharesOf(codes: Codes, classes: readonly number[]): Float64Array[] {
  return codes.columns.map((column, index) => {
    const counts = new Float64Array(classes[index] ?? 0);
    for (const code of column) counts[code]!++;
    return counts.map((count) => count / codes.rows);
  });
}
