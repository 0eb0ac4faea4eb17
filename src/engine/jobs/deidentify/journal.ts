/**
 * What a folder of de-identified files holds, line by line as it is written: under which settings, and each file that is
 * on the drive. The manifest is made of it; a run that was cut off goes on from it.
 */
import { closeSync, existsSync, openSync, rmSync, writeSync } from 'node:fs';
import { z } from 'zod';
import { outputError } from '../../tables/output-file.ts';
import { linesOf } from './lines.ts';
import { type WrittenFile } from './set-output.ts';

const head = z.object({ run: z.string() });
const formerFile = z.object({ name: z.string(), bytes: z.number(), source: z.string() });

/** What is asked of a file that an earlier run has written. */
export type FormerFile = Pick<WrittenFile, 'name' | 'bytes' | 'source'>;

export class Journal {
  readonly #path: string;
  readonly #descriptor: number;

  /** Opens or begins one. */
  constructor(path: string) {
    const isThere = existsSync(path);
    this.#path = path;
    this.#descriptor = openSync(path, 'a+');
    // The last line of what is there may be cut off.
    if (isThere) writeSync(this.#descriptor, '\n');
  }

  /** That what follows is written under these settings. */
  begin(run: string): void {
    this.#add({ run });
  }

  note(file: WrittenFile): void {
    this.#add(file);
  }

  lines(): Iterable<string> {
    return linesOf(this.#descriptor);
  }

  /** Files that were written under the settings of `run`, in their order. */
  *filesOf(run: string): Generator<FormerFile> {
    let isSameRun = false;
    for (const line of this.lines()) {
      const entry = parsed(line);
      const begun = head.safeParse(entry).data;
      if (begun) isSameRun = begun.run === run;
      const file = isSameRun ? formerFile.safeParse(entry).data : undefined;
      if (file) yield file;
    }
  }

  /** It stays: the next run goes on from it. */
  close(): void {
    closeSync(this.#descriptor);
  }

  remove(): void {
    this.close();
    rmSync(this.#path, { force: true });
  }

  #add(entry: unknown): void {
    try {
      writeSync(this.#descriptor, `${JSON.stringify(entry)}\n`);
    } catch (error) {
      throw outputError(error, this.#path);
    }
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
