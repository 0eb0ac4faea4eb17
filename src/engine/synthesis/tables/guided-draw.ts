/**
 * Rows that satisfy a condition, drawn by sequential importance sampling (Doucet, de Freitas and Gordon 2001, ch. 1).
 *
 * Columns are drawn in the model's order. At a column of the condition only cells that leave it possible are drawn, in
 * the proportions of the model, and the row's weight is multiplied by the probability these cells had. A row of weight w
 * then comes out with probability w/m (more than once where w exceeds m), so the rows that do follow the model's
 * distribution given the condition, with columns drawn before the condition's own in their right proportions too: a mask
 * alone would leave these as if nothing had been asked. Columns after the last of the condition are drawn afresh.
 */
import { openCompiled } from '../../compute/compile.ts';
import type { OpenedProgram } from '../../compute/compile.ts';
import { nodesOf, partFor } from '../../compute/onnx-part.ts';
import { createRandom } from '../../compute/random.ts';
import type { Random } from '../../compute/random.ts';
import { AppError, partOf } from '../../../shared/errors.ts';
import type { Condition } from '../../tables/conditions/condition.ts';
import type { ColumnSchema } from '../../tables/schema.ts';
import { CellChooser } from './cell-chooser.ts';
import { planCondition } from './condition-plan.ts';
import type { ConditionPlan } from './condition-plan.ts';
import { classCount } from './encoding.ts';
import type { TableEncoding } from './encoding.ts';
import { drawingOrder } from './generator.ts';
import { drawnClasses } from './drawn-classes.ts';
import { fillLatinHypercube } from './latin-hypercube.ts';
import { oneThread } from './threads.ts';

/** What a look at a few thousand rows says about a condition. */
export interface Forecast {
  /** Share of the model's rows that satisfy it, estimated. */
  readonly share: number;
  /** Rows looked at. */
  readonly tried: number;
  /** Rows a second that can be drawn with it, on this machine, now. */
  readonly rowsPerSecond: number;
}

/** A chunk of rows: classes as the generator gives them, and where a column's value lies in only a part of its class. */
export interface GuidedChunk {
  readonly classes: Int32Array;
  readonly rows: number;
  /** For each column of the condition, the cell of each row. */
  readonly cells: readonly { readonly column: number; readonly ofRow: Uint32Array }[];
}

export interface GuidedDraw {
  readonly plan: ConditionPlan;
  /** Throws `condition/impossible` where not one of many rows satisfies the condition. */
  forecast(signal?: AbortSignal): Promise<Forecast>;
  /** Chunks without end. The same seed gives the same rows. */
  chunks(seed: number, signal?: AbortSignal): AsyncGenerator<GuidedChunk>;
  dispose(): Promise<void>;
}

/** Rows of the first look, at least and at most, and how many satisfying ones are enough of it. */
const leastTried = 4;
const mostTried = 120;
const enoughFound = 300;
/** Weight that may lie above the bar, and so give rows twice, out of all. */
const twice = 0.001;
/** The seed of the first look: it belongs to the model and the condition, not to the sample. */
const lookSeed = 0x5eed;

/**
 * Opens a model's generator for drawing under a condition. Throws `condition/impossible`, and `model/invalid` where the
 * generator is not made as this one's are.
 */
export async function openGuidedDraw(
  generator: Uint8Array,
  encoding: TableEncoding,
  schema: readonly ColumnSchema[],
  condition: Condition,
  chunk: number,
): Promise<GuidedDraw> {
  const classes = encoding.columns.map(classCount);
  const order = drawingOrder(classes);
  const plan = planCondition(condition, encoding, schema, order);
  const inner = cumulativeValues(generator, classes.length);
  const programs: OpenedProgram[] = [];
  const dispose = async (): Promise<void> => {
    await Promise.all(programs.map((program) => program.dispose()));
  };
  try {
    for (const { column } of plan.columns) {
      // Before the first column all rows are alike.
      const rows = column === order[0] ? 1 : chunk;
      const part = partFor(generator, inner[column]!, [rows, classes[column]!]);
      programs.push(await openCompiled(part, { threads: oneThread }));
    }
    programs.push(await openCompiled(generator, { threads: oneThread }));
  } catch (error) {
    await dispose();
    throw error;
  }
  return new Guide(plan, programs, classes, chunk, dispose);
}

/** By column, the name of the value that holds the cumulative conditional distribution before each class. */
function cumulativeValues(generator: Uint8Array, width: number): string[] {
  const nodes = nodesOf(generator);
  const places = nodes.find(({ op, inputs }) => op === 'Split' && inputs[0] === 'uniform')?.outputs ?? [
    'uniform',
  ];
  const found = places.map(
    (place) => nodes.find(({ op, inputs }) => op === 'GreaterOrEqual' && inputs[0] === place)?.inputs[1],
  );
  const names = found.filter((name) => name !== undefined);
  if (names.length === width) return names;
  throw AppError.of('model/invalid', 'model_without_conditions', {});
}

/** Rows that came through, waiting for their remaining columns. */
interface Waiting {
  uniform: Float32Array;
  /** Class and cell of each column of the condition. */
  chosen: { class: number; cell: number }[];
}

/** A chunk of rows up to the last column of the condition. */
interface Proposal {
  uniform: Float32Array<ArrayBuffer>;
  weights: Float64Array;
  /** Chosen at each column of the condition, by row. */
  cells: Uint32Array[];
  classes: Int32Array[];
}

/** What the first few thousand rows said. */
interface Look {
  share: number;
  /** The weight of a row that comes out once. */
  bar: number;
  tried: number;
  /** Rows that come out of each one tried. */
  acceptance: number;
  /** For a chunk of tried rows. */
  milliseconds: number;
}

class Guide implements GuidedDraw {
  readonly plan: ConditionPlan;
  readonly dispose: () => Promise<void>;
  readonly #programs: readonly OpenedProgram[];
  readonly #classes: readonly number[];
  readonly #chunk: number;
  readonly #chooser: CellChooser;
  #look: Promise<Look> | undefined;

  constructor(
    plan: ConditionPlan,
    programs: readonly OpenedProgram[],
    classes: readonly number[],
    chunk: number,
    dispose: () => Promise<void>,
  ) {
    this.plan = plan;
    this.dispose = dispose;
    this.#programs = programs;
    this.#classes = classes;
    this.#chunk = chunk;
    this.#chooser = new CellChooser(plan, classes);
  }

  async forecast(signal?: AbortSignal): Promise<Forecast> {
    const { share, tried, acceptance, milliseconds } = await this.#firstLook(signal);
    // Every accepted row takes its part of a last run as well, which takes about as long as one of the others.
    const perRow =
      milliseconds / this.#chunk / acceptance + milliseconds / this.#chunk / this.#programs.length;
    return { share, tried, rowsPerSecond: 1000 / perRow };
  }

  async *chunks(seed: number, signal?: AbortSignal): AsyncGenerator<GuidedChunk> {
    const { bar } = await this.#firstLook(signal);
    const width = this.#classes.length;
    const random = createRandom(seed);
    const fresh = new Set(this.#columnsAfter());
    const waiting: Waiting[] = [];
    for (;;) {
      while (waiting.length < this.#chunk) {
        signal?.throwIfAborted();
        const { uniform, weights, cells, classes } = await this.#propose(random);
        for (let row = 0; row < this.#chunk; row++) {
          const copies = Math.floor(weights[row]! / bar + random.uniform());
          for (let copy = 0; copy < copies; copy++) {
            const own = uniform.slice(row * width, (row + 1) * width);
            for (const column of fresh) own[column] = random.uniform() * (1 - 2 ** -24);
            const chosen = cells.map((ofRow, step) => ({ cell: ofRow[row]!, class: classes[step]![row]! }));
            waiting.push({ uniform: own, chosen });
          }
        }
      }
      signal?.throwIfAborted();
      yield await this.#finish(waiting.splice(0, this.#chunk));
    }
  }

  /** Columns that nothing of the condition depends on any more, to be drawn afresh. */
  #columnsAfter(): number[] {
    const order = drawingOrder(this.#classes);
    const last = this.plan.columns.at(-1)?.column;
    return last === undefined ? [] : order.slice(order.indexOf(last) + 1);
  }

  #firstLook(signal: AbortSignal | undefined): Promise<Look> {
    this.#look ??= this.#lookAtRows(signal).catch((error: unknown) => {
      this.#look = undefined;
      throw error;
    });
    return this.#look;
  }

  async #lookAtRows(signal: AbortSignal | undefined): Promise<Look> {
    const random = createRandom(lookSeed);
    const weights: number[] = [];
    let [sum, chunks] = [0, 0];
    let milliseconds = Infinity;
    let bar = 0;
    while (chunks < mostTried && (chunks < leastTried || sum < bar * enoughFound || bar === 0)) {
      signal?.throwIfAborted();
      const began = performance.now();
      const proposed = await this.#propose(random);
      milliseconds = Math.min(milliseconds, performance.now() - began);
      for (const weight of proposed.weights) {
        sum += weight;
        if (weight > 0) weights.push(weight);
        if (weight > bar) bar = weight;
      }
      chunks++;
    }
    const tried = chunks * this.#chunk;
    if (bar === 0) {
      throw AppError.of('condition/impossible', 'impossible_never_came', {
        rows: partOf('units_rows', { count: tried }),
      });
    }
    bar = barOf(Float64Array.from(weights).sort(), sum);
    const acceptance = weights.reduce((total, weight) => total + weight / bar, 0) / tried;
    return { share: sum / tried, bar, tried, acceptance, milliseconds };
  }

  /** One chunk of rows up to the last column of the condition, with their weights. */
  async #propose(random: Random): Promise<Proposal> {
    const chunk = this.#chunk;
    const width = this.#classes.length;
    const uniform = new Float32Array(chunk * width);
    fillLatinHypercube(uniform, chunk, width, random);
    const weights = new Float64Array(chunk).fill(1);
    const known = new Int8Array(chunk * this.plan.tests).fill(-1);
    const cells: Uint32Array[] = [];
    const classes: Int32Array[] = [];
    for (let step = 0; step < this.plan.columns.length; step++) {
      const begins = Object.values(await this.#programs[step]!.run({ uniform }))[0];
      if (!begins) throw new TypeError('A part of the generator gives one value.');
      const chosen = this.#chooser.choose(step, begins, { uniform, weights, known }, random);
      cells.push(chosen.cells);
      classes.push(chosen.classes);
    }
    return { uniform, weights, cells, classes };
  }

  /** The remaining columns of rows that came through. */
  async #finish(waiting: readonly Waiting[]): Promise<GuidedChunk> {
    const width = this.#classes.length;
    const uniform = new Float32Array(this.#chunk * width);
    waiting.forEach((row, at) => {
      uniform.set(row.uniform, at * width);
    });
    const classes = await drawnClasses(this.#programs.at(-1)!, uniform);
    // A class so improbable that single precision has no number for it may be missed: such rows are left out.
    const hit = waiting.flatMap(({ chosen }, row) =>
      chosen.every(({ class: code }, step) => classes[row * width + this.plan.columns[step]!.column] === code)
        ? [row]
        : [],
    );
    const kept = new Int32Array(hit.length * width);
    hit.forEach((row, at) => {
      kept.set(classes.subarray(row * width, (row + 1) * width), at * width);
    });
    const cells = this.plan.columns.map(({ column }, step) => ({
      column,
      ofRow: Uint32Array.from(hit, (row) => waiting[row]!.chosen[step]!.cell),
    }));
    return { classes: kept, rows: hit.length, cells };
  }
}

/** The lowest weight above which no more than a thousandth of all weight lies. `sorted` ascending. */
function barOf(sorted: Float64Array, sum: number): number {
  let above = 0;
  for (let at = sorted.length - 1; at > 0; at--) {
    const step = (sorted[at]! - sorted[at - 1]!) * (sorted.length - at);
    if (above + step > twice * sum) return sorted[at]!;
    above += step;
  }
  return sorted[0] ?? 1;
}
