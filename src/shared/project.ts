import { z } from 'zod';
import { card } from './card.ts';
import { projectRule, ruleOutcome } from './rules.ts';
import { columnChoice, tableProfile } from './table.ts';
import { trainingProgress, trainingSettings } from './training.ts';

/** A line of the list of recent projects. */
export const projectSummary = z.object({
  id: z.string(),
  kind: z.enum(['table', 'dicom']),
  name: z.string(),
  sourcePath: z.string(),
  openedAt: z.string(),
  /** Of a table once it is read. */
  rows: z.number().int().nullable(),
  /** DICOM files found; null for tables. */
  files: z.number().int().nullable(),
  trained: z.boolean(),
});
export type ProjectSummary = z.infer<typeof projectSummary>;

/** A file written by this project. */
export const exportRecord = z.object({
  path: z.string(),
  what: z.enum(['rows', 'model', 'dicom']),
  /** Rows written, or files of DICOM; 0 for a model. */
  rows: z.number().int(),
  replacedCopies: z.number().int(),
  /** Rows of the source among them; absent where there are none. */
  realRows: z.number().int().positive().optional(),
  /** What became of each rule; absent without any. */
  rules: z.array(ruleOutcome).optional(),
  writtenAt: z.string(),
});
export type ExportRecord = z.infer<typeof exportRecord>;

/** A project: one linked source table and what has been made of it. */
export const project = projectSummary.extend({
  /** Whether the linked file is gone, or has changed since it was profiled. */
  source: z.enum(['present', 'missing', 'changed']),
  profile: tableProfile.nullable(),
  columns: z.array(columnChoice),
  settings: trainingSettings.omit({ columns: true }),
  /** Progress of the newest training, running or ended. */
  training: trainingProgress.nullable(),
  /**
   * Progress of the training that made the model of `card`; null without one, and for an imported model. A
   * later training that was cancelled or failed changes `training` and leaves this as it is.
   */
  learned: trainingProgress.nullable(),
  /** Card of the trained model, with its scores. */
  card: card.nullable(),
  /** The model before the last training, which can be brought back; null without one. */
  formerModel: z.object({ created: z.string(), quality: z.number().nullable() }).nullable(),
  exports: z.array(exportRecord),
  /** Rules between columns, found and written. */
  rules: z.array(projectRule),
});
export type Project = z.infer<typeof project>;
