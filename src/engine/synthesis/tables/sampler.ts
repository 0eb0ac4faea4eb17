import { createRandom } from '../../compute/random.ts';
import { AppError } from '../../../shared/errors.ts';
import type { FittedRule, RuleOutcome } from '../../../shared/rules.ts';
import { satisfied } from '../../tables/conditions/condition.ts';
import type { Condition } from '../../tables/conditions/condition.ts';
import type { Table } from '../../tables/table.ts';
import { writtenValues } from '../../tables/written-value.ts';
import { openChunkSource } from './chunk-source.ts';
import type { ChunkSource } from './chunk-source.ts';
import { createDecoder } from './decode.ts';
import { drawInThreads } from './draw-threads.ts';
import type { StartDrawThread } from './draw-threads.ts';
import { openGuidedDraw } from './guided-draw.ts';
import type { Forecast } from './guided-draw.ts';
import { guidedTables } from './guided-tables.ts';
import { createRuleKeeper, outcomesOf } from '../rules/keeper.ts';
import type { Keeping, Verdicts } from '../rules/keeper.ts';
import { joinTables } from './join-tables.ts';
import type { RowHashes } from './row-hashes.ts';
import { offCondition, RowSelection } from './row-selection.ts';
import { drawingThreads } from './threads.ts';
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
  /** What became of each rule; empty without any. */
  readonly rules: readonly RuleOutcome[];
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
  /** Rules that every row keeps. */
  rules?: readonly FittedRule[] | undefined;
  /** Starts the threads that draw large samples; without it all rows are drawn in this one. The rows are the same. */
  startThread?: StartDrawThread | undefined;
}

/** Chunks from which on it is worth while to start threads. */
const worthThreads = 32;
/** Chunks looked at before it is decided how each rule is held. */
const studied = 4;
/** Chunks in a row without a row that keeps rules and condition, after which none is waited for. */
const fruitless = 200;

/**
 * Opens a model for generating. Throws `model/invalid` when generator and encoding do not belong together,
 * `condition/impossible`, and `rule/contradiction` for rules that cannot be kept together.
 */
export async function createSampler(
  model: Pick<TrainedTableModel, 'generator' | 'encoding'> & Partial<Pick<TrainedTableModel, 'schema'>>,
  { condition, rules = [], startThread }: SamplerOptions = {},
): Promise<Sampler> {
  const width = model.encoding.columns.length;
  const { schema = [] } = model;
  const keeper = rules.length === 0 ? undefined : createRuleKeeper(rules, schema);
  const written = writtenValues(schema);
  const here = await openChunkSource(model.generator, width);
  const chunk = here.rows;
  const decoder = createDecoder(model.encoding);
  const guide =
    condition &&
    (await openGuidedDraw(model.generator, model.encoding, schema, condition, chunk).catch(
      async (error: unknown) => {
        await here.dispose();
        throw error;
      },
    ));

  let inThreads: ChunkSource | undefined;
  const sourceFor = (rows: number): ChunkSource => {
    if (!startThread || rows < worthThreads * chunk) return here;
    inThreads ??= drawInThreads(
      here,
      Array.from({ length: drawingThreads() }, () => startThread(model.generator, width)),
    );
    return inThreads;
  };

  /** Decoded chunks without end; threads draw the next while one is decoded. */
  async function* chunks(
    source: ChunkSource,
    seed: number,
    signal: AbortSignal | undefined,
  ): AsyncGenerator<Table> {
    const noise = createRandom(seed);
    const places = createRandom(seed + 2 ** 32);
    const asked: Promise<Int32Array>[] = [];
    const ask = (): void => {
      const drawing = source.draw(noise.save());
      // Whoever waits for it hears of a failure; until then it is no fault of the process.
      drawing.catch(() => undefined);
      noise.jump();
      asked.push(drawing);
    };
    try {
      for (;;) {
        signal?.throwIfAborted();
        do ask();
        while (asked.length < source.ahead);
        const classes = await asked.shift();
        if (classes) yield decoder.decode(classes, chunk, places);
      }
    } finally {
      // Nothing may be running when the next sample starts or the source is disposed of.
      await Promise.allSettled(asked);
    }
  }

  /** Chunks with what the rules say of their rows; mended where need be. */
  async function* judged(source: AsyncIterable<Table>, seed: number): AsyncGenerator<Judged> {
    if (!keeper) {
      for await (const table of source) yield { table, verdicts: undefined };
      return;
    }
    const first: Table[] = [];
    let keeping: Keeping | undefined;
    let without = 0;
    const judge = (table: Table, by: Keeping): Judged => {
      const verdicts = by.apply(table);
      // What a rule has changed must satisfy the condition still.
      const meets = condition && satisfied(condition, table, written);
      meets?.forEach((holds, row) => {
        if (!holds && verdicts.broken[row] === -1) verdicts.broken[row] = offCondition;
      });
      without = verdicts.broken.includes(-1) ? 0 : without + 1;
      if (without === fruitless) throw nothingLeft(condition !== undefined);
      return { table, verdicts };
    };
    for await (const table of source) {
      if (keeping) {
        yield judge(table, keeping);
        continue;
      }
      first.push(table);
      if (first.length < studied) continue;
      keeping = keeper.begin(joinTables(first), seed);
      for (const each of first) yield judge(each, keeping);
    }
  }

  return {
    sample: (rows, seed, { signal, avoid } = {}) => {
      const selection = new RowSelection(avoid, 4 * chunk, keeper?.rules.length ?? 0);
      async function* kept(): AsyncGenerator<Table> {
        let left = rows;
        if (left <= 0) return;
        const source = guide
          ? guidedTables(guide, decoder, condition, schema, seed, signal)
          : chunks(sourceFor(rows), seed, signal);
        for await (const { table, verdicts } of judged(source, seed)) {
          const part = selection.take(table, left, verdicts);
          left -= part.rows;
          if (part.rows > 0) yield part;
          if (left === 0) return;
        }
      }
      return {
        [Symbol.asyncIterator]: kept,
        get replacedCopies() {
          return selection.replaced;
        },
        get remainingCopies() {
          return selection.remaining;
        },
        get commonRows() {
          return selection.common;
        },
        get rules() {
          return outcomesOf(keeper?.rules ?? [], selection.mended, selection.broken);
        },
      };
    },
    forecast: async (signal) => (guide ? guide.forecast(signal) : null),
    dispose: async () => {
      await inThreads?.dispose();
      await Promise.all([here.dispose(), guide?.dispose()]);
    },
  };
}

interface Judged {
  table: Table;
  verdicts: Verdicts | undefined;
}

function nothingLeft(conditioned: boolean): AppError {
  return conditioned
    ? AppError.of('condition/impossible', 'no_row_keeps_both', {})
    : AppError.of('rule/contradiction', 'no_more_rows_keep_rules', {});
}
