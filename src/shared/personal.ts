/** Personal data in a table: what can be found, and what can be done about it. */
import { z } from 'zod';
import { personalKinds } from './personal-kinds.ts';

export const personalKind = z.enum(personalKinds);

/** What was found in a column. Counts only: never a value. */
export const personalFinding = z.object({
  kind: personalKind,
  /** 0 to 1: how sure; see `confidenceOf` in the engine. */
  confidence: z.number().min(0).max(1),
  /** Distinct values looked at, and how many of them look like the kind. */
  sampled: z.number().int().nonnegative(),
  hits: z.number().int().nonnegative(),
  /** Whether the name of the column speaks for it, too. */
  named: z.boolean(),
  /** Found inside longer texts, rather than as the whole value. */
  withinText: z.boolean(),
});
export type PersonalFinding = z.infer<typeof personalFinding>;

/** Places whose names, streets and numbers fakes can be made like. */
export const fakeLocale = z.enum([
  'en_US',
  'en_GB',
  'de',
  'fr',
  'es',
  'it',
  'pt_BR',
  'nl',
  'pl',
  'sv',
  'en_IN',
  'zh_CN',
]);
export type FakeLocale = z.infer<typeof fakeLocale>;

/** How a column is made coarser before anything is learned from it. */
export const generalisation = z.discriminatedUnion('how', [
  /** Numbers become bands of `width` (40–44); those of `top` and above become one (90+). */
  z.object({
    how: z.literal('bands'),
    width: z.number().positive().max(1e9),
    top: z.number().max(1e12).optional(),
  }),
  /** Numbers above `at` become `at`: what HIPAA asks for ages over 89. */
  z.object({ how: z.literal('top'), at: z.number().max(1e12) }),
  /** Numbers, or the numbers of a text of coordinates, rounded to so many digits after the point. */
  z.object({ how: z.literal('round'), decimals: z.number().int().min(0).max(6) }),
  /** First three digits of a US ZIP code; 000 where fewer than 20,000 people live. */
  z.object({ how: z.literal('zip3') }),
  /** The part of any postcode that names a region: UK letters, else the first two characters. */
  z.object({ how: z.literal('postcode-area') }),
  /**
   * Dates cut to a month, quarter or year (a year alone is cut to itself). Those before the year `notBefore` become
   * one: as dates of birth they would tell ages of 90 and over.
   */
  z.object({
    how: z.literal('date'),
    to: z.enum(['month', 'quarter', 'year']),
    notBefore: z.number().int().min(1000).max(3000).optional(),
  }),
  /** IPv4 addresses cut to /24, IPv6 to /48. */
  z.object({ how: z.literal('network') }),
]);
export type Generalisation = z.infer<typeof generalisation>;

/** Sets of defaults a user can choose from. */
export const personalPolicy = z.enum(['hipaa', 'gdpr']);
export type PersonalPolicy = z.infer<typeof personalPolicy>;

/** What a column is when it is asked how identifiable rows are: known to others, nobody's to know, or neither. */
export const anonymityPart = z.enum(['quasi', 'sensitive', 'none']);
export type AnonymityPart = z.infer<typeof anonymityPart>;

/** How identifiable rows are by a set of columns. */
export const anonymity = z.object({
  columns: z.array(z.string()),
  rows: z.number().int().nonnegative(),
  /** Combinations of values that occur. */
  classes: z.number().int().nonnegative(),
  /** Rows of the smallest class: k of k-anonymity. */
  k: z.number().int().nonnegative(),
  /** Least number of different values of a sensitive column within a class: l of l-diversity; by column. */
  l: z.array(z.object({ column: z.string(), l: z.number().int().nonnegative() })),
  /** Rows alone in their class, and rows in classes of fewer than five. */
  unique: z.number().int().nonnegative(),
  under5: z.number().int().nonnegative(),
  /** Rows by the size of their class, in bars: 1, 2, 3–4, 5–9, 10–19, 20–49, 50–99, 100+. */
  sizes: z.array(z.object({ label: z.string(), rows: z.number().int().nonnegative() })),
});
export type Anonymity = z.infer<typeof anonymity>;

/** Before and after the treatments chosen. */
export const anonymityReport = z.object({
  before: anonymity,
  after: anonymity,
  /** Rows of the table, where memory took only some of them: classes are then smaller than in the whole table. */
  sourceRows: z.number().int().optional(),
});
export type AnonymityReport = z.infer<typeof anonymityReport>;
