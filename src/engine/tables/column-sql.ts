/** SQL that turns the text of a column into what the engine computes with. */
import type { ColumnKind } from '../../shared/table.ts';
import { isMarkerSql, numberSql, textSql } from './column-facts.ts';
import type { NumberStyle } from './number-style.ts';
import { anyDateSql } from './date-sql.ts';

/** How a column is read. */
export interface Reading {
  kind: ColumnKind;
  numbers: NumberStyle;
  format: string | undefined;
  /** Further patterns, for a column that mixes several. */
  also?: readonly string[] | undefined;
  /** Moments as the clock of their own offset shows them, rather than as UTC does: what day it is depends on it. */
  local?: boolean | undefined;
  padded: boolean;
}

/** DOUBLE for a number or date (milliseconds), NULL where there is none; VARCHAR for a category. */
export function valueSql(column: string, reading: Reading): string {
  const text = textSql(column, reading.padded);
  switch (reading.kind) {
    case 'integer':
    case 'decimal':
      return numberSql(text, reading.numbers);
    case 'datetime': {
      const present = `CASE WHEN NOT ${isMarkerSql(text)} THEN ${text} END`;
      return reading.format === undefined
        ? 'NULL::DOUBLE'
        : anyDateSql(present, [reading.format, ...(reading.also ?? [])], reading.local);
    }
    case 'category':
    case 'boolean':
    case 'identifier':
    case 'text':
      return `nullif(${text}, '')`;
  }
}

/** Whether a column of that kind is held as codes of its categories. */
export function isCategorical({ kind }: Pick<Reading, 'kind'>): boolean {
  return kind === 'category' || kind === 'boolean';
}
