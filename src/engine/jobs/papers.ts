import { rm } from 'node:fs/promises';
import { createOutput, type Finished, type OutputFile } from '../tables/output-file.ts';
import type { Seal } from '../tables/sealed-writer.ts';

/**
 * Small files that belong beside a large one: made ready under other names, then moved to their places together.
 * To be discarded in any case.
 */
export class Papers {
  readonly #overwrite: boolean;
  readonly #ready: { path: string; output: OutputFile }[] = [];

  constructor({ overwrite }: { overwrite: boolean }) {
    this.#overwrite = overwrite;
  }

  /** Makes a file ready; nothing is at its place yet. Throws the `output/…` errors. */
  async add(path: string, content: Uint8Array, seal?: Seal): Promise<Finished> {
    const output = await createOutput(path, this.#overwrite, seal ? { seal } : {});
    this.#ready.push({ path, output });
    await output.write(content);
    return output.finish();
  }

  /**
   * Moves all to their places. Where one cannot be moved, those that have been are removed again, and so is
   * `belongsTo`, if it is given: no file is left without its papers.
   */
  async commit(belongsTo?: string): Promise<void> {
    const placed = belongsTo === undefined ? [] : [belongsTo];
    try {
      for (const { path, output } of this.#ready) {
        await output.commit();
        placed.push(path);
      }
    } catch (error) {
      for (const path of placed) await rm(path, { force: true });
      throw error;
    }
  }

  async discard(): Promise<void> {
    for (const { output } of this.#ready) await output.discard();
  }
}

/** A value as the text of a JSON file. */
export function jsonFile(value: unknown): Uint8Array {
  return Buffer.from(`${JSON.stringify(value, null, 2)}\n`);
}
