import { z } from 'zod';
import { scores } from './scores.ts';
import { columnKind, columnRole, tableFormat } from './table.ts';
import { learningPoint } from './training.ts';

/** The model's and the synthetic file's papers: where it comes from and how good it is. */
export const card = z.object({
  semblance: z.string(),
  created: z.string(),
  /** Source table: never its path, only what identifies its content. */
  source: z.object({ sha256: z.string(), rows: z.number().int(), columns: z.number().int() }),
  columns: z.array(z.object({ name: z.string(), kind: columnKind, role: columnRole })),
  model: z.object({ kind: z.literal('table-gan'), version: z.number().int(), parameters: z.number().int() }),
  seed: z.number().int(),
  device: z.string(),
  training: z.object({
    rows: z.number().int(),
    seconds: z.number(),
    epochs: z.number().int(),
    best: learningPoint.optional(),
    history: z.array(learningPoint),
  }),
  scores: scores.optional(),
  warnings: z.array(z.string()),
  /** Only beside an exported file. */
  output: z
    .object({
      format: tableFormat,
      rows: z.number().int(),
      seed: z.number().int(),
      sha256: z.string(),
      /** Generated rows equal to a training row, which were replaced. */
      replacedCopies: z.number().int(),
      /**
       * Generated rows that repeat a combination of values which at least five training rows share: they are not
       * one person's and stay. Absent where the training rows were not known.
       */
      commonRows: z.number().int().optional(),
    })
    .optional(),
});
export type Card = z.infer<typeof card>;

/** Where the card of an output lies. */
export function cardPathOf(path: string): string {
  return `${path}.card.json`;
}
