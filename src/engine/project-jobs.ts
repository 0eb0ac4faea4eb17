/** Jobs on projects: checks that they make sense, queues them, and commits what they bring. */
import type { EventName, EventPayload } from '../shared/contract.ts';
import { AppError } from '../shared/errors.ts';
import { isHeld } from '../shared/job-state.ts';
import type { Job } from '../shared/jobs.ts';
import { m } from '../shared/messages/messages.js';
import { cardPathOf, manifestPathOf, reportPathOf } from '../shared/output-names.ts';
import type { TableProfile } from '../shared/table.ts';
import type { EngineInput } from '../shared/wire.ts';
import type { DevicePage } from './device-page.ts';
import { findRules } from './jobs/model-rules.ts';
import { requireTreated } from './jobs/personal.ts';
import { carriedColumns, profile, proposedColumns } from './jobs/profile.ts';
import { carriedRules, columnsForRules, rulesThatAreOn } from './jobs/project-rules.ts';
import type { JobQueue, JobRequest } from './jobs/queue.ts';
import type { SourceShelf } from './jobs/source-shelf.ts';
import { completeRequest, keptRequest, needsPassphrase, openRequest } from './jobs/stored-request.ts';
import type { StoredRequest, WorkRequest } from './jobs/stored-request.ts';
import { requireNoLinkedSource } from './linked-sources.ts';
import type { ProjectExports } from './project-exports.ts';
import { requirePresent, sourcePathOf } from './project-view.ts';
import { requireRows } from './jobs/split.ts';
import type { Store } from './store/open.ts';
import type { ProjectRow } from './store/projects.ts';
import { fingerprint } from './tables/source-file.ts';
import { trainingWork } from './training-job.ts';

export type Emit = <E extends EventName>(event: E, payload: EventPayload<E>) => void;

export interface ProjectJobsParts {
  store: Store;
  queue: JobQueue;
  shelf: SourceShelf;
  exports: ProjectExports;
  resources: string;
  emit: Emit;
  devices: DevicePage;
  /** Told of errors nobody foresaw, without any value of the data. */
  log?: ((text: string) => void) | undefined;
}

/** Why a job cannot begin while another is at work. */
type Busy = 'reading_already' | 'reading_while_trained' | 'training_already' | 'still_reading';

export class ProjectJobs {
  readonly #parts: ProjectJobsParts;

  constructor(parts: ProjectJobsParts) {
    this.#parts = parts;
  }

  profile(projectId: string): Job {
    const { store, queue, shelf, emit } = this.#parts;
    const path = this.#linkedPath(store.projects.get(projectId));
    this.#requireIdle(projectId, ['profile'], 'reading_already');
    this.#requireIdle(projectId, ['train'], 'reading_while_trained');
    return queue.add({
      projectId,
      kind: 'profile',
      run: async (context) => {
        const stamp = await fingerprint(path, true);
        const { result, findings } = await shelf.use(path, async (source) => {
          const found = await profile(source, context);
          context.report({ phase: m.phases_rules(), progress: null });
          return {
            result: found,
            findings: await findRules(source, found, proposedColumns(found), context.signal),
          };
        });
        context.signal.throwIfAborted();
        const before = store.projects.get(projectId);
        store.projects.setProfile(projectId, result, carriedColumns(result, before), stamp);
        store.projects.setRules(projectId, carriedRules(findings, before.rules));
        emit('project.changed', { projectId });
        return m.notes_table_read({ rows: count(result.rows), columns: count(result.columns.length) });
      },
    });
  }

  async train(projectId: string): Promise<Job> {
    const { store, queue, resources } = this.#parts;
    const requireIdle = (): void => {
      this.#requireIdle(projectId, ['train'], 'training_already');
      this.#requireIdle(projectId, ['profile'], 'still_reading');
    };
    requireIdle();
    const row = store.projects.get(projectId);
    this.#linkedPath(row);
    const tableProfile = requireProfile(row);
    await requirePresent(row, resources);
    requireRows(tableProfile.rows);
    requireTrainable(row);
    requireTreated(tableProfile, row.columns);
    // What contradicts itself is refused now and not when the table has been read.
    rulesThatAreOn(row.rules, columnsForRules(row));
    const rules = row.rules.filter(({ on }) => on);
    const { mostRows, ...settings } = row.settings;
    const input = { profile: tableProfile, columns: row.columns, settings, rules, mostRows };
    // While the file was looked at another job may have come, or the project gone.
    store.projects.get(projectId);
    requireIdle();
    // One training a project: what was left of an earlier one is given up.
    for (const job of queue.list()) {
      if (job.projectId === projectId && job.kind === 'train' && isHeld(job)) queue.cancel(job.id);
    }
    return queue.add({ projectId, kind: 'train', ...this.#request({ kind: 'train', input }, projectId) });
  }

  async generate(input: EngineInput<'jobs.generate'>): Promise<Job> {
    return this.#write(input.projectId, { kind: 'generate', input });
  }

  async exportModel(input: EngineInput<'jobs.exportModel'>): Promise<Job> {
    return this.#write(input.projectId, { kind: 'export', input });
  }

  async #write(projectId: string, request: Exclude<WorkRequest, { kind: 'train' }>): Promise<Job> {
    const { store, queue, resources, exports } = this.#parts;
    exports.requireModel(projectId);
    for (const file of filesOf(request)) await requireNoLinkedSource(store, file, resources);
    return queue.add({ projectId, kind: request.kind, ...this.#request(request, projectId) });
  }

  /**
   * Resumes a job that is paused or was interrupted: a training from its checkpoint, a file from its beginning, with
   * the same rows for the same seed. Throws `job/not-found` and `job/conflict`.
   * @param passphrase For a job that needs one.
   */
  async resume(jobId: string, passphrase?: string): Promise<Job> {
    const { store, queue, resources } = this.#parts;
    const request = openRequest(store.jobs.request(jobId));
    const job = queue.list().find(({ id }) => id === jobId);
    if (job && !request) {
      throw AppError.of('job/conflict', 'job_not_resumable', {});
    }
    if (job && request) {
      const { projectId } = job;
      if (request.kind === 'train') {
        this.#requireIdle(projectId, ['train'], 'training_already');
        this.#requireIdle(projectId, ['profile'], 'still_reading');
      } else {
        for (const file of filesOf(request)) await requireNoLinkedSource(store, file, resources);
      }
      return queue.resume(jobId, this.#request(completeRequest(request, passphrase), projectId));
    }
    throw AppError.of('job/not-found', 'job_gone', {});
  }

  /** How the queue runs it, now and again. */
  #request(request: WorkRequest, projectId: string): Omit<JobRequest, 'projectId' | 'kind'> {
    const kept = keptRequest(request);
    const again = {
      ...(kept !== undefined && { again: kept }),
      ...(needsPassphrase(request) && { needs: 'passphrase' as const }),
    };
    const { store, resources, exports } = this.#parts;
    if (request.kind === 'generate') return { ...again, run: exports.generating(request.input) };
    if (request.kind === 'export') return { ...again, run: exports.exporting(request.input) };
    const row = store.projects.get(projectId);
    const path = this.#linkedPath(row);
    const present = () => requirePresent(row, resources);
    const run = trainingWork(this.#parts, projectId, path, request.input, present);
    return { ...again, pausable: true, run };
  }

  #linkedPath(row: ProjectRow): string {
    const path = sourcePathOf(row, this.#parts.resources);
    if (path !== '') return path;
    throw AppError.of('source/not-found', 'imported_without_table', {});
  }

  #requireIdle(projectId: string, kinds: Job['kind'][], why: Busy): void {
    if (!this.#parts.queue.isActive(projectId, kinds)) return;
    throw AppError.of('job/conflict', why, {});
  }
}

/** Every file that a job writes. */
function filesOf(request: Exclude<StoredRequest | WorkRequest, { kind: 'train' }>): string[] {
  const { path } = request.input;
  if (request.kind === 'export') return [path, manifestPathOf(path)];
  const report = request.input.report === undefined ? [] : [reportPathOf(path)];
  return [path, cardPathOf(path), manifestPathOf(path), ...report];
}

function requireProfile(row: ProjectRow): TableProfile {
  if (row.profile) return row.profile;
  throw AppError.of('job/conflict', 'not_read_yet', {});
}

function requireTrainable({ columns, settings }: ProjectRow): void {
  const kept = columns.filter(
    ({ role, kind }) => role === 'keep' && kind !== 'text' && kind !== 'identifier',
  );
  if (kept.length === 0) {
    throw AppError.of('table/no-usable-column', 'no_column_kept', {});
  }
  const { target } = settings;
  if (target !== undefined && !kept.some(({ name }) => name === target)) {
    throw AppError.of('table/unknown-column', 'target_not_kept', { column: target });
  }
}

function count(value: number): string {
  return value.toLocaleString('en-GB');
}
