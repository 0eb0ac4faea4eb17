/** The store as the window sees it: whether it is open, how it is protected, and what is in it. */
import { z } from 'zod';
import { errorShape } from './jobs.ts';

/** How the key is kept, as it is asked for. A passphrase is checked by the engine, which says what is wrong with it. */
export const protectionChoice = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('system') }),
  z.object({ kind: z.literal('passphrase'), passphrase: z.string().max(1000) }),
]);
export type ProtectionChoice = z.infer<typeof protectionChoice>;

export const protectionKind = z.enum(['system', 'passphrase']);

/** Name of the operating system's key store, e.g. “Keychain”; null where there is none that protects. */
const system = z.string().nullable();

export const storeState = z.discriminatedUnion('state', [
  /** Nothing is here yet; `plain`: there is a store of an earlier Semblance, not encrypted yet. */
  z.object({ state: z.literal('new'), plain: z.boolean(), system }),
  z.object({
    state: z.literal('locked'),
    protection: protectionKind,
    /** Seconds before the next attempt. */
    waitSeconds: z.number().int().min(0),
    system,
  }),
  z.object({
    state: z.literal('open'),
    protection: protectionKind,
    /** False until the recovery key has been shown to be written down; it has to be made anew after a restart. */
    recoveryConfirmed: z.boolean(),
    system,
  }),
  z.object({
    state: z.literal('problem'),
    error: errorShape,
    /** What is there may be moved aside, or a backup be put in its place. */
    replaceable: z.boolean(),
    system,
  }),
]);
export type StoreState = z.infer<typeof storeState>;

export const storedKind = z.enum([
  'project',
  'description',
  'model',
  'former-model',
  'report',
  'export',
  'job',
  'checkpoint',
  'signing-key',
  'pseudonym-key',
  'dicom-index',
  'devices',
  'set-aside',
]);
export type StoredKind = z.infer<typeof storedKind>;

/** One thing in the store that can be erased by itself. */
export const storedItem = z.object({
  kind: storedKind,
  id: z.string(),
  /** Name of the project it belongs to; null for what belongs to none. */
  project: z.string().nullable(),
  /** What tells it from others of its kind, e.g. the path of a file written; may be empty. */
  detail: z.string(),
  /** Bytes of its content. */
  bytes: z.number().int().min(0),
  /** When it was made or last changed; null where that is not kept. */
  at: z.string().nullable(),
});
export type StoredItem = z.infer<typeof storedItem>;

export const storeContent = z.object({
  folder: z.string(),
  items: z.array(storedItem),
  /** Bytes the files of the store take on the drive, its order and empty space included. */
  bytes: z.number().int().min(0),
});
export type StoreContent = z.infer<typeof storeContent>;

/** What is to be erased: one thing, or all there is. */
export const eraseChoice = z.union([
  z.object({ kind: storedKind, id: z.string().min(1).max(200) }),
  z.object({ everything: z.literal(true) }),
]);
export type EraseChoice = z.infer<typeof eraseChoice>;
