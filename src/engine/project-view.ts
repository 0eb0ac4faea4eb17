/** Projects as the window sees them, made of what the store holds and where the source stands now. */
import { basename, join } from 'node:path';
import { AppError } from '../shared/errors.ts';
import type { Project, ProjectSummary } from '../shared/project.ts';
import { sameStamp } from './jobs/source-shelf.ts';
import type { Store } from './store/open.ts';
import type { ProjectRow, ProjectSummaryRow } from './store/projects.ts';
import { fingerprint } from './tables/source-file.ts';

/** The bundled table: UCI "default of credit card clients", CC BY 4.0. */
export const sample = { file: 'credit-card-clients.csv.gz', name: 'Credit card clients' };

const samplePrefix = 'sample:';
export const sampleLink = `${samplePrefix}${sample.file}`;

/**
 * Path of a project's source. The bundled sample is kept by name, since the folder of resources may be elsewhere
 * at the next start; '' for an imported model.
 */
export function sourcePathOf({ sourceLink }: { sourceLink: string }, resources: string): string {
  return sourceLink.startsWith(samplePrefix)
    ? join(resources, 'samples', basename(sourceLink.slice(samplePrefix.length)))
    : sourceLink;
}

/** Where the source stands; looks at its size and time, not at its content. */
export async function sourceState(row: ProjectRow, resources: string): Promise<Project['source']> {
  const path = sourcePathOf(row, resources);
  if (path === '') return 'missing';
  try {
    const now = await fingerprint(path);
    if (row.sourceBytes === null || row.sourceModified === null) return 'present';
    // An update of the app may bring the same sample with another date.
    if (row.sourceLink.startsWith(samplePrefix)) return now.bytes === row.sourceBytes ? 'present' : 'changed';
    return sameStamp(now, { bytes: row.sourceBytes, modified: row.sourceModified }) ? 'present' : 'changed';
  } catch (error) {
    if (error instanceof AppError) return 'missing';
    throw error;
  }
}

/** Throws `source/not-found` or `source/changed` where the source is not what it was when it was last read. */
export async function requirePresent(row: ProjectRow, resources: string): Promise<void> {
  const state = await sourceState(row, resources);
  const name = basename(sourcePathOf(row, resources));
  if (state === 'missing') {
    throw AppError.of('source/not-found', 'source_moved', { file: name });
  }
  if (state === 'changed') {
    throw AppError.of('source/changed', 'source_changed_since_read', { file: name });
  }
}

export function summaryOf(row: ProjectSummaryRow, resources: string): ProjectSummary {
  const { id, name, openedAt, rows, trained, files } = row;
  const kind = files === null ? 'table' : 'dicom';
  return { id, kind, name, openedAt, rows, files, trained, sourcePath: sourcePathOf(row, resources) };
}

/** Throws `project/not-found`. */
export async function projectOf(store: Store, id: string, resources: string): Promise<Project> {
  const row = store.projects.get(id);
  const card = store.models.card(id);
  const former = card && store.models.formerCard(id);
  return {
    id,
    kind: 'table',
    files: null,
    name: row.name,
    sourcePath: sourcePathOf(row, resources),
    openedAt: row.openedAt,
    rows: row.profile?.rows ?? null,
    trained: card !== null,
    source: await sourceState(row, resources),
    profile: row.profile,
    columns: row.columns,
    settings: row.settings,
    training: row.training,
    learned: store.models.learned(id),
    card,
    formerModel: former && { created: former.created, quality: former.training.best?.quality ?? null },
    exports: store.projects.exports(id),
    rules: row.rules,
  };
}
