import type { Column, Table } from '../../tables/table.ts';

/** Tables of the same columns and categories, one below the other. */
export function joinTables(chunks: readonly Table[]): Table {
  const rows = chunks.reduce((sum, chunk) => sum + chunk.rows, 0);
  const columns = (chunks[0]?.columns ?? []).map((first, index) => {
    let at = 0;
    if (first.type === 'number') {
      const values = new Float64Array(rows);
      for (const { columns } of chunks) {
        const column = columns[index];
        if (column?.type !== 'number') throw new TypeError('The tables do not have the same columns.');
        values.set(column.values, at);
        at += column.values.length;
      }
      return { ...first, values } satisfies Column;
    }
    const codes = new Int32Array(rows);
    for (const { columns } of chunks) {
      const column = columns[index];
      if (column?.type !== 'category') throw new TypeError('The tables do not have the same columns.');
      codes.set(column.codes, at);
      at += column.codes.length;
    }
    return { ...first, codes } satisfies Column;
  });
  return { rows, columns };
}
