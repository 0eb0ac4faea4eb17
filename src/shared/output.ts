/** What can be written, in which form, and under which names: shared by the window, the terminal and the engine. */
import { z } from 'zod';
import { checkRecipient } from './age-recipient.ts';
import { tableFormat } from './table.ts';

/** Formats rows are written in: those that are read, and SQLite. */
export const outputFormat = z.enum([...tableFormat.options, 'sqlite']);
export type OutputFormat = z.infer<typeof outputFormat>;

/** Between the fields of a CSV that is written. The text is UTF-8 in any case. */
export const delimiter = z.enum([',', ';', '\t', '|']);
export type Delimiter = z.infer<typeof delimiter>;

/** The delimiter of the source where it is one we write, else a comma. */
export function delimiterLike(source: string | undefined): Delimiter {
  return delimiter.safeParse(source).data ?? ',';
}

/** Fewest characters of a passphrase: whoever has the file can try passphrases for as long as they like. */
export const shortestPassphrase = 10;

/** One that files are encrypted with from now on. It is never stored, logged or shown. */
export const newPassphrase = z.string().min(shortestPassphrase).max(1024);

/** Most keys a file is encrypted for. */
export const mostRecipients = 50;

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

/** How many of `rows` rows are real at a share. */
export function realRowsOf(rows: number, share: number): number {
  return Math.round(rows * share);
}

/** Ending of files encrypted in the `age` format. */
export const ageEnding = '.age';

export function isSealedName(path: string): boolean {
  return path.toLowerCase().endsWith(ageEnding);
}

/** The name of a file without the ending that says it is encrypted. */
export function unsealedName(path: string): string {
  return isSealedName(path) ? path.slice(0, -ageEnding.length) : path;
}

/** The name a file is written under: encrypted files end in `.age`. */
export function sealedName(path: string, sealed: boolean): string {
  return sealed ? `${unsealedName(path)}${ageEnding}` : path;
}

/** Where the card of an output lies: encrypted as the output is, since it names columns. */
export function cardPathOf(path: string): string {
  return sealedName(`${unsealedName(path)}.card.json`, isSealedName(path));
}

/** Where the report for readers of an output lies: encrypted as the output is, since it names columns. */
export function reportPathOf(path: string): string {
  return sealedName(`${unsealedName(path)}.report.html`, isSealedName(path));
}

/**
 * Where the manifest of an output lies. It is readable whatever is encrypted, and says nothing of the data. Rows that are
 * encrypted have another than the same rows beside them that are not.
 */
export function manifestPathOf(path: string): string {
  return `${path}.manifest.json`;
}
