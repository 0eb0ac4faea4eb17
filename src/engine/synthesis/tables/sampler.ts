import { openCompiled } from '../../compute/compile.ts';
import { createRandom } from '../../compute/random.ts';
import { AppError } from '../../../shared/errors.ts';
import type { Condition } from '../../tables/conditions/condition.ts';
import type { Table } from '../../tables/table.ts';
import { takeRows } from '../../tables/table.ts';
import { createDecoder } from './decode.ts';
import { openGuidedDraw } from './guided-draw.ts';
import type { Forecast } from './guided-draw.ts';
import { guidedTables } from './guided-tables.ts';
import { fillLatinHypercube } from './latin-hypercube.ts';
import { fingerprint } from './row-hashes.ts';
import type { RowHashes } from './row-hashes.ts';
import { threads } from './threads.ts';
import type { TrainedTableModel } from './train.ts';

export interface SampleOptions {
  signal?: AbortSignal | undefined;
  /** Rows that may not come out: those of the training table. */
  avoid?: RowHashes | undefined;
}

/** Generated rows, a chunk at a time; read once. The counts are final when the last chunk has been read. */
export interface SampleStream extends AsyncIterable<Table> {
  /** Generated rows equal to a training row, which were drawn again. */
  readonly replacedCopies: number;
  /** Generated rows equal to a training row that stayed, because drawing again kept giving such rows. */
  readonly remainingCopies: number;
  /** Rows that repeat a combination of values which at least five training rows share; they stay. */
  readonly commonRows: number;
}

export interface Sampler {
  /**
   * `rows` rows in chunks of about 2,000, at constant memory. The same model, seed and rows to avoid give the
   * same rows, and a longer sample begins with the shorter one. Iterating throws the signal's reason when
   * cancelled.
   */
  sample(rows: number, seed: number, options?: SampleOptions): SampleStream;
  /**
   * How rare the condition is and how fast rows satisfying it come; null without one. Throws `condition/impossible`
   * where none of many rows satisfies it.
   */
  forecast(signal?: AbortSignal): Promise<Forecast | null>;
  dispose(): Promise<void>;
}

export interface SamplerOptions {
  /** What every row must satisfy. */
  condition?: Condition | undefined;
}

/**
 * Opens a model for generating. Throws `model/invalid` when generator and encoding do not belong together, and
 * `condition/impossible`.
 */
export async function createSampler(
  model: Pick<TrainedTableModel, 'generator' | 'encoding'> & Partial<Pick<TrainedTableModel, 'schema'>>,
  { condition }: SamplerOptions = {},
): Promise<Sampler> {
  const width = model.encoding.columns.length;
  const program = await openCompiled(model.generator, { threads });
  const shape = program.inputs.uniform?.shape;
  const result = program.outputs.classes;
  if (shape?.length !== 2 || shape[1] !== width || result?.dtype !== 'int32') {
    await program.dispose();
    throw AppError.of('model/invalid', 'generator_does_not_fit', {});
  }
  const chunk = shape[0] ?? 1;
  const decoder = createDecoder(model.encoding);
  const { schema = [] } = model;
  const guide =
    condition &&
    (await openGuidedDraw(model.generator, model.encoding, schema, condition, chunk).catch(
      async (error: unknown) => {
        await program.dispose();
        throw error;
      },
    ));

  /** Decoded chunks without end; the runtime computes the next while the last is decoded. */
  async function* chunks(seed: number, signal: AbortSignal | undefined): AsyncGenerator<Table> {
    const noise = createRandom(seed);
    const places = createRandom(seed + 2 ** 32);
    const uniform = new Float32Array(chunk * width);
    const run = async (): Promise<Int32Array> => {
      fillLatinHypercube(uniform, chunk, width, noise);
      const { classes } = await program.run({ uniform });
      if (!(classes instanceof Int32Array)) throw new TypeError('Classes are whole numbers.');
      return classes.slice();
    };
    let next = run();
    try {
      for (;;) {
        signal?.throwIfAborted();
        const classes = await next;
        next = run();
        yield decoder.decode(classes, chunk, places);
      }
    } finally {
      // Nothing may be running when the next sample starts or the program is disposed.
      await next.catch(() => undefined);
    }
  }

  return {
    sample: (rows, seed, { signal, avoid } = {}) => {
      const counts = { kept: 0, replaced: 0, remaining: 0, common: 0 };
      async function* kept(): AsyncGenerator<Table> {
        let left = rows;
        if (left <= 0) return;
        const source = guide
          ? guidedTables(guide, decoder, condition, schema, seed, signal)
          : chunks(seed, signal);
        for await (const drawn of source) {
          const table = avoid ? withoutCopies(drawn, avoid, 4 * chunk, counts, left) : drawn;
          const part = table.rows > left ? firstRows(table, left) : table;
          left -= part.rows;
          if (part.rows > 0) yield part;
          if (left === 0) return;
        }
      }
      return {
        [Symbol.asyncIterator]: kept,
        get replacedCopies() {
          return counts.replaced;
        },
        get remainingCopies() {
          return counts.remaining;
        },
        get commonRows() {
          return counts.common;
        },
      };
    },
    forecast: async (signal) => (guide ? guide.forecast(signal) : null),
    dispose: async () => {
      await Promise.all([program.dispose(), guide?.dispose()]);
    },
  };
}

function firstRows(table: Table, count: number): Table {
  return takeRows(
    table,
    Uint32Array.from({ length: count }, (_, row) => row),
  );
}

/**
 * The first `wanted` rows of `table` that are no copies. At most `spare` copies and two more for every row kept are
 * drawn again, others stay: where most of what is drawn must be thrown away there is nothing better to draw.
 */
function withoutCopies(
  table: Table,
  avoid: RowHashes,
  spare: number,
  counts: { kept: number; replaced: number; remaining: number; common: number },
  wanted: number,
): Table {
  const { low, high } = fingerprint(table);
  const kept: number[] = [];
  for (let row = 0; row < table.rows && kept.length < wanted; row++) {
    if (avoid.has(low[row]!, high[row]!)) {
      if (counts.replaced < spare + 2 * counts.kept) {
        counts.replaced++;
        continue;
      }
      counts.remaining++;
    } else if (avoid.isCommon(low[row]!, high[row]!)) counts.common++;
    counts.kept++;
    kept.push(row);
  }
  return kept.length === table.rows ? table : takeRows(table, Uint32Array.from(kept));
}
