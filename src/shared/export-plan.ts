import { z } from 'zod';
import { manifestRole } from './manifest.ts';
import { delimiter, outputFormat } from './output.ts';
import { columnKind } from './table.ts';

/** What would be written, to look at before it is. Nothing of it holds a value of the source. */
export const exportPlan = z.object({
  files: z.array(
    z.object({
      path: z.string(),
      role: z.union([manifestRole, z.literal('manifest')]),
      /** Size in bytes; null where it cannot be known before. */
      bytes: z.number().int().nonnegative().nullable(),
      /** What the size is: worked out from a few rows, or an upper bound. */
      estimate: z.enum(['about', 'at-most']),
      encrypted: z.boolean(),
      /** Whether a file of that name is there and would be replaced. */
      replaces: z.boolean(),
    }),
  ),
  format: outputFormat,
  /** Of CSV. */
  delimiter: delimiter.nullable(),
  rows: z.number().int(),
  realRows: z.number().int(),
  columns: z.array(
    z.object({
      /** As it is written: SQLite takes some names for equal that differ. */
      name: z.string(),
      kind: columnKind,
      /** Type in the file, where the format has types. */
      type: z.string().nullable(),
      /** Where its values come from: the model, fresh identifiers, nothing (free text), the mark of real rows. */
      from: z.enum(['model', 'fresh', 'nothing', 'mark']),
    }),
  ),
  protection: z
    .discriminatedUnion('by', [
      z.object({ by: z.literal('recipients'), recipients: z.array(z.string()) }),
      z.object({ by: z.literal('passphrase') }),
    ])
    .nullable(),
  /** Fingerprint of the key that would sign the manifest. */
  signedBy: z.string().nullable(),
  /** Conditions and rules the rows would meet, in words. */
  conditions: z.array(z.string()),
  warnings: z.array(z.string()),
});
export type ExportPlan = z.infer<typeof exportPlan>;
