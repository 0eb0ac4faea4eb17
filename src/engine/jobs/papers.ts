import { copyFile, link, rename, rm } from 'node:fs/promises';
import {
  checkTarget,
  createOutput,
  temporaryBeside,
  type Finished,
  type OutputFile,
} from '../tables/output-file.ts';
import type { Seal } from '../tables/sealed-writer.ts';
import { errorCode } from '../tables/source-file.ts';

interface Paper {
  path: string;
  output: OutputFile;
  /** It is at its place. */
  placed: boolean;
  /** Other name of the file it takes the place of. */
  replaced: string | undefined;
}

/**
 * Small files that belong beside a large one: made ready under other names, then moved to their places together.
 * To be discarded in any case.
 */
export class Papers {
  readonly #overwrite: boolean;
  readonly #ready: Paper[] = [];

  constructor({ overwrite }: { overwrite: boolean }) {
    this.#overwrite = overwrite;
  }

  /** Makes a file ready; nothing is at its place yet. Throws the `output/…` errors. */
  async add(path: string, content: Uint8Array, seal?: Seal): Promise<Finished> {
    const output = await createOutput(path, this.#overwrite, seal ? { seal } : {});
    this.#ready.push({ path, output, placed: false, replaced: undefined });
    await output.write(content);
    return output.finish();
  }

  /**
   * Moves all to their places; what they replace is kept until `settle`. Throws the `output/…` errors, after which, as at
   * any time before `settle`, `discard` puts everything back as it was.
   */
  async place(): Promise<void> {
    for (const paper of this.#ready) {
      await checkTarget(paper.path, this.#overwrite);
      if (this.#overwrite) paper.replaced = await keptAside(paper.path);
      await paper.output.commit();
      paper.placed = true;
    }
  }

  /** All is where it belongs: nothing goes back any more. */
  async settle(): Promise<void> {
    for (const { replaced } of this.#ready.splice(0))
      if (replaced !== undefined) await rm(replaced, { force: true });
  }

  /** Removes what has not settled and puts back what it has replaced; harmless after `settle`. */
  async discard(): Promise<void> {
    for (const { path, output, replaced, placed } of this.#ready.splice(0)) {
      await output.discard();
      if (replaced !== undefined) await rename(replaced, path);
      else if (placed) await rm(path, { force: true });
    }
  }
}

/** A second name for what is at `path`, so that it stays when its name is given to another; undefined where nothing is. */
async function keptAside(path: string): Promise<string | undefined> {
  const aside = temporaryBeside(path);
  try {
    await link(path, aside);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    // Drives without links.
    await copyFile(path, aside);
  }
  return aside;
}

/** A value as the text of a JSON file. */
export function jsonFile(value: unknown): Uint8Array {
  return Buffer.from(`${JSON.stringify(value, null, 2)}\n`);
}
