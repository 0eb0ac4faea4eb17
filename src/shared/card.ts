import { z } from 'zod';
import { triedDevice } from './devices.ts';
import { anonymityReport, fakeLocale, generalisation, personalKind } from './personal.ts';
import { outputFormat } from './output.ts';
import { ruleOutcome } from './rules.ts';
import { scores } from './scores.ts';
import { columnKind, columnRole } from './table.ts';
import { learningPoint } from './training.ts';

/** The model's and the synthetic file's papers: where it comes from and how good it is. */
export const card = z.object({
  semblance: z.string(),
  created: z.string(),
  /** Source table: never its path, only what identifies its content. */
  source: z.object({
    sha256: z.string(),
    rows: z.number().int(),
    /** Rows read of them, drawn by lot with the seed, where memory did not take all. */
    read: z.number().int().optional(),
    columns: z.number().int(),
    /** Between its fields, where it is CSV with another sign than a comma: what is written may follow it. */
    delimiter: z.string().max(4).optional(),
  }),
  columns: z.array(
    z.object({
      name: z.string(),
      kind: columnKind,
      role: columnRole,
      /** Personal data found in the column, and what was done about it beside its role. */
      personal: z.array(personalKind).optional(),
      fake: personalKind.optional(),
      locale: fakeLocale.optional(),
      generalise: generalisation.optional(),
      /** It names people and was learned as it is, because the user has said so. */
      kept: z.literal(true).optional(),
    }),
  ),
  /** How identifiable the rows of the source were by the columns the user chose, before and after treatment. */
  anonymity: anonymityReport.optional(),
  model: z.object({ kind: z.literal('table-gan'), version: z.number().int(), parameters: z.number().int() }),
  seed: z.number().int(),
  device: z.string(),
  /** What was tried before training, and why the device was chosen; absent where there was no choice. */
  devices: z.array(triedDevice).optional(),
  training: z.object({
    rows: z.number().int(),
    seconds: z.number(),
    epochs: z.number().int(),
    best: learningPoint.optional(),
    history: z.array(learningPoint),
  }),
  scores: scores.optional(),
  /** Rules that generated rows keep, as text; absent without any. */
  rules: z.array(z.string()).optional(),
  warnings: z.array(z.string()),
  /** Only beside an exported file. */
  output: z
    .object({
      format: outputFormat,
      rows: z.number().int(),
      seed: z.number().int(),
      /** SHA-256 in hex of the rows as they are before any encryption. */
      sha256: z.string(),
      /** Real rows of the source among them, where the user has chosen so; a column says which they are. */
      realRows: z.object({ rows: z.number().int(), markedBy: z.string() }).optional(),
      /** Generated rows equal to a training row, which were replaced. */
      replacedCopies: z.number().int(),
      /**
       * Generated rows that repeat a combination of values which at least five training rows share: they are not
       * one person's and stay. Absent where the training rows were not known.
       */
      commonRows: z.number().int().optional(),
      /** The condition that every row satisfies, as the user wrote it. */
      where: z.string().optional(),
      /** What became of each rule; absent without any. */
      rules: z.array(ruleOutcome).optional(),
    })
    .optional(),
});
export type Card = z.infer<typeof card>;
