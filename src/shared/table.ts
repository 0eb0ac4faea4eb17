import { z } from 'zod';
import { anonymityPart, fakeLocale, generalisation, personalFinding, personalKind } from './personal.ts';

/** What the values of a column are. */
export const columnKind = z.enum([
  'category',
  'integer',
  'decimal',
  'boolean',
  'datetime',
  'identifier',
  'text',
]);
export type ColumnKind = z.infer<typeof columnKind>;

/**
 * What becomes of a column: learned, left out, replaced by fresh unique identifiers, or written with made-up values of
 * its kind of personal data (names, telephone numbers …), which are not learned.
 */
export const columnRole = z.enum(['keep', 'drop', 'identifier', 'fake']);
export type ColumnRole = z.infer<typeof columnRole>;

export const tableFormat = z.enum(['csv', 'parquet', 'jsonl']);
export type TableFormat = z.infer<typeof tableFormat>;

/** One bar of a small histogram: its label names a category, or the bounds of numbers or dates. */
export const histogramBar = z.object({
  label: z.string(),
  count: z.number().int().nonnegative(),
});
export type HistogramBar = z.infer<typeof histogramBar>;

export const columnProfile = z.object({
  name: z.string(),
  /** Kind found in the data. The user's own choice lives in `ColumnChoice`. */
  kind: columnKind,
  /** Role proposed for it. */
  role: columnRole,
  nulls: z.number().int().nonnegative(),
  /** Distinct non-null values; exact up to a million rows, else approximate. */
  distinct: z.number().int().nonnegative(),
  /** Digits after the decimal point, for `decimal`. */
  decimals: z.number().int().nonnegative().optional(),
  /** strftime pattern of the source, for `datetime`. */
  format: z.string().optional(),
  /** Smallest and largest value, written as in the source; numbers and dates only. */
  range: z.object({ min: z.string(), max: z.string() }).optional(),
  /** At most 24 bars: equal-width bins of numbers and dates, or the most frequent categories. */
  histogram: z.array(histogramBar),
  /** Rows in none of the bars (rarer categories). */
  other: z.number().int().nonnegative(),
  /** Personal data found: one kind for whole values, or every kind inside texts. Absent where none was found. */
  personal: z.array(personalFinding).min(1).optional(),
});
export type ColumnProfile = z.infer<typeof columnProfile>;

/** Something about the source the user should know, with what to do about it. */
export const problem = z.object({
  severity: z.enum(['error', 'warning', 'note']),
  /** Column concerned, where it is one. */
  column: z.string().optional(),
  message: z.string(),
  fix: z.string(),
});
export type Problem = z.infer<typeof problem>;

export const tableProfile = z.object({
  format: tableFormat,
  gzip: z.boolean(),
  /** CSV dialect; absent for Parquet and JSON lines. */
  dialect: z
    .object({ delimiter: z.string(), quote: z.string(), header: z.boolean(), encoding: z.string() })
    .optional(),
  /** Size of the source file in bytes. */
  bytes: z.number().int().nonnegative(),
  rows: z.number().int().nonnegative(),
  columns: z.array(columnProfile),
  problems: z.array(problem),
});
export type TableProfile = z.infer<typeof tableProfile>;

/** What the user decided about one column; defaults to what the profile proposes. */
export const columnChoice = z.object({
  name: z.string(),
  kind: columnKind,
  role: columnRole,
  /** What the made-up values are, for role `fake`, and whose they are like (found from the table when absent). */
  fake: personalKind.optional(),
  locale: fakeLocale.optional(),
  /** How the column is made coarser before it is learned, for role `keep`. */
  generalise: generalisation.optional(),
  /** What it holds of persons as the user says, whatever was found; `none`: nothing. */
  marked: z.union([personalKind, z.literal('none')]).optional(),
  /** The user has said that it is to be learned as it is though it names people. */
  learnPersonal: z.literal(true).optional(),
  /** Its part in figures like k-anonymity; told by the kind of personal data unless said. */
  anonymity: anonymityPart.optional(),
});
export type ColumnChoice = z.infer<typeof columnChoice>;

/** A window of rows as text, exactly as the source writes them; null where there is no value. */
export const previewPage = z.object({
  offset: z.number().int().nonnegative(),
  /** Rows in the table, once known. */
  total: z.number().int().nonnegative().optional(),
  columns: z.array(z.string()),
  rows: z.array(z.array(z.string().nullable())),
});
export type PreviewPage = z.infer<typeof previewPage>;
