import { upperBound } from '../../tables/sorted.ts';
import type { CategoryColumn, NumberColumn, Table } from '../../tables/table.ts';
import { classCount } from './encoding.ts';
import type { CategoryEncoding, NumberEncoding, TableEncoding } from './encoding.ts';

/** Classes of all cells, column by column: `columns[c][row]` is a class of column c. */
export interface Codes {
  rows: number;
  columns: Uint16Array[];
}

/**
 * The class of every cell. Values that the encoding does not hold, because they are new to it or too rare to be
 * stored, fall in the bin around them or in the class of the category spelled nearest before them.
 * The table must have the encoding's columns, in its order.
 */
export function encodeTable(encoding: TableEncoding, table: Table): Codes {
  const columns = encoding.columns.map((column, index) => {
    const source = table.columns[index];
    if (column.type === 'number') {
      if (source?.type !== 'number') throw new TypeError('A column of numbers was expected.');
      return encodeNumbers(column, source);
    }
    if (source?.type !== 'category') throw new TypeError('A column of categories was expected.');
    return encodeCategories(column, source);
  });
  return { rows: table.rows, columns };
}

function encodeNumbers(encoding: NumberEncoding, { values }: NumberColumn): Uint16Array {
  const heavy = Float64Array.from(encoding.heavy);
  const edges = Float64Array.from(encoding.bins, (grid) => grid[0]!);
  const nullClass = encoding.nulls ? classCount(encoding) - 1 : 0;
  const codes = new Uint16Array(values.length);
  for (let row = 0; row < values.length; row++) {
    const value = values[row]!;
    if (Number.isNaN(value)) {
      codes[row] = nullClass;
      continue;
    }
    const at = upperBound(heavy, value) - 1;
    if (at >= 0 && heavy[at] === value) codes[row] = at;
    else if (edges.length > 0) codes[row] = heavy.length + Math.max(0, upperBound(edges, value) - 1);
    else codes[row] = nearest(heavy, at, value);
  }
  return codes;
}

/** Of the points at and after `at`, the one nearer to the value. */
function nearest(points: Float64Array, at: number, value: number): number {
  if (at < 0) return 0;
  if (at + 1 >= points.length) return Math.max(0, points.length - 1);
  return value - points[at]! <= points[at + 1]! - value ? at : at + 1;
}

function encodeCategories(encoding: CategoryEncoding, column: CategoryColumn): Uint16Array {
  const classOf = new Map<string, number>();
  encoding.own.forEach((name, index) => classOf.set(name, index));
  const firstBucket = encoding.own.length;
  encoding.buckets.forEach(({ names }, index) => {
    for (const name of names) classOf.set(name, firstBucket + index);
  });
  const spelled = [...classOf.keys()].sort();
  const unseen = (name: string): number => {
    const before = spelled[Math.max(0, firstAfter(spelled, name) - 1)];
    return before === undefined ? 0 : (classOf.get(before) ?? 0);
  };
  const lookup = Uint16Array.from(column.categories, (name) => classOf.get(name) ?? unseen(name));
  const nullClass = encoding.nulls ? classCount(encoding) - 1 : 0;
  return Uint16Array.from(column.codes, (code) => (code < 0 ? nullClass : lookup[code]!));
}

/** Index of the first of ascending `names` that comes after `name`. */
function firstAfter(names: readonly string[], name: string): number {
  let low = 0;
  let high = names.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (names[middle]! <= name) low = middle + 1;
    else high = middle;
  }
  return low;
}
