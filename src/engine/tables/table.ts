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
  if (column.type === 'number') {
    const { values } = column;
    return { ...column, values: Float64Array.from(indices, (row) => values[row] ?? NaN) };
  }
  const { codes } = column;
  return { ...column, codes: Int32Array.from(indices, (row) => codes[row] ?? -1) };
}
