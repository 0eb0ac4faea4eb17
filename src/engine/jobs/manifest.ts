/** Manifests: what was written together, with sizes and hashes, signed; and checking one later. */
import { readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { AppError } from '../../shared/errors.ts';
import { manifest as manifestSchema } from '../../shared/manifest.ts';
import type {
  Manifest,
  ManifestFile,
  ManifestRole,
  UnsignedManifest,
  Verification,
} from '../../shared/manifest.ts';
import { fingerprint, hashFile, sourceError } from '../tables/source-file.ts';
import { canonicalJson } from './canonical-json.ts';
import { fingerprintOf, isSignedBy, type Signing } from './signing.ts';
import { version } from './version.ts';

export interface ManifestFacts {
  files: readonly { path: string; role: ManifestRole; bytes: number; sha256: string; encrypted: boolean }[];
  cardSha256: string;
  /** Real rows among those written. */
  realRows?: number;
}

/** The manifest of files in one folder; signed where there is a key. */
export function makeManifest(facts: ManifestFacts, signing: Signing | null): Manifest {
  const { files, cardSha256, realRows = 0 } = facts;
  const unsigned: UnsignedManifest = {
    semblanceManifest: 1,
    semblance: version,
    created: new Date().toISOString(),
    files: files.map(({ path, ...rest }) => ({ name: basename(path), ...rest })),
    cardSha256,
    ...(realRows > 0 && { realRows }),
  };
  if (signing === null) return unsigned;
  const publicKey = signing.publicKey();
  const signer = {
    algorithm: 'Ed25519' as const,
    publicKey: Buffer.from(publicKey).toString('base64'),
    fingerprint: fingerprintOf(publicKey),
  };
  const signature = Buffer.from(signing.sign(signedBytes({ ...unsigned, signer }))).toString('base64');
  return { ...unsigned, signer, signature };
}

/** What a signature is over. */
export function signedBytes(content: Omit<Manifest, 'signature'>): Uint8Array {
  return Buffer.from(canonicalJson(content));
}

const largestManifest = 2 ** 20;

/**
 * Checks a manifest and the files beside it.
 * @param options.signedBy fingerprint of the key that has to have signed
 * @throws AppError manifest/invalid, source/not-found and the like for the manifest itself; AbortError.
 */
export async function verifyManifest(
  path: string,
  { signedBy, signal }: { signedBy?: string | undefined; signal?: AbortSignal } = {},
): Promise<Verification> {
  const content = await readManifest(path);
  const files: Verification['files'] = [];
  for (const file of content.manifest.files) {
    signal?.throwIfAborted();
    files.push({ ...file, state: await stateOf(join(dirname(path), file.name), file, signal) });
  }
  const { signature, fingerprint } = checkSignature(content, signedBy);
  const whole = files.every(({ state }) => state === 'as-written');
  const signed = signature === 'valid' || (signature === 'none' && signedBy === undefined);
  return { manifest: content.manifest, files, signature, fingerprint, ok: whole && signed };
}

async function readManifest(path: string): Promise<{ manifest: Manifest; raw: Record<string, unknown> }> {
  const name = basename(path);
  const { bytes } = await fingerprint(path);
  const invalid = AppError.of('manifest/invalid', 'not_a_manifest', { file: name });
  if (bytes > largestManifest) throw invalid;
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw sourceError(error, name, false);
  });
  const raw = parsed(text);
  const checked = manifestSchema.safeParse(raw);
  if (!checked.success || typeof raw !== 'object' || raw === null) throw invalid;
  return { manifest: checked.data, raw: Object.fromEntries(Object.entries(raw)) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Checked over what the file says, members unknown here included: nothing may be added either. */
function checkSignature(
  { manifest, raw }: { manifest: Manifest; raw: Record<string, unknown> },
  signedBy: string | undefined,
): Pick<Verification, 'signature' | 'fingerprint'> {
  const { signer, signature } = manifest;
  if (signer === undefined && signature === undefined) return { signature: 'none', fingerprint: null };
  if (signer === undefined || signature === undefined) return { signature: 'invalid', fingerprint: null };
  const publicKey = Buffer.from(signer.publicKey, 'base64');
  const fingerprint = fingerprintOf(publicKey);
  const { signature: _, ...content } = raw;
  const holds =
    fingerprint === signer.fingerprint &&
    isSignedBy(publicKey, Buffer.from(canonicalJson(content)), Buffer.from(signature, 'base64'));
  if (!holds) return { signature: 'invalid', fingerprint };
  const wanted = signedBy === undefined || digits(signedBy) === digits(fingerprint);
  return { signature: wanted ? 'valid' : 'other-signer', fingerprint };
}

const digits = (fingerprint: string): string => fingerprint.replace(/[^0-9a-f]/gi, '').toUpperCase();

async function stateOf(
  path: string,
  expected: ManifestFile,
  signal: AbortSignal | undefined,
): Promise<Verification['files'][number]['state']> {
  try {
    const { bytes } = await fingerprint(path);
    if (bytes !== expected.bytes) return 'changed';
    const sha256 = await hashFile(path, signal ? { signal } : {});
    return sha256 === expected.sha256 ? 'as-written' : 'changed';
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    if (error.code === 'source/not-found') return 'missing';
    // A folder or a device in its place is not what was written.
    if (error.code === 'source/is-directory' || error.code === 'source/not-a-table') return 'changed';
    throw error;
  }
}
