/**
 * Outputs that a library can make only as a file on a drive (Parquet, SQLite): made under another name, then moved to
 * their place, or encrypted into it.
 */
import { createReadStream } from 'node:fs';
import { open, rm, stat } from 'node:fs/promises';
import {
  checkTarget,
  createOutput,
  moveIntoPlace,
  temporaryBeside,
  type Finished,
  type OutputOptions,
} from './output-file.ts';
import { hashFile } from './source-file.ts';
import { temporaryPath } from './temporary.ts';

export interface WorkingFileOptions extends OutputOptions {
  overwrite: boolean;
  signal?: AbortSignal;
  /** As in `WriteOptions`, without the rows. */
  beforeAppearing: (finished: Finished) => Promise<void>;
}

/**
 * A path to work at, beside the target. What is to be encrypted is made in our own folder instead, which only this
 * user can open and which is emptied even after a crash: nothing readable touches the target's drive.
 */
export function workingPath(path: string, sealed: boolean): Promise<string> {
  return sealed ? temporaryPath('unfinished') : Promise.resolve(temporaryBeside(path));
}

/** Lets `make` write a whole file and brings it to `path`. Throws what `make` throws and the `output/…` errors. */
export async function throughWorkingFile(
  path: string,
  options: WorkingFileOptions,
  make: (working: string) => Promise<void>,
): Promise<Finished> {
  const { seal, signal } = options;
  await checkTarget(path, options.overwrite);
  const working = await workingPath(path, seal !== undefined);
  try {
    await make(working);
    if (seal) return await sealInto(working, path, options);
    await using file = await open(working, 'r+');
    await file.sync();
    const { size } = await stat(working);
    const sha256 = await hashFile(working, signal ? { signal } : {});
    const finished = { bytes: size, sha256, contentSha256: sha256 };
    await options.beforeAppearing(finished);
    await moveIntoPlace(working, path, options.overwrite);
    return finished;
  } finally {
    await rm(working, { force: true });
  }
}

async function sealInto(
  working: string,
  path: string,
  { overwrite, signal, beforeAppearing, ...options }: WorkingFileOptions,
): Promise<Finished> {
  const output = await createOutput(path, overwrite, options);
  try {
    const blocks: AsyncIterable<Buffer> = createReadStream(working, { highWaterMark: 2 ** 20 });
    for await (const block of blocks) {
      signal?.throwIfAborted();
      await output.write(block);
    }
    await beforeAppearing(await output.finish());
    return await output.commit();
  } finally {
    await output.discard();
  }
}
