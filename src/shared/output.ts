/** What can be written, and in which form: shared by the window, the terminal and the engine. */
import { z } from 'zod';
import { checkRecipient } from './age-recipient.ts';
import { delimiters } from './delimiters.ts';
import { mostRecipients, shortestPassphrase } from './output-limits.ts';
import { tableFormat } from './table.ts';

/** Formats rows are written in: those that are read, and SQLite. */
export const outputFormat = z.enum([...tableFormat.options, 'sqlite']);
export type OutputFormat = z.infer<typeof outputFormat>;

export const delimiter = z.enum(delimiters);

/** One that files are encrypted with from now on. It is never stored, logged or shown. */
export const newPassphrase = z.string().min(shortestPassphrase).max(1024);

const forRecipients = z.object({
  by: z.literal('recipients'),
  recipients: z
    .array(
      z
        .string()
        .max(200)
        .refine((text) => checkRecipient(text).ok),
    )
    .min(1)
    .max(mostRecipients),
});

/** Who can open what is written: the owners of keys, or whoever knows a passphrase. */
export const protection = z.discriminatedUnion('by', [
  forRecipients,
  z.object({ by: z.literal('passphrase'), passphrase: newPassphrase }),
]);
export type Protection = z.infer<typeof protection>;

/** The same without the passphrase: what may be kept and shown. Parsing a protection takes the passphrase out. */
export const access = z.discriminatedUnion('by', [forRecipients, z.object({ by: z.literal('passphrase') })]);
export type Access = z.infer<typeof access>;

/** Real rows among the synthetic ones. */
export const mixing = z.object({
  /** Share of the rows written that are real, above 0 and below 1. */
  share: z.number().gt(0).lt(1),
  /** The user says to have the right to pass real rows on. */
  mayUseRealRows: z.literal(true),
});
export type Mixing = z.infer<typeof mixing>;

/** What opens an encrypted model file: its passphrase, or a file of secret keys. Never logged, stored or sent on. */
export const modelOpener = z.discriminatedUnion('by', [
  z.object({ by: z.literal('passphrase'), passphrase: z.string().max(1000) }),
  z.object({
    by: z.literal('keys'),
    path: z
      .string()
      .max(4096)
      .regex(/^[^\0]+$/),
  }),
]);
export type ModelOpener = z.infer<typeof modelOpener>;
