import { resolve } from 'node:path';
import { AppError } from '../shared/errors.ts';

/**
 * Files that the user has pointed to in a system dialog, or that the engine reports to have written.
 * The page may have only these written or shown, whatever it asks for.
 */
export class ChosenPaths {
  readonly #targets = new Set<string>();
  readonly #shown = new Set<string>();

  /** The user chose `path` to be written. */
  addTarget(path: string): void {
    this.#targets.add(resolve(path));
    this.#shown.add(resolve(path));
  }

  /** The user chose `path` to be read, or the engine has written it. */
  addShown(path: string): void {
    this.#shown.add(resolve(path));
  }

  /** @throws AppError `request/forbidden` when the user has not chosen to write there. */
  assertTarget(path: string): void {
    if (!this.#targets.has(resolve(path))) {
      throw new AppError(
        'request/forbidden',
        'Semblance writes only where you have said so in its save dialog.',
        'Choose the file to write again.',
      );
    }
  }

  /** @throws AppError `request/forbidden` when the file is none of the app's. */
  assertShown(path: string): void {
    if (!this.#shown.has(resolve(path))) {
      throw new AppError(
        'request/forbidden',
        'Semblance shows only files that it has written or that you have chosen.',
        'Look for the file in your file manager.',
      );
    }
  }
}
