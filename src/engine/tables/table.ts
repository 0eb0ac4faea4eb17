/** A table in memory, column by column: what synthesis learns from and quality measures. */

/** Numbers and dates. Dates are milliseconds since 1970-01-01 UTC. NaN is null. */
export interface NumberColumn {
  type: 'number';
  name: string;
  values: Float64Array;
}

/** Categories, booleans. `codes[row]` indexes `categories`; −1 is null. Spelling is the source's. */
export interface CategoryColumn {
  type: 'category';
  name: string;
  codes: Int32Array;
  categories: string[];
}

export type Column = NumberColumn | CategoryColumn;

export interface Table {
  rows: number;
  columns: Column[];
}

/** The rows at `indices`, in that order. */
export function takeRows(table: Table, indices: Uint32Array): Table {
  return { rows: indices.length, columns: table.columns.map((column) => takeColumn(column, indices)) };
}

function takeColumn(column: Column, indices: Uint32Array): Column {
  // Plain loops: `from` with a callback takes ten times as long.
  if (column.type === 'number') {
    const values = new Float64Array(indices.length);
    for (let row = 0; row < values.length; row++) values[row] = column.values[indices[row]!] ?? NaN;
    return { ...column, values };
  }
  const codes = new Int32Array(indices.length);
  for (let row = 0; row < codes.length; row++) codes[row] = column.codes[indices[row]!] ?? -1;
  return { ...column, codes };
}

/** The memory of a table's values, for moving it to a thread or back; what is shared stays. */
export function buffersOf(table: Table): ArrayBuffer[] {
  const buffers = table.columns.map((column) =>
    column.type === 'number' ? column.values.buffer : column.codes.buffer,
  );
  return [...new Set(buffers)].filter((buffer) => buffer instanceof ArrayBuffer);
}
