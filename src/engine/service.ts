/** Answers every channel of the contract that is the engine's. */

import { unsealedName } from '../shared/output-names.ts';
import { basename } from 'node:path';
import type { z } from 'zod';
import { contract } from '../shared/contract.ts';
import type { Channel, Output, Reply } from '../shared/contract.ts';
import { AppError, toErrorShape } from '../shared/errors.ts';
import { hasEnded } from '../shared/job-state.ts';
import type { ColumnChoice, PreviewPage } from '../shared/table.ts';
import { completedInputs } from '../shared/wire.ts';
import type { EngineInput } from '../shared/wire.ts';
import { AnonymityDesk } from './anonymity-desk.ts';
import { checkedRules, columnsForRules } from './jobs/project-rules.ts';
import { DevicePage } from './device-page.ts';
import { DicomDesk } from './dicom-desk.ts';
import { DicomJobs } from './dicom-jobs.ts';
import { DicomPictures } from './dicom-pictures.ts';
import type { TrialProcess } from './compute/devices/probe.ts';
import { loadSealedModel } from './jobs/sealed-model.ts';
import type { Learn } from './jobs/learn.ts';
import { JobQueue } from './jobs/queue.ts';
import { SourceShelf } from './jobs/source-shelf.ts';
import { openRequest } from './jobs/stored-request.ts';
import { unforeseen } from './jobs/unforeseen.ts';
import { WorkClock } from './jobs/work-clock.ts';
import { ProjectExports } from './project-exports.ts';
import { ProjectJobs } from './project-jobs.ts';
import type { Emit } from './project-jobs.ts';
import { projectOf, sample, sampleLink, sourcePathOf, sourceState, summaryOf } from './project-view.ts';
import { contentOf, erase } from './store-content.ts';
import { SampleDesk } from './sample-desk.ts';
import type { Store } from './store/open.ts';
import { freshSettings } from './store/projects.ts';
import { tableName } from './table-name.ts';
import { openModel, packModel } from './synthesis/tables/model-file.ts';
import type { StartMaker } from './jobs/deidentify/maker-threads.ts';
import type { StartDrawThread } from './synthesis/tables/draw-threads.ts';
import { removeAbandoned } from './tables/output-file.ts';

export type EngineChannel = Exclude<Channel, `app.${string}`>;
/** Answered whether or not the store is open: see vault-service.ts. */
export type VaultChannel = Exclude<Extract<Channel, `store.${string}`>, 'store.list' | 'store.erase'>;
export type ProjectChannel = Exclude<EngineChannel, VaultChannel>;
type Handlers = { readonly [C in ProjectChannel]: (input: EngineInput<C>) => Output<C> | Promise<Output<C>> };
type InputSchemas = { readonly [C in ProjectChannel]: { input: z.ZodType<EngineInput<C>> } };

export interface ServiceOptions {
  store: Store;
  /** Folder of bundled resources. */
  resources: string;
  emit: Emit;
  /** Told of errors nobody foresaw, without any value of the data. */
  log?: (text: string) => void;
  /** Starts a process to try a device in; without it everything runs on the CPU. */
  startTrial?: () => TrialProcess;
  /** Starts a thread that draws rows. */
  startThread?: StartDrawThread | undefined;
  /** Starts a thread that makes de-identified files. */
  startMaker?: StartMaker | undefined;
  /** Learns apart from what answers, by this clock; without it that happens in between. */
  learnApart?: ((clock: WorkClock) => Learn) | undefined;
  /** A job ignores its cancellation: see `JobQueue`. */
  onStuck?: () => void;
}

export interface Service {
  /** Answers a call; never throws. The input is checked here again. */
  call<C extends ProjectChannel>(channel: C, input: unknown): Promise<Reply<Output<C>>>;
  /** The machine goes to sleep or wakes: what passes between does not count as time spent working. */
  power(asleep: boolean): void;
  /** Pauses or interrupts running jobs and closes what is open, the store too. */
  close(): Promise<void>;
}

/** A few minutes on two cores reach what more time hardly improves on most tables. */
export function createService(options: ServiceOptions): Service {
  const { store, resources, emit, log, onStuck, startTrial, startThread, startMaker, learnApart } = options;
  store.jobs.interruptLeftOver();
  store.checkpoints.sweep();
  removeAbandonedFiles(store);
  const shelf = new SourceShelf();
  const clock = new WorkClock();
  const queue = new JobQueue(store.jobs, {
    onChange: (job) => {
      if (job.kind === 'train' && hasEnded(job)) store.checkpoints.remove(job.id);
      emit('job.changed', job);
    },
    clock: clock.now,
    ...{ startThread, startMaker, learn: learnApart?.(clock) },
    ...(log && { log }),
    ...(onStuck && { onStuck }),
  });
  const exports = new ProjectExports({ store, shelf, resources, emit });
  const devices = new DevicePage(store.devices, startTrial);
  const jobs = new ProjectJobs({ store, queue, shelf, exports, resources, emit, log, devices });
  const dicom = new DicomDesk({ store, resources });
  const pictures = new DicomPictures({ store, desk: dicom, resources });
  const dicomJobs = new DicomJobs({ store, queue, desk: dicom, pictures, resources, emit });
  const samples = new SampleDesk(store);
  const anonymity = new AnonymityDesk({ store, shelf, resources });
  const project = (id: string) => projectOf(store, id, resources);

  const create = async (name: string, sourceLink: string) => {
    // What cannot be opened does not become a project.
    await shelf.use(sourcePathOf({ sourceLink }, resources), async () => undefined);
    const id = store.projects.create(name, sourceLink, [], freshSettings());
    jobs.profile(id);
    return project(id);
  };

  const handlers: Handlers = {
    'store.list': () => contentOf(store),
    'store.erase': async (choice) => {
      await erase(store, choice, queue);
      dicom.forgetAll();
      return contentOf(store);
    },
    'projects.list': () => store.projects.list().map((row) => summaryOf(row, resources)),
    'projects.create': ({ sourcePath }) => create(tableName(sourcePath), sourcePath),
    'projects.createSample': () => create(sample.name, sampleLink),
    'projects.importModel': async ({ path, opener }) => {
      const { model, card } = await loadSealedModel(path, opener);
      const id = store.projects.create(tableName(unsealedName(path)), '', card.columns, {
        ...freshSettings(),
        seed: card.seed,
      });
      store.models.save(id, { card, file: packModel(model, card), rowHashes: null, learned: null });
      return project(id);
    },
    'projects.get': ({ projectId }) => {
      store.projects.touch(projectId);
      return project(projectId);
    },
    'projects.rename': ({ projectId, name }) => {
      store.projects.rename(projectId, name);
      return project(projectId);
    },
    'projects.remove': async ({ projectId }) => {
      const path = sourcePathOf(store.projects.get(projectId), resources);
      await queue.cancelProject(projectId);
      anonymity.forget(projectId);
      dicom.forget(projectId);
      store.projects.remove(projectId);
      store.checkpoints.sweep();
      await shelf.drop(path);
    },
    'projects.setColumns': ({ projectId, columns }) => {
      const { profile } = store.projects.get(projectId);
      requireSameColumns(profile?.columns ?? [], columns);
      store.projects.setColumns(projectId, columns);
      return project(projectId);
    },
    'projects.setSettings': ({ projectId, settings }) => {
      store.projects.setSettings(projectId, settings);
      return project(projectId);
    },
    'projects.setRules': ({ projectId, rules }) => {
      const columns = columnsForRules(store.projects.get(projectId));
      store.projects.setRules(projectId, checkedRules(rules, columns));
      return project(projectId);
    },
    'projects.bringBackModel': ({ projectId }) => {
      store.projects.get(projectId);
      if (queue.isActive(projectId, ['train', 'generate', 'export'])) {
        throw AppError.of('job/conflict', 'model_at_work', {});
      }
      if (!store.models.bringBack(projectId)) throw AppError.of('model/invalid', 'no_former_model', {});
      emit('project.changed', { projectId });
      return project(projectId);
    },
    'data.preview': ({ projectId, offset, limit }) => preview(projectId, offset, limit),
    'data.anonymity': ({ projectId }) => anonymity.measure(projectId),
    'data.stopAnonymity': ({ projectId }) => {
      anonymity.stop(projectId);
    },
    'dicom.create': async ({ paths }) => {
      const id = dicom.create(paths);
      dicomJobs.import(id, []);
      return dicom.project(id);
    },
    'dicom.get': ({ projectId }) => {
      store.projects.touch(projectId);
      return dicom.project(projectId);
    },
    'dicom.import': ({ projectId, paths }) => dicomJobs.import(projectId, paths),
    'dicom.patients': (input) => dicom.patients(input),
    'dicom.quarantine': (input) => dicom.quarantine(input),
    'dicom.image': (input) => dicom.image(input),
    'dicom.thumbnail': (input) => dicom.thumbnail(input),
    'dicom.tags': (input) => dicom.tags(input),
    'dicom.setChoices': (input) => dicom.setChoices(input),
    'dicom.readProfile': ({ projectId, path }) => dicom.readProfile(projectId, path),
    'dicom.saveProfile': async ({ projectId, path, overwrite }) => {
      await dicom.saveProfile(projectId, path, overwrite);
    },
    'dicom.devices': ({ projectId }) => pictures.devices(projectId),
    'dicom.picture': (input) => pictures.picture(input),
    'dicom.setRegions': (input) => pictures.setRegions(input),
    'dicom.changes': (input) => dicom.changes(input),
    'dicom.summary': (input) => dicom.summary(input),
    'devices.list': () => devices.view(),
    'devices.test': () => devices.test(),
    'devices.stopTest': () => {
      devices.stopTest();
    },
    'devices.choose': ({ wanted }) => devices.choose(wanted),
    'jobs.list': () => queue.list(),
    'jobs.cancel': ({ jobId }) => queue.cancel(jobId),
    'jobs.pause': ({ jobId }) => queue.pause(jobId),
    'jobs.resume': ({ jobId, passphrase }) =>
      dicomJobs.has(jobId) ? dicomJobs.resume(jobId, passphrase) : jobs.resume(jobId, passphrase),
    'jobs.clear': () => queue.clear(),
    'jobs.profile': ({ projectId }) => jobs.profile(projectId),
    'jobs.train': ({ projectId }) => jobs.train(projectId),
    'jobs.generate': (input) => jobs.generate(input),
    'jobs.exportModel': (input) => jobs.exportModel(input),
    'jobs.findText': ({ projectId }) => dicomJobs.findText(projectId),
    'jobs.deidentify': (input) => dicomJobs.deidentify(input),
    'jobs.dicomMap': (input) => dicomJobs.map(input),
    'exports.plan': (input) => exports.plan(input),
    'exports.signer': () => ({ fingerprint: exports.signer() }),
    'exports.verify': (input) => exports.verify(input),
    'model.forecast': async ({ projectId, where }) => {
      store.projects.get(projectId);
      const stored = store.models.get(projectId);
      if (!stored) throw AppError.of('model/invalid', 'no_model_yet', {});
      const { forecastFor } = await import('./jobs/constrained-sampler.ts');
      return forecastFor(openModel(stored.file).model, where);
    },
    'model.sample': ({ projectId, rows, seed }) => samples.draw(projectId, rows, seed),
  };

  async function preview(projectId: string, offset: number, limit: number): Promise<PreviewPage> {
    const row = store.projects.get(projectId);
    const path = sourcePathOf(row, resources);
    const state = await sourceState(row, resources);
    if (path === '' || state === 'missing') {
      throw path === ''
        ? AppError.of('source/not-found', 'no_table_to_show', {})
        : AppError.of('source/not-found', 'table_moved', { file: basename(path) });
    }
    if (state === 'changed') {
      throw AppError.of('source/changed', 'source_changed', { file: basename(path) });
    }
    const page = await shelf.use(path, (source) => source.preview(offset, limit));
    const total = page.total ?? row.profile?.rows;
    return { ...page, ...(total !== undefined && { total }) };
  }

  const inputs: InputSchemas = {
    ...contract,
    'jobs.generate': { input: completedInputs['jobs.generate'] },
    'jobs.exportModel': { input: completedInputs['jobs.exportModel'] },
    'jobs.deidentify': { input: completedInputs['jobs.deidentify'] },
    'jobs.dicomMap': { input: completedInputs['jobs.dicomMap'] },
    'dicom.saveProfile': { input: completedInputs['dicom.saveProfile'] },
  };
  return {
    call: async (channel, input) => {
      try {
        const checked = inputs[channel].input.safeParse(input);
        if (!checked.success) throw invalid(channel, checked.error);
        return { ok: true, value: await handlers[channel](checked.data) };
      } catch (error) {
        const note = unforeseen(error);
        if (note !== null) log?.(`${channel}: ${note}`);
        return { ok: false, error: toErrorShape(error) };
      }
    },
    power: (asleep) => {
      if (asleep) clock.sleep();
      else clock.wake();
    },
    close: async () => {
      devices.stopTest();
      anonymity.close();
      await queue.close();
      await samples.close();
      await shelf.close();
      store.close();
    },
  };
}

/** Files that a killed engine has left half-written: a job that is started again begins them anew. */
function removeAbandonedFiles(store: Store): void {
  for (const { id } of store.jobs.list().filter(({ state }) => state === 'interrupted')) {
    const request = openRequest(store.jobs.request(id));
    if (request === null || request.kind === 'train') continue;
    try {
      removeAbandoned(request.input.path);
    } catch {
      // The folder is not there any more, or may not be read.
    }
  }
}

/** Whether the engine answers this channel. */
export function isEngineChannel(channel: string): channel is EngineChannel {
  return Object.hasOwn(contract, channel) && !channel.startsWith('app.');
}

/** Whether a channel is answered only while the store is open. */
export function isProjectChannel(channel: string): channel is ProjectChannel {
  const ofStore = channel === 'store.list' || channel === 'store.erase';
  return isEngineChannel(channel) && (ofStore || !channel.startsWith('store.'));
}

/** A request that breaks the contract, without what it held. */
export function invalid(channel: string, error: z.ZodError): AppError {
  const places = error.issues.map(({ path }) => (path.length === 0 ? 'input' : path.join('.')));
  return AppError.of('request/invalid', 'request_not_understood', {
    channel,
    places: [...new Set(places)].slice(0, 5).join(', '),
  });
}

function requireSameColumns(known: readonly { name: string }[], columns: readonly ColumnChoice[]): void {
  const names = new Set(known.map(({ name }) => name));
  const unknown = columns.find(({ name }) => !names.has(name));
  if (unknown || new Set(columns.map(({ name }) => name)).size !== names.size) {
    throw unknown
      ? AppError.of('table/unknown-column', 'table_without_column', { column: unknown.name })
      : AppError.of('table/unknown-column', 'column_left_out', {});
  }
}
