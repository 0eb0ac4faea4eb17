import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';

/**
 * Whether the content of a file is what its integrity string promises.
 *
 * @param path The file; read as a stream.
 * @param integrity A hash as npm records it (Subresource Integrity): `sha512-` and base64.
 */
export async function hasIntegrity(path: string, integrity: string): Promise<boolean> {
  const [, algorithm, expected] = /^(sha256|sha384|sha512)-(\S+)$/.exec(integrity) ?? [];
  if (algorithm === undefined) throw new Error(`Not an integrity hash: ${integrity}`);
  const hash = createHash(algorithm);
  await pipeline(createReadStream(path), hash);
  return hash.digest('base64') === expected;
}
