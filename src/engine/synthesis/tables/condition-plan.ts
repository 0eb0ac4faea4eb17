/**
 * A condition made ready for drawing: which columns it concerns, in the order they are drawn, and what each may still be
 * once the earlier ones are known.
 */
import { AppError } from '../../../shared/errors.ts';
import { testsOf, type Condition, type Test } from '../../tables/conditions/condition.ts';
import type { ColumnSchema } from '../../tables/schema.ts';
import { writtenValue } from '../../tables/written-value.ts';
import { cellsOf, type Cell } from './class-cells.ts';
import type { ColumnEncoding, TableEncoding } from './encoding.ts';

/** One column that the condition concerns. */
export interface PlannedColumn {
  /** Its place in the encoding. */
  readonly column: number;
  readonly cells: readonly Cell[];
  /** Numbers of its tests among all tests of the condition. */
  readonly tests: readonly number[];
}

export interface ConditionPlan {
  /** In the order they are drawn. */
  readonly columns: readonly PlannedColumn[];
  /**
   * Which cells of column `step` leave the condition possible when the tests answered so far are as in `known` (1 yes, 0
   * no, −1 not yet).
   */
  allowed(step: number, known: Int8Array): Uint8Array;
  readonly tests: number;
}

/**
 * Throws `condition/impossible`, with the reason, where no combination of the model's values satisfies the condition.
 * @param order columns of the encoding in the order they are drawn
 */
export function planCondition(
  condition: Condition,
  encoding: TableEncoding,
  schema: readonly ColumnSchema[],
  order: readonly number[],
): ConditionPlan {
  const tests = testsOf(condition);
  const numbered = numberTests(condition);
  const columns = order.flatMap((column): PlannedColumn[] => {
    const { name } = encoding.columns[column]!;
    const own = tests.flatMap((test, index) => (test.column === name ? [index] : []));
    if (own.length === 0) return [];
    const written = writtenValue(schema.find((each) => each.name === name));
    const cells = cellsOf(
      encoding.columns[column]!,
      own.map((index) => tests[index]!),
      written,
    );
    return [{ column, cells, tests: own }];
  });
  const plan: ConditionPlan = {
    columns,
    tests: tests.length,
    allowed: (step, known) => {
      const planned = columns[step]!;
      const now = Int8Array.from(known);
      return Uint8Array.from(planned.cells, ({ answers }) => {
        planned.tests.forEach((test, at) => (now[test] = answers[at] ? 1 : 0));
        return answer(numbered, now) === 0 ? 0 : 1;
      });
    },
  };
  requirePossible(condition, tests, encoding, plan);
  return plan;
}

type Numbered =
  | number
  | { readonly type: 'all'; readonly of: readonly Numbered[] }
  | { readonly type: 'any'; readonly of: readonly Numbered[] };

/** The condition with its tests replaced by their numbers. */
function numberTests(condition: Condition): Numbered {
  let next = 0;
  const walk = (part: Condition): Numbered =>
    part.type === 'all' || part.type === 'any' ? { type: part.type, of: part.of.map(walk) } : next++;
  return walk(condition);
}

/** Yes (1), no (0), or open (−1), after Kleene. */
function answer(part: Numbered, known: Int8Array): number {
  if (typeof part === 'number') return known[part]!;
  const decisive = part.type === 'all' ? 0 : 1;
  let open = false;
  for (const each of part.of) {
    const said = answer(each, known);
    if (said === decisive) return decisive;
    if (said < 0) open = true;
  }
  return open ? -1 : 1 - decisive;
}

/** Combinations of answers looked through before possibility is left to the drawing to find out. */
const mostCombinations = 20_000;

function requirePossible(
  condition: Condition,
  tests: readonly Test[],
  encoding: TableEncoding,
  plan: ConditionPlan,
): void {
  // A column whose tests are all for themselves is told apart from a contradiction between them.
  if (isPossible(plan)) return;
  const parts = condition.type === 'all' ? condition.of : [condition];
  for (const part of parts) {
    if (part.type === 'all' || part.type === 'any') continue;
    const column = encoding.columns.find(({ name }) => name === part.column);
    const planned = plan.columns.find(({ column: at }) => encoding.columns[at]?.name === part.column);
    const index = planned?.tests.findIndex((test) => tests[test] === part) ?? -1;
    if (column && planned && !planned.cells.some(({ answers }) => answers[index])) throw reason(part, column);
  }
  throw AppError.of('condition/impossible', 'impossible_parts', {});
}

function isPossible(plan: ConditionPlan): boolean {
  let left = mostCombinations;
  const search = (step: number, known: Int8Array): boolean => {
    if (step === plan.columns.length || left-- <= 0) return true;
    const { cells, tests } = plan.columns[step]!;
    const allowed = plan.allowed(step, known);
    const tried = new Set<string>();
    for (const [at, { answers }] of cells.entries()) {
      const key = answers.join();
      if (!allowed[at] || tried.has(key)) continue;
      tried.add(key);
      const next = Int8Array.from(known);
      tests.forEach((test, index) => (next[test] = answers[index] ? 1 : 0));
      if (search(step + 1, next)) return true;
    }
    return false;
  };
  return search(0, new Int8Array(plan.tests).fill(-1));
}

/** Why no value of the column passes the test, without naming one. */
function reason(test: Test, column: ColumnEncoding): AppError {
  return AppError.of('condition/impossible', `impossible_${why(test, column)}`, { column: column.name });
}

function why(
  test: Test,
  column: ColumnEncoding,
):
  | 'never_missing'
  | 'no_value'
  | 'all_left_out'
  | 'unknown_value'
  | 'no_numbers'
  | 'smaller'
  | 'greater'
  | 'not_taken' {
  if (test.type === 'missing') return test.missing ? 'never_missing' : 'no_value';
  if (test.type === 'category') return test.negated ? 'all_left_out' : 'unknown_value';
  if (column.type !== 'number') return 'no_numbers';
  const values = [...column.heavy, ...column.bins.flat()];
  if (values.length === 0) return 'no_value';
  const least = values.reduce((a, b) => Math.min(a, b), Infinity);
  const greatest = values.reduce((a, b) => Math.max(a, b), -Infinity);
  if (test.intervals.every(({ low }) => low >= greatest)) return 'smaller';
  return test.intervals.every(({ high }) => high <= least) ? 'greater' : 'not_taken';
}
