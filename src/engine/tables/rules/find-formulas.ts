import type { RuleFinding } from '../../../shared/rules.ts';
import { agrees, unitOf } from './agreement.ts';
import { findSums } from './find-sums.ts';
import { columnsOf, evaluate, parseFormula } from './formula.ts';
import type { Formula } from './formula.ts';
import { finding, holds, mostBrokenInSample, numberColumns, numbersIn } from './found.ts';
import type { Search } from './found.ts';
import { quote } from './rule-text.ts';

/** Columns looked at: triples grow with the third power. */
const mostColumns = 60;
/** Rows on which a formula must say something: it says nothing where it adds 0 or multiplies by 1. */
const leastTelling = 30;
const tellingShare = 0.05;

/** A formula to try: its value and whether the row tells anything. */
interface Shape {
  text: (b: string, c: string) => string;
  value: (b: number, c: number) => number;
  telling: (b: number, c: number) => boolean;
  symmetric: boolean;
}

const plain = (value: number): boolean => value !== 0 && value !== 1;
const shapes: readonly Shape[] = [
  {
    text: (b, c) => `${b} + ${c}`,
    value: (b, c) => b + c,
    telling: (b, c) => b !== 0 && c !== 0,
    symmetric: true,
  },
  {
    text: (b, c) => `${b} - ${c}`,
    value: (b, c) => b - c,
    telling: (b, c) => b !== 0 && c !== 0,
    symmetric: false,
  },
  {
    text: (b, c) => `${b} * ${c}`,
    value: (b, c) => b * c,
    telling: (b, c) => plain(b) && plain(c),
    symmetric: true,
  },
  { text: (b, c) => `${b} * ${c} / 100`, value: (b, c) => (b * c) / 100, telling: (b, c) => b !== 0 && plain(c), symmetric: true }, // prettier-ignore
  {
    text: (b, c) => `${b} / ${c}`,
    value: (b, c) => b / c,
    telling: (b, c) => b !== 0 && plain(c),
    symmetric: false,
  },
  { text: (b, c) => `${b} / ${c} * 100`, value: (b, c) => (b / c) * 100, telling: (b, c) => b !== 0 && c !== 0, symmetric: false }, // prettier-ignore
];

/**
 * Columns that are made of others: equal to one or a multiple of it, a sum, difference, product or ratio of two, or a sum
 * of several. Each relation is found once, with the column that is made of the others in front.
 */
export function findFormulas(search: Search): RuleFinding[] {
  const names = numberColumns(search, 'integer', 'decimal').slice(0, mostColumns);
  const texts = [...multiples(search, names), ...ofTwo(search, names), ...findSums(search, names)];
  const found: { target: string; columns: string; finding: RuleFinding }[] = [];
  for (const { target, expression } of texts) {
    const rule = { type: 'formula', column: target, expression } as const;
    const { rows, broken } = check(search, target, parseFormula(expression));
    if (!holds(rows, broken)) continue;
    // a = b + c is also b = a − c: whichever holds for more rows, or was found first, stands for both.
    const columns = [target, ...columnsOf(parseFormula(expression))].sort().join('\0');
    if (found.some((each) => each.columns === columns)) continue;
    found.push({ target, columns, finding: finding(rule, rows, broken) });
  }
  return found.map((each) => each.finding);
}

interface Candidate {
  target: string;
  expression: string;
}

function multiples({ sample, schema }: Search, names: readonly string[]): Candidate[] {
  const found: Candidate[] = [];
  names.forEach((target, at) => {
    const a = numbersIn(sample, target);
    const unit = unitOf(schema.find(({ name }) => name === target));
    names.forEach((name, other) => {
      if (at === other) return;
      const b = numbersIn(sample, name);
      const factor = factorOf(a, b);
      // The greater is made of the smaller, and of two equal ones the later of the earlier.
      if (factor === null || factor < 1 || (factor === 1 && other > at)) return;
      if (
        !fits(
          a,
          unit,
          (row) => b[row]! * factor,
          (row) => b[row] !== 0,
        )
      )
        return;
      found.push({ target, expression: factor === 1 ? quote(name) : `${quote(name)} * ${factor}` });
    });
  });
  return found;
}

/** The factor of the first rows that have one, where these agree on a short number. */
function factorOf(a: Float64Array, b: Float64Array): number | null {
  const ratios: number[] = [];
  for (let row = 0; row < a.length && ratios.length < 15; row++)
    if (b[row]! !== 0 && Number.isFinite(a[row]! / b[row]!)) ratios.push(a[row]! / b[row]!);
  const middle = ratios.sort((x, y) => x - y)[ratios.length >> 1];
  if (middle === undefined || middle === 0) return null;
  const short = Number(middle.toPrecision(6));
  return Math.abs(short - middle) <= Math.abs(middle) * 1e-3 ? short : null;
}

function ofTwo({ sample, schema }: Search, names: readonly string[]): Candidate[] {
  const values = names.map((name) => numbersIn(sample, name));
  const units = names.map((name) => unitOf(schema.find((column) => column.name === name)));
  const found: Candidate[] = [];
  for (const { text, value, telling, symmetric } of shapes)
    for (let b = 0; b < names.length; b++)
      for (let c = symmetric ? b + 1 : 0; c < names.length; c++) {
        if (b === c) continue;
        const [left, right] = [values[b]!, values[c]!];
        for (let a = 0; a < names.length; a++) {
          if (a === b || a === c) continue;
          const made = (row: number): number => value(left[row]!, right[row]!);
          if (fits(values[a]!, units[a]!, made, (row) => telling(left[row]!, right[row]!)))
            found.push({ target: names[a]!, expression: text(quote(names[b]!), quote(names[c]!)) });
        }
      }
  return found;
}

/** Whether the sample is made so; given up at once where a few rows are not. */
function fits(
  a: Float64Array,
  unit: number,
  made: (row: number) => number,
  telling: (row: number) => boolean,
): boolean {
  const allowed = Math.max(2, a.length * mostBrokenInSample);
  let [rows, told, broken] = [0, 0, 0];
  let first = NaN;
  let varies = false;
  for (let row = 0; row < a.length; row++) {
    const expected = made(row);
    if (Number.isNaN(a[row]!) || !Number.isFinite(expected)) continue;
    rows++;
    if (!agrees(a[row]!, expected, unit) && ++broken > allowed) return false;
    if (!telling(row)) continue;
    told++;
    if (Number.isNaN(first)) first = a[row]!;
    else if (a[row] !== first) varies = true;
  }
  return (
    varies && told >= leastTelling && told >= rows * tellingShare && broken <= told * mostBrokenInSample * 2
  );
}

function check(
  { table, schema }: Search,
  target: string,
  formula: Formula,
): { rows: number; broken: number } {
  const results = numbersIn(table, target);
  const unit = unitOf(schema.find(({ name }) => name === target));
  const values = new Map(columnsOf(formula).map((name) => [name, numbersIn(table, name)]));
  let at = 0;
  const value = (name: string): number => values.get(name)?.[at] ?? NaN;
  let [rows, broken] = [0, 0];
  for (; at < results.length; at++) {
    const expected = evaluate(formula, value);
    if (Number.isNaN(results[at]!) || !Number.isFinite(expected)) continue;
    rows++;
    if (!agrees(results[at]!, expected, unit)) broken++;
  }
  return { rows, broken };
}
