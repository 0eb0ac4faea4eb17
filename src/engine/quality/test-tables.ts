/** Tables for the tests of this folder. */
import type { Column, Table } from '../tables/table.ts';
import { rowsOf } from './align.ts';
import { createDraws } from '../tables/draws.ts';

export function category(name: string, ...values: readonly (string | null)[]): Column {
  const categories = [...new Set(values.filter((value) => value !== null))];
  const codeOf = new Map(categories.map((value, code) => [value, code]));
  const codes = Int32Array.from(values, (value) => (value === null ? -1 : (codeOf.get(value) ?? -1)));
  return { type: 'category', name, categories, codes };
}

export function number(name: string, ...values: readonly number[]): Column {
  return { type: 'number', name, values: Float64Array.from(values) };
}

export function table(...columns: Column[]): Table {
  return { rows: rowsOf(columns), columns };
}

/**
 * People of a made-up land: income depends on age and schooling, savings on income, the region on nothing; a tenth
 * of the savings is missing. `twist` 0 to 1 breaks the dependence of income in that share of the rows.
 */
export function makePeople(rows: number, seed: number, twist = 0): Table {
  const draws = createDraws(seed);
  const schools = ['none', 'lower', 'middle', 'high'];
  const age: number[] = [];
  const school: string[] = [];
  const region: string[] = [];
  const savings: number[] = [];
  const income: string[] = [];
  for (let row = 0; row < rows; row++) {
    const years = 18 + draws.integer(60);
    const level = Math.min(3, draws.integer(5));
    const own = draws.uniform() < twist ? draws.uniform() * 2 - 1 : years / 80 + level / 3 - 1.1;
    const isHigh = own + (draws.uniform() + draws.uniform() - 1) * 0.5 > 0;
    age.push(years);
    school.push(schools[level] ?? '');
    region.push(`r${String(draws.integer(7))}`);
    savings.push(draws.uniform() < 0.1 ? NaN : Math.round((isHigh ? 900 : 300) * draws.uniform() * years));
    income.push(isHigh ? 'high' : 'low');
  }
  return table(
    number('age', ...age),
    category('school', ...school),
    category('region', ...region),
    number('savings', ...savings),
    category('income', ...income),
  );
}
