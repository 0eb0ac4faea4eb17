/** The files of folders, one after the other, without a list of all of them. */
import { readdirSync, realpathSync, statSync, type Dirent } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../../../shared/errors.ts';

/** Told of what cannot be looked at. */
export type Refuse = (path: string, error: AppError) => void;

/**
 * Goes through files and folders in the order of their names. Links are followed; a folder is entered once, however
 * many links lead to it. Pipes, sockets and devices are passed by.
 */
export function* walk(sources: readonly string[], refuse: Refuse): Generator<string> {
  const entered = new Set<string>();
  for (const source of sources) yield* walkOne(source, entered, refuse);
}

function* walkOne(source: string, entered: Set<string>, refuse: Refuse): Generator<string> {
  // The last is the next: folders are pushed with their entries the wrong way round.
  const waiting: Waiting[] = [{ path: source }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { path } = next;
    if (next.isFile === true) {
      yield path;
      continue;
    }
    let { folder } = next;
    try {
      if (folder === undefined) {
        const stat = statSync(path);
        if (stat.isFile()) yield path;
        if (!stat.isDirectory()) continue;
        folder = realpathSync(path);
      }
    } catch (error) {
      refuse(path, unreadable(error));
      continue;
    }
    if (entered.has(folder)) continue;
    entered.add(folder);
    for (const entry of entriesOf(path, refuse).reverse()) {
      const below = join(path, entry.name);
      if (entry.isFile()) waiting.push({ path: below, isFile: true });
      else if (entry.isDirectory()) waiting.push({ path: below, folder: join(folder, entry.name) });
      else if (entry.isSymbolicLink()) waiting.push({ path: below });
    }
  }
}

interface Waiting {
  readonly path: string;
  /** Known where it is an entry of a folder and no link, as `folder` is. */
  readonly isFile?: boolean;
  /** Where it really lies, of a folder. */
  readonly folder?: string;
}

function entriesOf(folder: string, refuse: Refuse): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    refuse(folder, unreadable(error));
    return [];
  }
}

/** A failure of the file system in words; anything else is thrown on. */
export function unreadable(error: unknown): AppError {
  if (error instanceof AppError) return error;
  if (!(error instanceof Error && 'syscall' in error && 'code' in error)) throw error;
  switch (error.code) {
    case 'EACCES':
    case 'EPERM':
      return AppError.of('source/no-permission', 'dicom_no_permission', {}, { cause: error });
    case 'ENOENT':
      return AppError.of('source/not-found', 'dicom_gone', {}, { cause: error });
    case 'ELOOP':
      return AppError.of('source/not-found', 'dicom_link_loop', {}, { cause: error });
    default:
      return AppError.of('source/malformed', 'dicom_unreadable', {}, { cause: error });
  }
}
