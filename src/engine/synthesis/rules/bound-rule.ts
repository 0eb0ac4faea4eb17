/** A rule tied to the columns of generated tables: which rows break it, and how a row is changed so that it holds. */
import type { FittedRule } from '../../../shared/rules.ts';
import type { Random } from '../../compute/random.ts';
import { readCondition } from '../../tables/conditions/bind.ts';
import { satisfied } from '../../tables/conditions/condition.ts';
import { agrees, unitOf } from '../../tables/rules/agreement.ts';
import { columnsOf, evaluate, parseFormula, solveFor } from '../../tables/rules/formula.ts';
import type { Formula } from '../../tables/rules/formula.ts';
import { conditionOf, ruleColumns, ruleText } from '../../tables/rules/rule-text.ts';
import type { ColumnSchema } from '../../tables/schema.ts';
import type { Column, Table } from '../../tables/table.ts';
import { writtenValue } from '../../tables/written-value.ts';
import { combinationRule, determinesRule } from './combinations.ts';

/** A way to make a rule hold: the columns it reads and those it changes. */
export interface Repair {
  readonly reads: readonly string[];
  readonly writes: readonly string[];
  /** Changes the marked rows in place where it can; unmarks those it cannot change. */
  mend(table: Table, marked: Uint8Array, random: Random): void;
}

export interface BoundRule {
  readonly text: string;
  readonly columns: readonly string[];
  /** Marks rows that break it. */
  broken(table: Table): Uint8Array;
  /** Ways to mend it, the best first. */
  readonly repairs: readonly Repair[];
  /** Forgets what an earlier sample has settled. */
  begin(): void;
}

type Written = (name: string) => (value: number) => number;

export function bindRule(fitted: FittedRule, schema: readonly ColumnSchema[]): BoundRule {
  const { rule } = fitted;
  const cache = new Map(schema.map((column) => [column.name, writtenValue(column)]));
  const written: Written = (name) => cache.get(name) ?? ((value) => value);
  const about = { text: ruleText(rule), columns: ruleColumns(rule, schema), begin: () => undefined };
  switch (rule.type) {
    case 'order':
      return { ...about, ...orderRule(rule, schema, written) };
    case 'formula':
      return { ...about, ...formulaRule(rule, schema, written) };
    case 'determines':
      return { ...about, ...determinesRule(fitted, rule.from, rule.to) };
    case 'combination':
      return { ...about, ...combinationRule(fitted, rule.columns) };
    case 'together':
      return { ...about, ...togetherRule(rule.columns) };
    case 'list':
    case 'condition': {
      const condition = readCondition(conditionOf(rule), schema);
      const broken = (table: Table): Uint8Array =>
        satisfied(condition, table, (name, value) => written(name)(value)).map((holds) => 1 - holds);
      return { ...about, broken, repairs: [] };
    }
  }
}

type Parts = Pick<BoundRule, 'broken' | 'repairs'>;

export function columnOf(table: Table, name: string): Column | undefined {
  return table.columns.find((column) => column.name === name);
}

function numbersOf(table: Table, name: string): Float64Array | undefined {
  const column = columnOf(table, name);
  return column?.type === 'number' ? column.values : undefined;
}

function orderRule(
  { low, high, strict }: { low: string; high: string; strict: boolean },
  schema: readonly ColumnSchema[],
  written: Written,
): Parts {
  const [asLow, asHigh] = [written(low), written(high)];
  const broken = (table: Table): Uint8Array => {
    const marked = new Uint8Array(table.rows);
    const [lows, highs] = [numbersOf(table, low), numbersOf(table, high)];
    if (!lows || !highs) return marked;
    for (let row = 0; row < table.rows; row++) {
      const [a, b] = [lows[row]!, highs[row]!];
      if (Number.isNaN(a) || Number.isNaN(b)) continue;
      const [x, y] = [asLow(a), asHigh(b)];
      if (strict ? x >= y : x > y) marked[row] = 1;
    }
    return marked;
  };
  const [one, other] = [low, high].map((name) => schema.find((column) => column.name === name));
  const alike =
    one?.kind === other?.kind && one?.decimals === other?.decimals && one?.format === other?.format;
  // The two change places: both columns keep their values between them.
  const swap: Repair = {
    reads: [low, high],
    writes: [low, high],
    mend: (table, marked) => {
      const [lows, highs] = [numbersOf(table, low), numbersOf(table, high)];
      if (!lows || !highs) return;
      for (let row = 0; row < table.rows; row++) {
        if (!marked[row]) continue;
        [lows[row], highs[row]] = [highs[row]!, lows[row]!];
        if (strict && asLow(lows[row]!) === asHigh(highs[row]!)) marked[row] = 0;
      }
    },
  };
  return { broken, repairs: alike ? [swap] : [] };
}

function formulaRule(
  { column, expression }: { column: string; expression: string },
  schema: readonly ColumnSchema[],
  written: Written,
): Parts {
  const formula = parseFormula(expression);
  const parts = columnsOf(formula);
  const unit = unitOf(schema.find(({ name }) => name === column));
  const made = (table: Table, of: Formula): ((row: number) => number) => {
    const values = new Map(
      columnsOf(of).map((name) => [name, { numbers: numbersOf(table, name), as: written(name) }]),
    );
    let at = 0;
    const value = (name: string): number => {
      const found = values.get(name);
      return found?.numbers ? found.as(found.numbers[at]!) : NaN;
    };
    return (row) => {
      at = row;
      return evaluate(of, value);
    };
  };
  const broken = (table: Table): Uint8Array => {
    const marked = new Uint8Array(table.rows);
    const results = numbersOf(table, column);
    if (!results) return marked;
    const as = written(column);
    const expected = made(table, formula);
    for (let row = 0; row < table.rows; row++) {
      const wanted = expected(row);
      if (Number.isNaN(results[row]!) || !Number.isFinite(wanted)) continue;
      if (!agrees(as(results[row]!), wanted, unit)) marked[row] = 1;
    }
    return marked;
  };
  const ways: [string, Formula][] = [[column, formula]];
  for (const part of parts) {
    const solved = solveFor(part, column, formula);
    if (solved) ways.push([part, solved]);
  }
  const repairs = ways.map(([target, of]): Repair => ({
    reads: columnsOf(of),
    writes: [target],
    mend: (table, marked) => {
      const values = numbersOf(table, target);
      const expected = made(table, of);
      const as = written(target);
      for (let row = 0; row < table.rows; row++) {
        if (!marked[row]) continue;
        const wanted = expected(row);
        if (values && Number.isFinite(wanted)) values[row] = as(wanted);
        else marked[row] = 0;
      }
    },
  }));
  return { broken, repairs };
}

function togetherRule(names: readonly string[]): Parts {
  const missing = (column: Column, row: number): boolean =>
    column.type === 'number' ? Number.isNaN(column.values[row]!) : column.codes[row]! < 0;
  const found = (table: Table): Column[] => names.flatMap((name) => columnOf(table, name) ?? []);
  const broken = (table: Table): Uint8Array => {
    const columns = found(table);
    const marked = new Uint8Array(table.rows);
    for (let row = 0; row < table.rows; row++) {
      const first = columns[0] && missing(columns[0], row);
      if (columns.some((column) => missing(column, row) !== first)) marked[row] = 1;
    }
    return marked;
  };
  // A value can be taken away but not made up.
  const clear: Repair = {
    reads: names,
    writes: names,
    mend: (table, marked) => {
      for (const column of found(table))
        for (let row = 0; row < table.rows; row++) {
          if (!marked[row]) continue;
          if (column.type === 'number') column.values[row] = NaN;
          else column.codes[row] = -1;
        }
    },
  };
  return { broken, repairs: [clear] };
}
