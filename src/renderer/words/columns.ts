import { kindWords } from '../../shared/kind-words.ts';
import { m } from '../../shared/messages/messages.js';
import type { OutputFormat } from '../../shared/output.ts';
import type { ColumnKind, ColumnRole } from '../../shared/table.ts';

export function kindWord(kind: ColumnKind): string {
  return kindWords[kind]();
}

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

const roleWords: Record<ColumnRole, () => string> = {
  keep: m.data_role_keep,
  drop: m.data_role_drop,
  identifier: m.data_role_identifier,
  fake: m.data_role_fake,
};

export function roleWord(role: ColumnRole): string {
  return roleWords[role]();
}

const formatWords: Record<OutputFormat, () => string> = {
  csv: m.data_format_csv,
  parquet: m.data_format_parquet,
  jsonl: m.data_format_jsonl,
  sqlite: m.data_format_sqlite,
};

export function formatWord(format: OutputFormat): string {
  return formatWords[format]();
}

/** Whether values of this kind stand at the right of their cell. */
export function isNumeric(kind: ColumnKind): boolean {
  return kind === 'integer' || kind === 'decimal';
}

const delimiters: Record<string, () => string> = {
  ',': m.units_comma,
  ';': m.units_semicolon,
  '\t': m.units_tab,
  '|': m.units_bar,
};

/** A CSV delimiter by its name. */
export function delimiterWord(delimiter: string): string {
  return delimiters[delimiter]?.() ?? `“${delimiter}”`;
}

/** The label of a bar; the engine, in English, names the two that may end a row of bars: other values, and none. */
export function barWord(labels: readonly string[], index: number): string {
  const label = labels[index] ?? '';
  if (index < labels.length - 2) return label;
  const named = [m.parts_other_values, m.parts_no_value].find((word) => word({}, { locale: 'en' }) === label);
  return named?.() ?? label;
}
