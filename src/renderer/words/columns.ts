import type { ColumnKind, ColumnRole, TableFormat } from '../../shared/table.ts';

export const kindWords: Record<ColumnKind, string> = {
  category: 'Category',
  integer: 'Whole number',
  decimal: 'Decimal number',
  boolean: 'Yes / no',
  datetime: 'Date or time',
  identifier: 'Identifier',
  text: 'Free text',
};

/**
 * All kinds, in the order of a menu. Spelled out, since importing `columnKind` would carry zod and its schemas into the
 * page; a test holds the two together.
 */
export const kinds: readonly ColumnKind[] = [
  'category',
  'integer',
  'decimal',
  'boolean',
  'datetime',
  'identifier',
  'text',
];

export const roleWords: Record<ColumnRole, string> = {
  keep: 'Learn',
  drop: 'Leave out',
  identifier: 'Make new ones',
};

export const formatWords: Record<TableFormat, string> = {
  csv: 'CSV',
  parquet: 'Parquet',
  jsonl: 'JSON lines',
};

/** Whether values of this kind stand at the right of their cell. */
export function isNumeric(kind: ColumnKind): boolean {
  return kind === 'integer' || kind === 'decimal';
}

const delimiters: Record<string, string> = { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'bar' };

/** A CSV delimiter by its name. */
export function delimiterWord(delimiter: string): string {
  return delimiters[delimiter] ?? `“${delimiter}”`;
}
