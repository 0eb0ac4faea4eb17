/** Jobs on DICOM projects: looking at their files, writing them de-identified, and writing who became who. */
import { resolve } from 'node:path';
import { z } from 'zod';
import { AppError } from '../shared/errors.ts';
import type { Job } from '../shared/jobs.ts';
import { m } from '../shared/messages/messages.js';
import { access } from '../shared/output.ts';
import { completedInputs } from '../shared/wire.ts';
import type { EngineInput } from '../shared/wire.ts';
import type { DicomDesk } from './dicom-desk.ts';
import type { DicomPictures } from './dicom-pictures.ts';
import { countsOf, profileChoicesOf } from './dicom-view.ts';
import { mediaNames, namesBy } from './dicom/deidentify/output-name.ts';
import { differences } from './dicom/deidentify/profile/profile-file.ts';
import { Profile } from './dicom/deidentify/profile/profile.ts';
import { Pseudonyms } from './dicom/deidentify/pseudonyms.ts';
import { lookedAt, nothingFound, type FoundFiles } from './dicom/import/found-files.ts';
import { liesWithin } from './dicom/import/lies-within.ts';
import { importDicom } from './dicom/import/import-dicom.ts';
import { deidentifySet, type DeidentifySet } from './jobs/deidentify/deidentify-set.ts';
import { runMark } from './jobs/deidentify/set-marks.ts';
import { averageHead } from './dicom/pixels/faces/average-head.ts';
import { pixelTreatment } from './jobs/deidentify/treat-pixels.ts';
import { FolderOutput, manifestName } from './jobs/deidentify/folder-output.ts';
import { MapFiles } from './jobs/deidentify/secret-papers.ts';
import type { JobQueue, JobRequest } from './jobs/queue.ts';
import { Pace, type TaskContext } from './jobs/task.ts';
import type { Emit } from './project-jobs.ts';
import type { Store } from './store/open.ts';

export interface DicomJobsParts {
  store: Store;
  queue: JobQueue;
  desk: DicomDesk;
  pictures: DicomPictures;
  resources: string;
  emit: Emit;
}

/** What it takes to run a job once more: all but a passphrase. */
const storedRequest = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('import'), anew: z.boolean() }),
  z.object({ kind: z.literal('text') }),
  z.object({ kind: z.literal('deidentify'), input: completedInputs['jobs.deidentify'] }),
  z.object({
    kind: z.literal('map'),
    input: completedInputs['jobs.dicomMap'].extend({ protection: access.optional() }),
  }),
]);
type StoredRequest = z.infer<typeof storedRequest>;

/** What was found is kept each so many seconds: what a crash costs at most. */
const keepEvery = 20_000;
/** The window is told of what was found a few times a second at first, and seldom in long lists. */
const showEvery = 1000;

export class DicomJobs {
  readonly #parts: DicomJobsParts;

  constructor(parts: DicomJobsParts) {
    this.#parts = parts;
  }

  has(jobId: string): boolean {
    const job = this.#parts.queue.list().find(({ id }) => id === jobId);
    return job !== undefined && ['import', 'deidentify', 'map', 'text'].includes(job.kind);
  }

  /** Looks at further sources, or, without any, at those there are. */
  import(projectId: string, paths: readonly string[]): Job {
    const { store, queue } = this.#parts;
    const { sources } = store.dicom.get(projectId);
    this.#requireIdle(projectId);
    const added = paths.map((path) => resolve(path)).filter((path) => !sources.includes(path));
    if (added.length > 0) store.dicom.setSources(projectId, [...sources, ...added]);
    const anew = paths.length === 0 && store.dicom.found(projectId) !== null;
    return queue.add({ projectId, kind: 'import', ...this.#importing(projectId, anew) });
  }

  /** Looks for text in pictures of devices that were not looked at yet. */
  findText(projectId: string): Job {
    this.#requireIdle(projectId);
    this.#requireFiles(projectId);
    return this.#parts.queue.add({ projectId, kind: 'text', ...this.#findingText(projectId) });
  }

  #findingText(projectId: string): Omit<JobRequest, 'projectId' | 'kind'> {
    const request: StoredRequest = { kind: 'text' };
    return {
      again: JSON.stringify(request),
      run: async (context) => {
        const { pictures, emit } = this.#parts;
        context.report({ phase: m.phases_dicom_text(), progress: 0 });
        const devices = await pictures.find(projectId, context);
        emit('project.changed', { projectId });
        return m.notes_dicom_text({ devices: count(devices) });
      },
    };
  }

  /** Throws job/conflict while the files are looked at, request/forbidden for a folder within the sources. */
  deidentify(input: EngineInput<'jobs.deidentify'>): Job {
    const { projectId } = input;
    this.#requireIdle(projectId);
    this.#requireOutside(projectId, input.path);
    this.#requireFiles(projectId);
    return this.#parts.queue.add({ projectId, kind: 'deidentify', ...this.#deidentifying(input) });
  }

  map(input: EngineInput<'jobs.dicomMap'>): Job {
    const { projectId } = input;
    this.#requireOutside(projectId, input.path);
    this.#requireFiles(projectId);
    return this.#parts.queue.add({ projectId, kind: 'map', ...this.#mapping(input) });
  }

  /** Throws `job/conflict` for a job whose passphrase is not given again, or that cannot be resumed. */
  resume(jobId: string, passphrase?: string): Job {
    const { store, queue } = this.#parts;
    const job = queue.list().find(({ id }) => id === jobId);
    const text = store.jobs.request(jobId);
    const request = text === null ? undefined : storedRequest.safeParse(JSON.parse(text)).data;
    if (!job || !request) throw AppError.of('job/conflict', 'job_not_resumable', {});
    this.#requireIdle(job.projectId);
    return queue.resume(jobId, this.#again(request, job.projectId, passphrase));
  }

  #again(request: StoredRequest, projectId: string, passphrase?: string) {
    // An import that was cut off goes on; only its beginning looks at all anew.
    if (request.kind === 'import') return this.#importing(projectId, false);
    if (request.kind === 'text') return this.#findingText(projectId);
    if (request.kind === 'deidentify') return this.#deidentifying(request.input);
    const { protection } = request.input;
    if (protection?.by !== 'passphrase') return this.#mapping({ ...request.input, protection });
    if (passphrase === undefined) throw AppError.of('job/conflict', 'passphrase_needed', {});
    return this.#mapping({ ...request.input, protection: { ...protection, passphrase } });
  }

  #importing(projectId: string, anew: boolean): Omit<JobRequest, 'projectId' | 'kind'> {
    const request: StoredRequest = { kind: 'import', anew };
    return {
      again: JSON.stringify(request),
      pausable: true,
      run: (context) => this.#import(projectId, anew, context),
    };
  }

  async #import(projectId: string, anew: boolean, context: TaskContext): Promise<string> {
    const { store, desk, emit } = this.#parts;
    const before = anew ? nothingFound() : desk.found(projectId);
    const found: FoundFiles = {
      ...before,
      ...{ quarantine: [...before.quarantine], directories: [...before.directories] },
    };
    const pace = new Pace('files', context.clock);
    let [kept, shown] = [performance.now(), performance.now()];
    const show = (isEnd: boolean) => {
      const now = performance.now();
      if (isEnd || now - kept > keepEvery) {
        desk.keep(projectId, found);
        kept = performance.now();
      } else if (now - shown <= showEvery) return;
      else desk.show(projectId, found);
      shown = performance.now();
      emit('project.changed', { projectId });
    };
    const { signal, pause } = context;
    context.report({ phase: m.phases_dicom_looking(), progress: null });
    try {
      await importDicom(store.dicom.get(projectId).sources, {
        ...{ index: found.index, counts: found.counts, isDone: lookedAt(before) },
        signal: pause ? AbortSignal.any([signal, pause]) : signal,
        onQuarantined: (file) => found.quarantine.push(file),
        onDirectory: (location) => found.directories.push(location),
        onProgress: (counts) => {
          found.counts = counts;
          context.report({ rate: pace.update(counts.files) });
          show(false);
        },
      });
    } finally {
      // Also what was found until it was paused or ended.
      show(true);
    }
    const { instances, patients } = countsOf(found);
    return m.notes_dicom_found({ files: count(instances), patients: count(patients) });
  }

  #deidentifying(input: EngineInput<'jobs.deidentify'>): Omit<JobRequest, 'projectId' | 'kind'> {
    const request: StoredRequest = { kind: 'deidentify', input };
    return {
      again: JSON.stringify(request),
      pausable: true,
      run: (context) => this.#deidentify(input, context),
    };
  }

  async #deidentify(
    { projectId, path, overwrite }: EngineInput<'jobs.deidentify'>,
    context: TaskContext,
  ): Promise<string> {
    const { store, emit } = this.#parts;
    const { key, choices, ...work } = this.#work(projectId);
    const { treatPixels, review } = await this.#pixels(projectId, work.profile, context);
    const run = runMark(key, [choices, review ?? null]);
    const output = new FolderOutput(path, { overwrite, run });
    context.report({ phase: m.phases_dicom_deidentifying(), progress: 0 });
    const done = await deidentifySet({ ...work, key, output, treatPixels }, context);
    store.projects.addExport(projectId, {
      ...{ path: resolve(path, manifestName), what: 'dicom', rows: done.written + done.same + done.former },
      ...{ replacedCopies: 0, writtenAt: new Date().toISOString() },
    });
    emit('project.changed', { projectId });
    const files = count(done.written + done.same + done.former);
    return done.withheld === 0
      ? m.notes_dicom_written({ files })
      : m.notes_dicom_written_some({ files, withheld: count(done.withheld) });
  }

  /** Devices that nobody has looked at yet are looked at first. */
  async #pixels(projectId: string, profile: Profile, context: TaskContext) {
    const { store, pictures, resources } = this.#parts;
    const cleansText = profile.has('clean-pixel-data');
    if (cleansText) {
      context.report({ phase: m.phases_dicom_text(), progress: null });
      await pictures.find(projectId, { ...context, report: () => undefined });
    }
    const review = cleansText ? pictures.review(projectId) : undefined;
    const head = profile.has('clean-recognizable-visual-features') ? await averageHead(resources) : undefined;
    const pseudonyms = new Pseudonyms(store.pseudonyms.of(projectId));
    return { review, treatPixels: pixelTreatment({ profile, pseudonyms, review, head }) };
  }

  #mapping(input: EngineInput<'jobs.dicomMap'>): Omit<JobRequest, 'projectId' | 'kind'> {
    const { protection, ...rest } = input;
    const shown = protection?.by === 'passphrase' ? ({ by: 'passphrase' } as const) : protection;
    const request: StoredRequest = { kind: 'map', input: { ...rest, protection: shown } };
    return {
      again: JSON.stringify(request),
      ...(protection?.by === 'passphrase' && { needs: 'passphrase' as const }),
      run: (context) => this.#writeMap(input, context),
    };
  }

  async #writeMap(
    { projectId, path, overwrite, protection }: EngineInput<'jobs.dicomMap'>,
    context: TaskContext,
  ): Promise<string> {
    const { choices: _choices, ...work } = this.#work(projectId);
    const map = await MapFiles.open(path, { overwrite, protection: protection ?? null });
    try {
      context.report({ phase: m.phases_dicom_mapping(), progress: 0 });
      await deidentifySet({ ...work, output: null, onPair: map.add }, context);
      await map.commit();
    } finally {
      await map.discard();
    }
    return m.notes_dicom_mapped();
  }

  #work(projectId: string): Omit<DeidentifySet, 'output'> & { choices: unknown } {
    const { store, desk } = this.#parts;
    const { choices } = store.dicom.get(projectId);
    const profile = new Profile(profileChoicesOf(choices));
    return {
      ...{ index: desk.found(projectId).index, profile, key: store.pseudonyms.of(projectId) },
      naming: choices.dicomdir ? mediaNames : namesBy(choices.template),
      dicomdir: choices.dicomdir,
      onWithheld: () => undefined,
      choices: [
        [...profile.choices.options],
        differences(profile.choices),
        choices.template,
        choices.dicomdir,
      ],
    };
  }

  #requireIdle(projectId: string): void {
    if (!this.#parts.queue.isActive(projectId, ['import', 'deidentify', 'text'])) return;
    throw AppError.of('job/conflict', 'dicom_at_work', {});
  }

  #requireFiles(projectId: string): void {
    if (this.#parts.desk.found(projectId).index.counts.instances > 0) return;
    throw AppError.of('dicom/not-dicom', 'dicom_nothing_found', {});
  }

  /** What is written into a source would be taken for a part of it the next time. */
  #requireOutside(projectId: string, path: string): void {
    const { sources } = this.#parts.store.dicom.get(projectId);
    if (sources.some((source) => liesWithin(path, source)))
      throw AppError.of('request/forbidden', 'dicom_output_inside', {});
  }
}

function count(value: number): string {
  return value.toLocaleString('en-GB');
}
