import type { ColumnSchema } from '../schema.ts';

/** Half a unit of the last place, and what arithmetic in double precision may be off. */
export function agrees(result: number, made: number, unit: number): boolean {
  return Math.abs(result - made) <= 0.5 * unit * (1 + 1e-6) + 1e-9 * Math.abs(made);
}

/** The unit of a column's last place. */
export function unitOf(column: Pick<ColumnSchema, 'kind' | 'decimals'> | undefined): number {
  if (column?.kind === 'integer') return 1;
  return column?.decimals === undefined ? 0 : 10 ** -column.decimals;
}
