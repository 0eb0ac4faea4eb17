import { z } from 'zod';
import { fakeLocale, generalisation, personalKind } from '../../shared/personal.ts';
import { columnKind, columnRole } from '../../shared/table.ts';
import { zoneSpelling } from './zones.ts';

/**
 * One column of the output, in source order: all that is needed to write generated values as the source
 * writes its own. Part of the portable model, so it holds no value of the data set except category names.
 */
export const columnSchema = z.object({
  name: z.string(),
  kind: columnKind,
  role: columnRole,
  nullable: z.boolean(),
  /** Digits after the decimal point, for `decimal`: at most, and at least (1.5 beside 1.25: 2 and 1). `minDecimals` alone: whole
   * numbers written as 5.0. */
  decimals: z.number().int().min(0).max(15).optional(),
  minDecimals: z.number().int().min(0).max(15).optional(),
  /**
   * Digits from the first that is not 0 on, for a `decimal` whose source uses exponents or more than 15 places (1.45e-23);
   * instead of `decimals`.
   */
  significant: z.number().int().min(1).max(17).optional(),
  /** Set where the source writes a decimal comma. */
  decimalMark: z.literal(',').optional(),
  /** What separates thousands, and the currency or unit before and after every number, blanks included. */
  group: z.string().min(1).max(2).optional(),
  prefix: z.string().min(1).max(8).optional(),
  suffix: z.string().min(1).max(24).optional(),
  /** The minus stands after the prefix. */
  signAfterPrefix: z.boolean().optional(),
  /** How the source spells its two values, for `boolean`. */
  spellings: z.array(z.string()).optional(),
  /** strftime pattern, for `datetime`. */
  format: z.string().optional(),
  /** How offsets from UTC are written, for a `format` with %z. */
  zone: zoneSpelling.optional(),
  /**
   * How fresh identifiers look, for role `identifier`: '9' digit, '1' digit but 0, 'A' upper case,
   * 'a' lower case, 'X' upper case or digit, 'x' lower case or digit, '*' letter or digit; after '\' and else literal.
   */
  pattern: z.string().optional(),
  /**
   * How fresh identifiers are made, none of which occurs in the source: counted up from `start` (0 or 1 where the source
   * numbers its rows: there they are mere row numbers), random UUIDs of `version`, or after `pattern`, whose first place
   * that is not literal takes the characters of `first` alone.
   */
  identifier: z
    .object({
      type: z.enum(['sequence', 'uuid', 'pattern']),
      start: z.number().int().min(0).optional(),
      version: z.union([z.literal(4), z.literal(8)]).optional(),
      first: z
        .string()
        .regex(/^[0-9A-Za-z]{1,62}$/)
        .optional(),
      upperCase: z.boolean().optional(),
      /** Share of rows without an identifier in the source. */
      nulls: z.number().min(0).max(1),
    })
    .optional(),
  /** How made-up values look, for role `fake`. Holds no value: `mask` has 9 for a digit or letter, and separators. */
  fake: z
    .object({
      kind: personalKind,
      locale: fakeLocale,
      /** Share of rows without a value in the source. */
      nulls: z.number().min(0).max(1),
      mask: z
        .string()
        .max(64)
        .regex(/^[9Aa\s()+./-]*$/)
        .optional(),
      /** Of an IBAN. */
      country: z
        .string()
        .regex(/^[A-Z]{2}$/)
        .optional(),
      /** Full names as “family, given”. */
      familyFirst: z.boolean().optional(),
      /** Column that tells the sex of the person in the row. */
      sexFrom: z.string().optional(),
    })
    .optional(),
  /** How the column was made coarser before it was learned. */
  generalise: generalisation.optional(),
  /** The kind it was read as for that: real rows that are mixed in are read alike. */
  readAs: columnKind.optional(),
  /** How the source spells a missing value in CSV; absent: an empty field. */
  nullText: z.string().max(16).optional(),
  /** Type of the column in its source: DuckDB's name for Parquet, `json:number` … for JSON lines. */
  storage: z.string().optional(),
});
export type ColumnSchema = z.infer<typeof columnSchema>;
