import { createRandom } from '../../compute/random.ts';
import type { Random } from '../../compute/random.ts';
import type { Table } from '../../tables/table.ts';
import { createBatches, rowMajor } from './batches.ts';
import type { Codes } from './codes.ts';
import { createDecoder } from './decode.ts';
import { chunkRows, compileDraw } from './draw-program.ts';
import { classCount } from './encoding.ts';
import type { TableEncoding } from './encoding.ts';
import { drawingOrder, generatorLayout, initialiseGenerator } from './generator.ts';
import type { GeneratorShape } from './generator.ts';
import { compileGuard, compileLearn } from './likelihood-program.ts';
import type { LearnState } from './likelihood-program.ts';
import type { ArraysOf } from '../../compute/compile.ts';
import { joinTables } from './join-tables.ts';

export interface StepLosses {
  generator: number;
  critic: number;
}

/** Everything that changes while learning; taken and put back in one piece. */
export type Snapshot = ArraysOf<LearnState>;

/** A model in training, as the loop sees it. */
export interface Learner {
  readonly device: string;
  readonly parameters: number;
  readonly batch: number;
  /** Passes over the training rows completed. */
  readonly epoch: number;
  /** One step on the next batch. */
  step(rate: number): Promise<StepLosses>;
  /** Loss of the averaged model on rows kept back from it, in nats a row. */
  guard(): Promise<number>;
  /** Rows of the averaged model. The same for the same model, whenever it is asked. */
  sample(rows: number): Promise<Table>;
  save(): Snapshot;
  restore(snapshot: Snapshot): void;
  /** The averaged generator of a snapshot as ONNX. */
  export(snapshot: Snapshot): Uint8Array;
  dispose(): Promise<void>;
}

/** Rows kept back from training to notice when the model begins to learn rows by heart: a tenth, at most 5,000. */
function guardRows(rows: number): number {
  return Math.min(5000, Math.max(2, Math.round(rows / 10)));
}

export async function createLearner(encoding: TableEncoding, codes: Codes, seed: number): Promise<Learner> {
  const random = createRandom(seed);
  const classes = encoding.columns.map(classCount);
  const width = classes.length;
  const shape: GeneratorShape = { classes, order: drawingOrder(classes), hidden: 128, units: 64 };
  const layout = generatorLayout(shape);
  const rows = rowMajor(codes);
  const shuffled = Uint32Array.from({ length: codes.rows }, (_, row) => row);
  random.shuffle(shuffled);
  const kept = shuffled.subarray(0, guardRows(codes.rows));
  const learned = shuffled.subarray(kept.length);
  const batch = Math.min(500, Math.max(32, Math.round(learned.length / 40)));
  const guardBatch = Math.min(1000, kept.length);

  const learn = await compileLearn(shape, layout, { batch, dropout: 0.15, weightDecay: 0.01 });
  const guard = await compileGuard(shape, layout, guardBatch);
  const draw = await compileDraw(shape, layout, chunkRows);

  const start = initialiseGenerator(layout, sharesOf(codes, classes), random);
  learn.writeState({ parameters: start, average: start });
  const batches = createBatches(rows, width, learned, random);
  const input = {
    codes: new Int32Array(batch * width),
    thinning: new Float32Array(batch * shape.hidden),
    rate: new Float32Array(1),
    decay: new Float32Array(1),
  };
  let steps = 0;

  return {
    device: learn.device,
    parameters: layout.size,
    batch,
    get epoch() {
      return batches.epoch;
    },
    step: async (rate) => {
      batches.next(input.codes);
      random.fillUniform(input.thinning);
      input.rate[0] = rate;
      input.decay[0] = Math.min(0.995, (1 + steps) / (10 + steps));
      steps++;
      const { loss } = await learn.run(input);
      return { generator: loss[0] ?? NaN, critic: 0 };
    },
    guard: async () => {
      guard.writeState({ parameters: learn.readState().average });
      return meanGuardLoss(guard, guardBatch, rows, width, kept);
    },
    sample: async (wanted) => {
      draw.writeState({ parameters: learn.readState().average });
      return drawRows(draw, encoding, wanted, createRandom(seed + 1));
    },
    save: () => learn.readState(),
    restore: (snapshot) => {
      learn.writeState(snapshot);
    },
    export: (snapshot) => {
      draw.writeState({ parameters: snapshot.average });
      return draw.toOnnx({ constants: ['parameters'] });
    },
    dispose: async () => {
      await Promise.all([learn.dispose(), guard.dispose(), draw.dispose()]);
    },
  };
}

function sharesOf(codes: Codes, classes: readonly number[]): Float64Array[] {
  return codes.columns.map((column, index) => {
    const shares = new Float64Array(classes[index] ?? 0);
    for (const code of column) shares[code]! += 1 / codes.rows;
    return shares;
  });
}

async function meanGuardLoss(
  program: Awaited<ReturnType<typeof compileGuard>>,
  batch: number,
  rows: Uint16Array,
  width: number,
  kept: Uint32Array,
): Promise<number> {
  const codes = new Int32Array(batch * width);
  let sum = 0;
  for (let from = 0; from < kept.length; from += batch) {
    const count = Math.min(batch, kept.length - from);
    for (let row = 0; row < count; row++) {
      const start = kept[from + row]! * width;
      for (let column = 0; column < width; column++) codes[row * width + column] = rows[start + column]!;
    }
    const { loss } = await program.run({ codes });
    for (let row = 0; row < count; row++) sum += loss[row]!;
  }
  return sum / kept.length;
}

async function drawRows(
  program: Awaited<ReturnType<typeof compileDraw>>,
  encoding: TableEncoding,
  wanted: number,
  random: Random,
): Promise<Table> {
  const decoder = createDecoder(encoding);
  const uniform = new Float32Array(chunkRows * encoding.columns.length);
  const chunks: Table[] = [];
  for (let from = 0; from < wanted; from += chunkRows) {
    random.fillUniform(uniform);
    const { classes } = await program.run({ uniform });
    if (!(classes instanceof Int32Array)) throw new TypeError('Classes are whole numbers.');
    chunks.push(decoder.decode(classes, Math.min(chunkRows, wanted - from), random));
  }
  return joinTables(chunks);
}
