import { z } from 'zod';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const base64 = (bytes: number): z.ZodString =>
  z.string().regex(new RegExp(`^[A-Za-z0-9+/]{${Math.ceil((bytes * 4) / 3)}}=*$`));

/** What a file is to the others. */
export const manifestRole = z.enum(['rows', 'card', 'model', 'report']);
export type ManifestRole = z.infer<typeof manifestRole>;

export const manifestFile = z.object({
  /** Name of the file, which lies in the folder of the manifest. */
  name: z
    .string()
    .min(1)
    .max(1024)
    .refine((name) => !/[/\\\0]/.test(name) && name !== '.' && name !== '..'),
  role: manifestRole,
  /** Size and SHA-256 of the file as it lies there, encrypted or not. */
  bytes: z.number().int().nonnegative(),
  sha256,
  /** Whether it is encrypted in the `age` format. */
  encrypted: z.boolean(),
});
export type ManifestFile = z.infer<typeof manifestFile>;

/**
 * What was written together, and by whom. It is readable beside encrypted files so that they can be checked before
 * anyone opens them; it names no column and holds no score.
 */
export const manifest = z.object({
  /** Version of this format. */
  semblanceManifest: z.literal(1),
  /** Version of the program. */
  semblance: z.string().max(100),
  created: z.string().max(100),
  files: z.array(manifestFile).min(1).max(100),
  /** SHA-256 of the card before any encryption: of its file, or of `card.json` in a model. */
  cardSha256: sha256,
  /** How many of the rows are real ones of the source; absent where all are synthetic. */
  realRows: z.number().int().positive().optional(),
  /** Who signed; absent where nobody did. */
  signer: z
    .object({
      algorithm: z.literal('Ed25519'),
      /** The raw public key, 32 bytes in Base64. */
      publicKey: base64(32),
      /** As `fingerprintOf` gives it, for people to compare. */
      fingerprint: z.string().max(100),
    })
    .optional(),
  /** Ed25519 over the canonical JSON (RFC 8785) of everything but this member, in Base64. */
  signature: base64(64).optional(),
});
export type Manifest = z.infer<typeof manifest>;

/** What checking a manifest and the files beside it has found. */
export const verification = z.object({
  manifest,
  files: z.array(manifestFile.extend({ state: z.enum(['as-written', 'changed', 'missing']) })),
  /** `none`: nobody signed. `other-signer`: the signature is good, but not by whom it should be. */
  signature: z.enum(['valid', 'invalid', 'none', 'other-signer']),
  /** Of the key that signed, worked out from the key itself; null where nobody did. */
  fingerprint: z.string().nullable(),
  /** Every file is as it was written, and the signature, where there or asked for, holds. */
  ok: z.boolean(),
});
export type Verification = z.infer<typeof verification>;

export type UnsignedManifest = Omit<Manifest, 'signer' | 'signature'>;
