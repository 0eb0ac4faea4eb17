/**
 * How identifiable rows are by columns that others may know: k-anonymity (L. Sweeney, k-anonymity: a model for
 * protecting privacy, 2002), l-diversity (A. Machanavajjhala et al., 2007, its distinct form) and sample uniqueness.
 */
import { setImmediate } from 'node:timers/promises';
import { AppError } from '../../shared/errors.ts';
import type { Anonymity } from '../../shared/personal.ts';
import type { Column, Table } from '../tables/table.ts';

/** Lower ends of the bars of class sizes. */
const bars = [1, 2, 3, 5, 10, 20, 50, 100];

/**
 * Classes of rows that agree in all of `quasi`; a missing value agrees with a missing value. Without columns all rows
 * are one class. `sensitive` columns are those that l-diversity is about; a missing value counts as one. Between two columns
 * others get their turn.
 * @throws AppError table/unknown-column; the signal's reason.
 */
export async function anonymityOf(
  table: Table,
  quasi: readonly string[],
  sensitive: readonly string[] = [],
  signal?: AbortSignal,
): Promise<Anonymity> {
  const { ids, count } = await classesOf(
    table.rows,
    quasi.map((name) => columnOf(table, name)),
    signal,
  );
  const l: Anonymity['l'] = [];
  for (const name of sensitive) {
    await breath(signal);
    l.push({ column: name, l: leastDifferent(ids, count, columnOf(table, name)) });
  }
  const sizes = new Uint32Array(count);
  for (const id of ids) sizes[id]!++;
  const rowsIn = (from: number, to: number): number =>
    sizes.reduce((sum, size) => (size >= from && size < to ? sum + size : sum), 0);
  return {
    columns: [...quasi],
    rows: table.rows,
    classes: count,
    k: count === 0 ? 0 : sizes.reduce((least, size) => Math.min(least, size)),
    l,
    unique: rowsIn(1, 2),
    under5: rowsIn(1, 5),
    sizes: bars.map((from, at) => {
      const to = bars[at + 1];
      const label = to === undefined ? `${from}+` : to === from + 1 ? String(from) : `${from}–${to - 1}`;
      return { label, rows: rowsIn(from, to ?? Infinity) };
    }),
  };
}

function columnOf(table: Table, name: string): Column {
  const column = table.columns.find((each) => each.name === name);
  if (column) return column;
  throw AppError.of('table/unknown-column', 'column_not_looked_at', { column: name });
}

/** The class of every row, counted from 0 in the order of first appearance. */
async function classesOf(
  rows: number,
  columns: readonly Column[],
  signal: AbortSignal | undefined,
): Promise<{ ids: Uint32Array; count: number }> {
  let ids = new Uint32Array(rows);
  let count = rows === 0 ? 0 : 1;
  for (const column of columns) {
    await breath(signal);
    const codes = codesOf(column);
    const known = new Map<number, number>();
    const next = new Uint32Array(rows);
    for (let row = 0; row < rows; row++) {
      // Both are below 2^26 in any table that fits into memory: the pair is exact in a double.
      const pair = ids[row]! * (codes.count + 1) + codes.codes[row]!;
      let id = known.get(pair);
      if (id === undefined) known.set(pair, (id = known.size));
      next[row] = id;
    }
    ids = next;
    count = known.size;
  }
  return { ids, count };
}

async function breath(signal: AbortSignal | undefined): Promise<void> {
  await setImmediate();
  signal?.throwIfAborted();
}

/** Values as whole numbers from 0; missing ones are a value of their own. */
function codesOf(column: Column): { codes: Uint32Array; count: number } {
  if (column.type === 'category')
    return { codes: Uint32Array.from(column.codes, (code) => code + 1), count: column.categories.length + 1 };
  const known = new Map<number, number>();
  const codes = Uint32Array.from(column.values, (value) => {
    let code = known.get(value);
    if (code === undefined) known.set(value, (code = known.size));
    return code;
  });
  return { codes, count: known.size };
}

function leastDifferent(ids: Uint32Array, count: number, column: Column): number {
  if (count === 0) return 0;
  const { codes, count: values } = codesOf(column);
  const seen = new Set<number>();
  const different = new Uint32Array(count);
  for (let row = 0; row < ids.length; row++) {
    const pair = ids[row]! * (values + 1) + codes[row]!;
    if (seen.has(pair)) continue;
    seen.add(pair);
    different[ids[row]!]!++;
  }
  return different.reduce((least, each) => Math.min(least, each));
}
