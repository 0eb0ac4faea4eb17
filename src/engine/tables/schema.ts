import { z } from 'zod';
import { columnKind, columnRole } from '../../shared/table.ts';

/**
 * One column of the output, in source order: all that is needed to write generated values as the source
 * writes its own. Part of the portable model, so it holds no value of the data set except category names.
 */
export const columnSchema = z.object({
  name: z.string(),
  kind: columnKind,
  role: columnRole,
  nullable: z.boolean(),
  /** Digits after the decimal point, for `decimal`. */
  decimals: z.number().int().min(0).optional(),
  /** strftime pattern, for `datetime`. */
  format: z.string().optional(),
  /** How fresh identifiers look, for role `identifier`; '9' digit, 'A' upper case, 'a' lower case, others literal. */
  pattern: z.string().optional(),
});
export type ColumnSchema = z.infer<typeof columnSchema>;
