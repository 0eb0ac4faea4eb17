/** Rows of a source as they are, a chunk at a time and in an order drawn by lot, to be mixed among generated ones. */
import { AppError, partOf } from '../../shared/errors.ts';
import type { ColumnChoice } from '../../shared/table.ts';
import { valueSql } from './column-sql.ts';
import { streamChunks } from './duckdb.ts';
import { inspect } from './inspection.ts';
import { planColumns } from './load.ts';
import type { Source } from './source.ts';
import type { Column, Table } from './table.ts';

/** @throws AppError table/too-few-rows where the source has fewer than `count` rows, source/…; AbortError. */
export async function requireRealRows(source: Source, count: number, signal?: AbortSignal): Promise<void> {
  const { rows } = (await inspect(source, signal)).relation;
  if (rows >= count) return;
  throw AppError.of('table/too-few-rows', 'real_rows_too_few', {
    file: source.name,
    rows: partOf('units_rows', { count: rows }),
    wanted: partOf('units_real_rows', { count }),
  });
}

/**
 * `count` different rows, none twice; the same for the same seed. Columns are read as `choices` say: those dropped,
 * free text and identifiers are left out. Memory is constant: DuckDB sorts on disk, in our own folder, where it must.
 * Whoever reads them has to `check` the source when done.
 * @throws AppError table/too-few-rows where the source has fewer rows, table/unknown-column, source/…; AbortError.
 */
export async function* realRows(
  source: Source,
  choices: readonly ColumnChoice[],
  count: number,
  seed: number,
  signal?: AbortSignal,
): AsyncGenerator<Table> {
  await requireRealRows(source, count, signal);
  const inspection = await inspect(source, signal);
  const { relation } = inspection;
  const plans = planColumns(source.name, inspection, null, choices, []).filter(
    ({ schema, loads }) => loads && schema.role === 'keep',
  );
  const categorical = plans.map(({ reading }) => reading.kind === 'category' || reading.kind === 'boolean');
  const cells = plans.map(({ cell, reading }, at) => {
    const value = valueSql(cell, reading);
    return categorical[at] ? value : `coalesce(${value}, 'NaN'::DOUBLE)`;
  });
  // A hash of place and seed puts the rows in an order that no other property of theirs has a part in.
  const sql =
    `SELECT ${[...cells, '0'].join(', ')} FROM (SELECT *, row_number() OVER () AS place FROM ${relation.sql}) ` +
    `ORDER BY md5(concat(${seed}, ':', place)) LIMIT ${count}`;
  for await (const chunk of streamChunks(sql, signal)) {
    const columns = plans.map(({ schema: { name } }, at) => {
      const vector = chunk.getColumnVector(at);
      const items = Array.from({ length: chunk.rowCount }, (_, row) => vector.getItem(row));
      return categorical[at] ? categoryColumn(name, items) : numberColumn(name, items);
    });
    yield { rows: chunk.rowCount, columns };
  }
}

function numberColumn(name: string, items: readonly unknown[]): Column {
  return {
    type: 'number',
    name,
    values: Float64Array.from(items, (item) => (typeof item === 'number' ? item : NaN)),
  };
}

/** Its categories are those of the chunk. */
function categoryColumn(name: string, items: readonly unknown[]): Column {
  const known = new Map<string, number>();
  const codes = Int32Array.from(items, (item) => {
    if (typeof item !== 'string') return -1;
    const code = known.get(item) ?? known.size;
    known.set(item, code);
    return code;
  });
  return { type: 'category', name, codes, categories: [...known.keys()] };
}
