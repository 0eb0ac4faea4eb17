/**
 * How the values of a table become classes and back: every column is a finite set of classes, so that one
 * network serves categories, numbers, dates and nulls alike. Fitted on training rows only; plain JSON, kept
 * inside the portable model.
 */
import { z } from 'zod';

const finite = z.number();

/** Classes of a number or date column, in this order: heavy values, bins, null. */
export const numberEncoding = z.object({
  type: z.literal('number'),
  name: z.string(),
  /** Digits after the decimal point that values are rounded to; null leaves them as drawn. */
  decimals: z.number().int().min(0).max(15).nullable(),
  /** Values are `offset + k · step` in units of the last digit; step 1 is every representable value. */
  step: z.number().positive(),
  offset: finite,
  /** Values shared by enough rows to be classes of their own, ascending. */
  heavy: z.array(finite),
  /**
   * Bins of all other values, ascending: points of a smoothed quantile function at equal steps of probability.
   * A bin reaches from its first point to its last; the last is the first of the next bin.
   */
  bins: z.array(z.array(finite).min(2)),
  /** Whether there is a class for null, after all others. */
  nulls: z.boolean(),
});
export type NumberEncoding = z.infer<typeof numberEncoding>;

/** Classes of a category column, in this order: own classes, buckets of rare categories, null. */
export const categoryEncoding = z.object({
  type: z.literal('category'),
  name: z.string(),
  /** Categories that are classes of their own, most frequent first. */
  own: z.array(z.string()),
  /** Neighbouring rare categories that share a class; one is drawn by its count. */
  buckets: z.array(
    z.object({ names: z.array(z.string()).min(1), counts: z.array(z.number().int().positive()).min(1) }),
  ),
  nulls: z.boolean(),
});
export type CategoryEncoding = z.infer<typeof categoryEncoding>;

export const columnEncoding = z.discriminatedUnion('type', [numberEncoding, categoryEncoding]);
export type ColumnEncoding = z.infer<typeof columnEncoding>;

export const tableEncoding = z.object({ columns: z.array(columnEncoding).min(1) });
export type TableEncoding = z.infer<typeof tableEncoding>;

/** Number of classes of a column. */
export function classCount(column: ColumnEncoding): number {
  const values =
    column.type === 'number'
      ? column.heavy.length + column.bins.length
      : column.own.length + column.buckets.length;
  return values + (column.nulls ? 1 : 0);
}
