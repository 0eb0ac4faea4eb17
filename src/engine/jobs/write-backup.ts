import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { backupHeaderLine } from '../store/backup.ts';
import type { KeyFile } from '../store/key-file.ts';
import type { Store } from '../store/open.ts';
import { copyPrefix } from '../store/set-aside.ts';
import { createOutput } from '../tables/output-file.ts';

/**
 * Writes the whole store to one file, as it is at this moment, encrypted; whole or not at all. Returns its size in
 * bytes. Throws the `output/…` errors.
 */
export async function writeBackup(
  store: Store,
  keyFile: KeyFile,
  path: string,
  { overwrite, signal }: { overwrite: boolean; signal?: AbortSignal },
): Promise<number> {
  const output = await createOutput(path, overwrite, { mode: 0o600 });
  const copy = join(dirname(store.file), `${copyPrefix}${randomUUID()}`);
  try {
    store.copyTo(copy);
    const { size } = await stat(copy);
    const hash = createHash('sha256');
    for await (const block of blocksOf(copy, signal)) hash.update(block);
    const database = { bytes: size, sha256: hash.digest('hex') };
    const created = new Date().toISOString();
    await output.write(
      backupHeaderLine({ semblance: 'store backup', version: 1, created, database, key: keyFile }),
    );
    for await (const block of blocksOf(copy, signal)) await output.write(block);
    return (await output.commit()).bytes;
  } finally {
    await output.discard();
    await rm(copy, { force: true });
  }
}

async function* blocksOf(path: string, signal: AbortSignal | undefined): AsyncGenerator<Buffer> {
  for await (const block of createReadStream(path, { highWaterMark: 1 << 20 })) {
    signal?.throwIfAborted();
    if (block instanceof Buffer) yield block;
  }
}
