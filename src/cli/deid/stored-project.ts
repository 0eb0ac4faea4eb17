/** The project of `--store`, whose secret the window goes by as well. */
import { basename, resolve } from 'node:path';
import { freshChoices } from '../../engine/dicom-view.ts';
import { manifestName } from '../../engine/jobs/deidentify/folder-output.ts';
import type { DeidentifiedSet } from '../../engine/jobs/deidentify/deidentify-set.ts';
import { packFound, type FoundFiles } from '../../engine/dicom/import/found-files.ts';
import type { Store } from '../../engine/store/open.ts';
import { freshSettings } from '../../engine/store/projects.ts';
import { AppError } from '../../shared/errors.ts';

export interface StoredProject {
  readonly store: Store;
  readonly id: string;
  readonly name: string;
}

/**
 * The DICOM project of that name or id; without a name the one of the same sources, which is made where there is none, as
 * the window makes it.
 *
 * @throws AppError project/not-found, also for a project of a table.
 */
export function storedProject(
  store: Store,
  wanted: string | undefined,
  sources: readonly string[],
): StoredProject {
  const projects = store.projects.list().filter(({ files }) => files !== null);
  if (wanted !== undefined) {
    const named = projects.find(({ id, name }) => id === wanted || name === wanted);
    if (named) return { store, id: named.id, name: named.name };
    throw new AppError(
      'project/not-found',
      `The store has no project of DICOM files “${wanted}”.`,
      'See its projects with: semblance store list --store DIR',
    );
  }
  const paths = sources.map((path) => resolve(path));
  const same = projects.find(({ id }) => isSame(store.dicom.get(id).sources, paths));
  if (same) return { store, id: same.id, name: same.name };
  const [first = ''] = paths;
  const id = store.projects.create(basename(first) || first, first, [], freshSettings());
  store.dicom.create(id, paths, freshChoices);
  return { store, id, name: store.projects.summary(id).name };
}

function isSame(some: readonly string[], others: readonly string[]): boolean {
  return some.length === others.length && some.every((path) => others.includes(path));
}

/** Keeps what was found of a project that has nothing yet, for the window to show. */
export function keepFound({ store, id }: StoredProject, found: FoundFiles): void {
  if (store.dicom.found(id) === null)
    store.dicom.setFound(id, packFound(found), found.index.counts.instances);
}

/** Notes that files were written, as the window does. */
export function keepWritten({ store, id }: StoredProject, out: string, done: DeidentifiedSet): void {
  const isArchive = /\.zip(?:\.age)?$/i.test(out);
  store.projects.addExport(id, {
    path: isArchive ? resolve(out) : resolve(out, manifestName),
    what: 'dicom',
    rows: done.written + done.same + done.former,
    replacedCopies: 0,
    writtenAt: new Date().toISOString(),
  });
}
