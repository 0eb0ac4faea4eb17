/** SQL that reads dates: the patterns of `dates.ts` in the words of DuckDB. */

/**
 * SQL for the first of several patterns that the text `value` fits: see `dateSql`.
 * @param local offsets that differ are left out of account: the time counts as it is written
 */
export function anyDateSql(value: string, formats: readonly string[], local = false): string {
  const tries = formats.map((format) =>
    local && format.endsWith('%z')
      ? dateSql(withoutOffsetSql(value), format.replace(/ ?%z$/, ''))
      : dateSql(value, format),
  );
  return tries.length === 1 && tries[0] !== undefined ? tries[0] : `coalesce(${tries.join(', ')})`;
}

/** The text before its offset from UTC; empty, which is no date, where there is none. */
function withoutOffsetSql(value: string): string {
  return `regexp_extract(${value}, '^(.*\\d) ?(?:Z|[+-]\\d\\d(?::?\\d\\d)?)$', 1)`;
}

/**
 * SQL for milliseconds since 1970 (DOUBLE) of the text `value`, NULL where it does not fit.
 */
function dateSql(value: string, format: string): string {
  // DuckDB reads no Z as an offset.
  if (format.endsWith('%z')) return dateSqlOf(`regexp_replace(${value}, 'Z$', '+00')`, format);
  return dateSqlOf(value, format);
}

function dateSqlOf(value: string, format: string): string {
  const pattern = format.replaceAll("'", "''");
  const parsed = format.includes('%.f')
    ? `coalesce(try_strptime(${value}, '${pattern.replace('%.f', '.%f')}'), try_strptime(${value}, '${pattern.replace('%.f', '')}'))`
    : `try_strptime(${value}, '${pattern}')`;
  const hasDate = /%(Y|y)/.test(format);
  // A time of day alone is put on 1900-01-01 by DuckDB.
  return hasDate ? `epoch_us(${parsed}) / 1000.0` : `(epoch_us(${parsed}) / 1000.0 + 2208988800000)`;
}
