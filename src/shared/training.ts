import { z } from 'zod';
import { fewestRows } from './fewest-rows.ts';
import { columnChoice } from './table.ts';

/** What the user chooses before training. */
export const trainingSettings = z.object({
  columns: z.array(columnChoice),
  /** Wall-clock limit in minutes. */
  minutes: z.number().positive().max(1440),
  /** Stop before the limit once quality no longer improves. */
  stopEarly: z.boolean(),
  /** Column to predict in the utility score; chosen automatically when absent. */
  target: z.string().optional(),
  seed: z.number().int().nonnegative().max(0xffffffff),
  /** Share of the rows set aside, never trained on: half of them watch the training, half score its result. */
  holdout: z.number().min(0.05).max(0.5),
  /** Rows read at most, drawn by lot with the seed, those set aside among them; as many as memory takes when absent. */
  mostRows: z.number().int().min(fewestRows).max(1_000_000_000).optional(),
});
export type TrainingSettings = z.infer<typeof trainingSettings>;

/** One point of the learning curve. */
export const learningPoint = z.object({
  epoch: z.number().int().nonnegative(),
  step: z.number().int().nonnegative(),
  /** Seconds since training began. */
  seconds: z.number().nonnegative(),
  /** Accuracy of a generated set against the rows that watch the training, 0 to 1. */
  quality: z.number().min(0).max(1),
  /** Null while no critic takes part. */
  criticLoss: z.number().nullable(),
  generatorLoss: z.number(),
});
export type LearningPoint = z.infer<typeof learningPoint>;

/** Real against synthetic shares of one column, on the same bars. */
export const columnComparison = z.object({
  name: z.string(),
  labels: z.array(z.string()),
  real: z.array(z.number()),
  synthetic: z.array(z.number()),
});
export type ColumnComparison = z.infer<typeof columnComparison>;

/** What a running training tells whoever watches. Values shown are generated, never from the source. */
export const trainingProgress = z.object({
  history: z.array(learningPoint),
  best: learningPoint.optional(),
  comparisons: z.array(columnComparison),
  sample: z.object({ columns: z.array(z.string()), rows: z.array(z.array(z.string().nullable())) }),
  notes: z.array(z.string()),
});
export type TrainingProgress = z.infer<typeof trainingProgress>;
