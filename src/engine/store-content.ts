/** What is stored on this machine: lists all of it, erases one thing or everything. */
import { statSync } from 'node:fs';
import { dirname } from 'node:path';
import { AppError } from '../shared/errors.ts';
import { jobKind } from '../shared/jobs.ts';
import type { EraseChoice, StoreContent, StoredKind } from '../shared/store.ts';
import type { JobQueue } from './jobs/queue.ts';
import { itemNotFound } from './store/inventory.ts';
import type { Store } from './store/open.ts';
import { eraseAside, listAside } from './store/set-aside.ts';
import { openModel, packModel } from './synthesis/tables/model-file.ts';

/** Every item with its size, and what the files take on the drive. */
export function contentOf(store: Store): StoreContent {
  const folder = dirname(store.file);
  const aside = listAside(folder);
  const checkpoints = new Map(store.checkpoints.list().map(({ jobId, bytes }) => [jobId, bytes]));
  const items = [
    ...store.inventory
      .list()
      .map((item) =>
        item.kind === 'checkpoint' ? { ...item, bytes: item.bytes + (checkpoints.get(item.id) ?? 0) } : item,
      ),
    ...aside.map(({ name, bytes, at }) => ({
      kind: 'set-aside' as const,
      id: name,
      project: null,
      detail: name,
      bytes,
      at,
    })),
  ];
  const log = statSync(`${store.file}-wal`, { throwIfNoEntry: false })?.size ?? 0;
  const beside = [...checkpoints.values(), ...aside.map(({ bytes }) => bytes)];
  const bytes = beside.reduce((sum, each) => sum + each, store.inventory.bytes() + log);
  return { folder, items, bytes };
}

/**
 * Erases for good. With a queue, jobs that work with what goes are cancelled first where all of a project goes, and
 * stand in the way otherwise. Throws `store/item-not-found`, `job/conflict`.
 */
export async function erase(store: Store, choice: EraseChoice, queue?: JobQueue): Promise<void> {
  const folder = dirname(store.file);
  if ('everything' in choice) {
    for (const { id } of store.projects.list()) await queue?.cancelProject(id);
    store.inventory.eraseEverything();
    store.checkpoints.sweep();
    for (const { name } of listAside(folder)) eraseAside(folder, name);
    return;
  }
  const { kind, id } = choice;
  if (kind === 'set-aside') {
    if (!eraseAside(folder, id)) throw itemNotFound();
    return;
  }
  if (kind === 'project') await queue?.cancelProject(id);
  else if (queue !== undefined) requireIdle(kind, id, queue);
  if (kind === 'report') takeReportOutOfFile(store, id);
  store.inventory.erase(kind, id);
  // Their keys are gone with the rows.
  store.checkpoints.sweep();
}

/**
 * Scores and the course of training are in the packed model, too, from which exports take their card. Throws as
 * `openModel`.
 */
function takeReportOutOfFile({ models }: Store, projectId: string): void {
  const stored = models.get(projectId);
  if (stored === null) return;
  const { model, card } = openModel(stored.file);
  const { best: _best, ...rest } = model;
  const { scores: _scores, training, ...other } = card;
  const { best: _bestOfCard, ...trained } = training;
  const bare = { ...other, training: { ...trained, history: [] } };
  models.setCard(projectId, bare, packModel({ ...rest, history: [] }, bare));
}

function requireIdle(kind: StoredKind, id: string, queue: JobQueue): void {
  const active =
    kind === 'job' || kind === 'checkpoint'
      ? queue.list().some((job) => job.id === id && ['queued', 'running'].includes(job.state))
      : queue.isActive(id, jobKind.options);
  if (!active) return;
  throw AppError.of('job/conflict', 'erase_at_work', {});
}
