import type { Rule, RuleFinding } from '../../../shared/rules.ts';
import type { ColumnSchema } from '../schema.ts';
import type { Column, NumberColumn, Table } from '../table.ts';
import { ruleText } from './rule-text.ts';

/** A table to find rules in, and some of its rows, which tell quickly what is worth a look at all. */
export interface Search {
  readonly table: Table;
  readonly sample: Table;
  readonly schema: readonly ColumnSchema[];
}

/** A rule that more rows break than this is none; fewer are taken for mistakes in the data, and counted. */
export const mostBroken = 0.001;
/** The same in a sample, which may by chance hold more of them. */
export const mostBrokenInSample = 0.004;
/** Rows that would break the rule if its columns had nothing to do with each other: of all rows, and in number. */
export const leastSurprise = 0.05;
export const leastSurprised = 20;

export function finding(rule: Rule, rows: number, counterexamples: number): RuleFinding {
  return { rule, text: ruleText(rule), rows, counterexamples };
}

export function holds(rows: number, counterexamples: number): boolean {
  return rows >= leastSurprised && counterexamples <= rows * mostBroken;
}

export function numberColumns({ table, schema }: Search, ...kinds: ColumnSchema['kind'][]): string[] {
  return schema
    .filter(
      ({ kind, role, name }) =>
        role === 'keep' && kinds.includes(kind) && table.columns.some((c) => c.name === name),
    )
    .map(({ name }) => name);
}

export function numbersIn(table: Table, name: string): Float64Array {
  const column = table.columns.find(
    (each): each is NumberColumn => each.type === 'number' && each.name === name,
  );
  return column?.values ?? new Float64Array(table.rows).fill(NaN);
}

export function columnIn(table: Table, name: string): Column | undefined {
  return table.columns.find((column) => column.name === name);
}
