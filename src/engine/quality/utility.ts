import type { Scores } from '../../shared/scores.ts';
import type { Column } from '../tables/table.ts';
import { takeRows } from '../tables/table.ts';
import { rowsOf } from './align.ts';
import { areaUnderCurve, determination, macroAreaUnderCurve } from './auc.ts';
import { countCategories } from './bins.ts';
import { fitBoosting } from './boosting.ts';
import { scaled } from './cooperate.ts';
import type { Work } from './cooperate.ts';
import { createDraws } from '../tables/draws.ts';
import type { Task } from './loss.ts';

/** Rows a model is trained on. */
const maxRows = 50_000;
/** Classes of a target told apart; rows of rarer ones are left out. */
const maxClasses = 20;

/** How a target column is predicted: the task, and the number that stands for each row (NaN: left out). */
interface Goal {
  task: Task;
  encode(column: Column): Float64Array;
}

export interface Rows {
  training: readonly Column[];
  holdout: readonly Column[];
  synthetic: readonly Column[];
}

/**
 * Train on synthetic, test on holdout, beside train on real, test on holdout (Esteban et al., 2017): gradient
 * boosting predicts `target` from all other columns. AUC for two classes, the mean of one-against-rest AUCs for
 * more, R² for numbers. Both models learn from equally many rows, 50,000 at most.
 * Undefined where the target cannot be judged: no other column, or a holdout in which it does not vary.
 */
export function* measureUtility(
  { training, holdout, synthetic }: Rows,
  target: string,
  seed: number,
): Work<Scores['utility']> {
  const at = training.findIndex(({ name }) => name === target);
  const real = training[at];
  if (!real || training.length < 2) return undefined;
  const goal = setGoal(real);
  if (!goal) return undefined;
  const rows = Math.min(rowsOf(training), rowsOf(synthetic), maxRows);
  const draws = createDraws(seed);
  const prepare = (columns: readonly Column[], limit: number): Sample => {
    const wanted = goal.encode(columns[at]!);
    const known = knownRows(wanted);
    const taken = draws.sample(known.length, limit).map((index) => known[index]!);
    const others = columns.filter((_, index) => index !== at);
    return {
      features: takeRows({ rows: rowsOf(columns), columns: others }, taken).columns,
      wanted: Float64Array.from(taken, (row) => wanted[row]!),
    };
  };
  const test = prepare(holdout, Infinity);
  if (!isVaried(test.wanted)) return undefined;

  const scoreOf = function* (columns: readonly Column[]): Work<number> {
    yield 0;
    const source = prepare(columns, rows);
    yield 0;
    const model = yield* scaled(fitBoosting(source.features, source.wanted, goal.task, { seed }), 0, 0.9);
    const predicted = yield* scaled(model.predict(test.features), 0.9, 1);
    return judge(goal.task, predicted, test.wanted);
  };
  const ofReal = yield* scaled(scoreOf(training), 0, 0.5);
  const ofSynthetic = yield* scaled(scoreOf(synthetic), 0.5, 1);
  const measure = goal.task.kind === 'numbers' ? 'r2' : 'auc';
  return { target, measure, synthetic: ofSynthetic, real: ofReal };
}

interface Sample {
  features: Column[];
  wanted: Float64Array;
}

function knownRows(wanted: Float64Array): Uint32Array {
  const rows = new Uint32Array(wanted.length);
  let count = 0;
  for (let row = 0; row < wanted.length; row++) if (!Number.isNaN(wanted[row]!)) rows[count++] = row;
  return rows.subarray(0, count);
}

function isVaried(wanted: Float64Array): boolean {
  return wanted.some((value) => value !== wanted[0]);
}

function judge(task: Task, predicted: Float64Array[], wanted: Float64Array): number {
  const [first = new Float64Array(wanted.length)] = predicted;
  if (task.kind === 'numbers') return determination(first, wanted) ?? 0;
  if (task.kind === 'classes') return macroAreaUnderCurve(predicted, wanted) ?? 0.5;
  return areaUnderCurve(first, Uint8Array.from(wanted));
}

/** The classes of a target by frequency in the training rows, or its numbers; undefined where it is constant. */
function setGoal(column: Column): Goal | undefined {
  return column.type === 'category' ? classGoal(column) : numberGoal(column.values);
}

function classGoal(column: Extract<Column, { type: 'category' }>): Goal | undefined {
  const names = [...countCategories(column)]
    .sort(([a, countA], [b, countB]) => countB - countA || (a < b ? -1 : 1))
    .slice(0, maxClasses)
    .map(([name]) => name);
  if (names.length < 2) return undefined;
  const labelOf = new Map(names.map((name, label) => [name, label]));
  return {
    task: names.length === 2 ? { kind: 'binary' } : { kind: 'classes', count: names.length },
    encode(other) {
      if (other.type !== 'category') throw new TypeError('A target of classes needs a column of categories.');
      const lookup = Float64Array.from(other.categories, (name) => labelOf.get(name) ?? NaN);
      return Float64Array.from(other.codes, (code) => lookup[code] ?? NaN);
    },
  };
}

/** Two numbers are two classes; more are predicted as numbers. Infinities cannot be learned and are left out. */
function numberGoal(values: Float64Array): Goal | undefined {
  const distinct = new Set<number>();
  let largest = 0;
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    if (distinct.size <= 2) distinct.add(value);
    largest = Math.max(largest, Math.abs(value));
  }
  if (distinct.size < 2) return undefined;
  const [one, other] = [...distinct].sort((a, b) => a - b);
  const toClass = (value: number): number => (value === one ? 0 : value === other ? 1 : NaN);
  // In units of the largest real value, and not far beyond it: squares of anything stay finite.
  const toShare = (value: number): number =>
    Number.isFinite(value) ? Math.min(10, Math.max(-10, value / largest)) : NaN;
  const isBinary = distinct.size === 2;
  return {
    task: { kind: isBinary ? 'binary' : 'numbers' },
    encode(column) {
      if (column.type !== 'number') throw new TypeError('A target of numbers needs a column of numbers.');
      return column.values.map(isBinary ? toClass : toShare);
    },
  };
}
