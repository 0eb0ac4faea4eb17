/** Rules between columns, which every generated row keeps to. */
import { z } from 'zod';

const column = z.string().min(1).max(1000);

export const rule = z.discriminatedUnion('type', [
  /** `low` ≤ `high` (or < where strict): numbers or dates, where both are there. */
  z.object({ type: z.literal('order'), low: column, high: column, strict: z.boolean() }),
  /** The column is what the expression of other columns gives: `net + tax`. Where all are there. */
  z.object({ type: z.literal('formula'), column, expression: z.string().min(1).max(10_000) }),
  /** Rows with the same `from` have the same `to`. */
  z.object({ type: z.literal('determines'), from: column, to: column }),
  /** Only combinations that the source has. */
  z.object({ type: z.literal('combination'), columns: z.array(column).min(2).max(4) }),
  /** The column takes these values only, or is missing. */
  z.object({ type: z.literal('list'), column, values: z.array(z.string()).min(1).max(1000) }),
  /** The columns are missing in the same rows. */
  z.object({ type: z.literal('together'), columns: z.array(column).min(2).max(100) }),
  /** Any condition, as in `--where`. */
  z.object({ type: z.literal('condition'), where: z.string().min(1).max(10_000) }),
]);
export type Rule = z.infer<typeof rule>;

/** A rule and all that is needed to hold it: values of combinations that five or more subjects share. */
export const fittedRule = z.object({
  rule,
  /** For `determines` and `combination`: values as text (null is missing), and how many rows have them. */
  combinations: z
    .array(z.object({ values: z.array(z.string().nullable()), count: z.number().int().positive() }))
    .max(50_000)
    .optional(),
});
export type FittedRule = z.infer<typeof fittedRule>;

/** A rule found in a table. */
export const ruleFinding = z.object({
  rule,
  /** As people read and write it. */
  text: z.string(),
  /** Rows it says something about, and how many of these break it. */
  rows: z.number().int().nonnegative(),
  counterexamples: z.number().int().nonnegative(),
});
export type RuleFinding = z.infer<typeof ruleFinding>;

/** What became of a rule while rows were generated. */
export const ruleOutcome = z.object({
  rule: z.string(),
  /** Rows written in which a value was changed so that it holds. */
  repaired: z.number().int().nonnegative(),
  /** Rows that broke it and were thrown away for others. */
  redrawn: z.number().int().nonnegative(),
});
export type RuleOutcome = z.infer<typeof ruleOutcome>;

/** A rule of a project: found or written, on or off. */
export const projectRule = z.object({
  text: z.string().min(1).max(10_000),
  origin: z.enum(['found', 'own', 'model']),
  on: z.boolean(),
  rows: z.number().int().nonnegative().optional(),
  counterexamples: z.number().int().nonnegative().optional(),
});
export type ProjectRule = z.infer<typeof projectRule>;
