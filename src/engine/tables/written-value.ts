import { dateUnit } from './dates.ts';
import type { ColumnSchema } from './schema.ts';

/**
 * The number a reader of the output finds where `value` is written: rounded to the column's places, cut to the unit of
 * its dates. Never decreasing. Conditions and rules hold of what is written, not of what was drawn.
 */
export function writtenValue(column: ColumnSchema | undefined): (value: number) => number {
  if (!column) return (value) => value;
  if (column.kind === 'datetime') return cutDate(column.format ?? '%Y-%m-%d');
  if (column.kind === 'integer') return (value) => Math.round(value);
  if (column.kind !== 'decimal') return (value) => value;
  const { significant, decimals } = column;
  if (significant !== undefined) return (value) => Number(value.toPrecision(significant));
  if (decimals === undefined) return (value) => value;
  const unit = 10 ** decimals;
  return (value) => {
    const scaled = Math.round(Math.abs(value) * unit);
    // The writer leaves larger numbers as they are.
    return scaled > Number.MAX_SAFE_INTEGER ? value : (Math.sign(value) * scaled) / unit;
  };
}

function cutDate(format: string): (value: number) => number {
  if (/%[Yy]/.test(format) && !/%-?d/.test(format)) {
    return (value) => {
      const date = new Date(value);
      return Date.UTC(date.getUTCFullYear(), date.getUTCMonth());
    };
  }
  const unit = dateUnit(format);
  return (value) => Math.floor(value / unit) * unit;
}

/** The same by column name. */
export function writtenValues(schema: readonly ColumnSchema[]): (column: string, value: number) => number {
  const byName = new Map(schema.map((column) => [column.name, writtenValue(column)]));
  return (column, value) => byName.get(column)?.(value) ?? value;
}
