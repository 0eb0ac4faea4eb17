import { resolve } from 'node:path';
import { AppError } from '../shared/errors.ts';

/** A file to write, as the user has pointed to it in a system dialog. */
export interface Target {
  path: string;
  /** The user has agreed, in a system dialog, to replace what is there, or the card beside it. */
  overwrite: boolean;
}

/**
 * Files that the user has pointed to in a system dialog, or that the engine reports to have written.
 * The page may have only these written or shown, whatever it asks for; and each leave to write is good for one
 * writing.
 */
export class ChosenPaths {
  /** Whether the file at each path may be replaced. */
  readonly #targets = new Map<string, boolean>();
  readonly #shown = new Set<string>();

  /** The user chose a file to be written. */
  addTarget({ path, overwrite }: Target): void {
    this.#targets.set(resolve(path), overwrite);
    this.#shown.add(resolve(path));
  }

  /** The user chose `path` to be read, or the engine has written it. */
  addShown(path: string): void {
    this.#shown.add(resolve(path));
  }

  /**
   * Uses up the leave to write to `path`.
   *
   * @returns Whether what is there may be replaced.
   * @throws AppError `request/forbidden` when the user has not chosen to write there since the last time.
   */
  useTarget(path: string): boolean {
    const overwrite = this.#targets.get(resolve(path));
    if (overwrite === undefined) {
      throw AppError.of('request/forbidden', 'write_only_chosen', {});
    }
    this.#targets.delete(resolve(path));
    return overwrite;
  }

  /** @throws AppError `request/forbidden` when the file is none of the app's. */
  assertShown(path: string): void {
    if (!this.#shown.has(resolve(path))) {
      throw AppError.of('request/forbidden', 'show_only_known', {});
    }
  }

  /** @throws AppError `request/forbidden` when the user has not chosen the file, and it is none the app has written. */
  assertReadable(path: string): void {
    if (!this.#shown.has(resolve(path))) {
      throw AppError.of('request/forbidden', 'read_only_chosen', {});
    }
  }
}
