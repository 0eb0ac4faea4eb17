import { z } from 'zod';

const share = z.number().min(0).max(1);

/** Accuracy = 1 − total variation distance between binned shares; 1 is identical. */
export const accuracyScore = z.object({
  /** Mean of the three below. */
  overall: share,
  univariate: share,
  bivariate: share,
  trivariate: share,
});
export type AccuracyScore = z.infer<typeof accuracyScore>;

/** Everything measured on a synthetic table, against a holdout the model never saw. */
export const scores = z.object({
  accuracy: accuracyScore,
  /** The same measure between training rows and holdout rows: what sampling error alone allows. */
  ceiling: accuracyScore,
  /** Train on synthetic, test on holdout; beside it train on real, test on holdout. */
  utility: z
    .object({ target: z.string(), measure: z.enum(['auc', 'r2']), synthetic: z.number(), real: z.number() })
    .optional(),
  /** AUC of a classifier telling synthetic from holdout rows; 0.5 = it cannot. */
  detection: z.object({ auc: share }),
  privacy: z.object({
    /** Share of synthetic rows nearer to a training row than to a holdout row; 0.5 is ideal. */
    closerToTraining: share,
    /** Rows of the synthetic table equal to a training row. */
    exactCopies: z.number().int().nonnegative(),
    /** How many there would be were the synthetic rows fresh real ones, judged by the holdout. */
    copiesExpected: z.number().nonnegative().optional(),
  }),
  /** Univariate accuracy per column, in source order. */
  columns: z.array(z.object({ name: z.string(), accuracy: share })),
  /** Bivariate accuracy per pair of columns. */
  pairs: z.array(z.object({ a: z.string(), b: z.string(), accuracy: share })),
  /** Share of each rare class (under 5 %) of categorical columns: in the training data and in the result. */
  rare: z.array(z.object({ column: z.string(), real: share, synthetic: share })),
  /** Rows behind the figures. */
  rows: z.object({ training: z.number().int(), holdout: z.number().int(), synthetic: z.number().int() }),
});
export type Scores = z.infer<typeof scores>;
