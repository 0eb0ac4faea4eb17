/** A make-believe engine, for looking at the interface without one and for tests of the window's state. */
import type {
  Channel,
  EventName,
  EventPayload,
  Input,
  Output,
  Reply,
  SemblanceApi,
} from '../../src/shared/contract.ts';
import { FakeDicom } from './fake-dicom.ts';
import { AppError, toErrorShape } from '../../src/shared/errors.ts';
import { hasEnded } from '../../src/shared/job-state.ts';
import type { Job, JobKind } from '../../src/shared/jobs.ts';
import { localeOf, type LanguageChoice } from '../../src/shared/language.ts';
import type { Project } from '../../src/shared/project.ts';
import type { DeviceView } from '../../src/shared/devices.ts';
import { fakeDevices } from './fake-devices.ts';
import { anonymity, card, profile, row, training } from './fake-data.ts';
import { fakeFingerprint, planOf, verified } from './fake-exports.ts';
import type { Scene } from './scenes.ts';
import type { StoredItem, StoreState } from '../../src/shared/store.ts';

const fakeRecoveryKey = '7QK3M-0AB1V-XK9PC-4TRED-H2N8W-55GJS-ZQ0MB-1CDFA';

type Handlers = { [C in Channel]: (input: Input<C>) => Output<C> | Promise<Output<C>> };
type Listeners = { [E in EventName]: Set<(payload: EventPayload<E>) => void> };

export class FakeEngine implements SemblanceApi {
  /** Everything that has been asked, in order. */
  readonly asked: { channel: Channel; input: unknown }[] = [];
  /** What every call comes back with from now on. */
  refusal: AppError | null = null;
  /** Save dialogs are dismissed. */
  dismisses = false;
  readonly #projects = new Map<string, Project>();
  readonly #jobs = new Map<string, Job>();
  readonly #stops = new Map<string, () => void>();
  readonly #listeners: Listeners = {
    'job.changed': new Set(),
    'training.progress': new Set(),
    'project.changed': new Set(),
    'engine.state': new Set(),
    'app.command': new Set(),
    'store.changed': new Set(),
  };
  readonly #scene: Scene;
  #ids = 100;
  #language: LanguageChoice = 'system';

  constructor(scene: Scene) {
    this.#scene = scene;
    this.#store = scene.store ?? this.#opened;
    for (const project of scene.projects) this.#projects.set(project.id, project);
    for (const job of scene.jobs) this.#jobs.set(job.id, job);
    setTimeout(() => this.#live(), 50);
    const { engine } = scene;
    if (engine) setTimeout(() => this.#emit('engine.state', engine), 400);
  }

  async call<C extends Channel>(
    channel: C,
    ...input: Input<C> extends undefined ? [] : [Input<C>]
  ): Promise<Reply<Output<C>>> {
    this.asked.push({ channel, input: input[0] });
    await new Promise((resolve) => setTimeout(resolve, this.#scene.delay ?? 30));
    try {
      if (this.refusal) throw this.refusal;
      const given: unknown = input[0];
      structuredClone(given);
      const handler: (input: Input<C>) => Output<C> | Promise<Output<C>> = this.#handlers[channel];
      return { ok: true, value: await handler(input[0]!) };
    } catch (error) {
      return { ok: false, error: toErrorShape(error) };
    }
  }

  on<E extends EventName>(event: E, listener: (payload: EventPayload<E>) => void): () => void {
    this.#listeners[event].add(listener);
    return () => this.#listeners[event].delete(listener);
  }

  pathOf(file: unknown): string {
    return file instanceof Object && 'name' in file ? `/home/ada/${String(file.name)}` : '';
  }

  #emit<E extends EventName>(event: E, payload: EventPayload<E>): void {
    for (const listener of this.#listeners[event]) listener(payload);
  }

  #project(id: string): Project {
    const project = this.#projects.get(id);
    if (!project) throw new AppError('project/not-found', 'This project is gone.', 'Choose another.');
    return project;
  }

  #change(id: string, change: Partial<Project>): Project {
    const project = { ...this.#project(id), ...change };
    this.#projects.set(id, project);
    this.#emit('project.changed', { projectId: id });
    return project;
  }

  #job(projectId: string, kind: JobKind, phase: string): Job {
    const now = new Date().toISOString();
    const job: Job = {
      id: `j${++this.#ids}`,
      projectId,
      kind,
      state: 'running',
      phase,
      progress: 0,
      rate: null,
      secondsLeft: null,
      createdAt: now,
      startedAt: now,
      finishedAt: null,
      error: null,
      outcome: null,
      resumable: kind !== 'profile',
      saved: null,
    };
    this.#jobs.set(job.id, job);
    return job;
  }

  #knownJob(id: string): Job {
    const job = this.#jobs.get(id);
    if (!job) throw new AppError('job/not-found', 'This job is gone.', 'Nothing to do.');
    return job;
  }

  #update(id: string, change: Partial<Job>): void {
    const job = this.#jobs.get(id);
    if (!job) return;
    const next = { ...job, ...change };
    this.#jobs.set(id, next);
    this.#emit('job.changed', next);
  }

  #run(job: Job, seconds: number, unit: string, tick: (share: number) => void, done: () => string): void {
    const start = Date.now();
    const timer = setInterval(() => {
      const share = Math.min(1, (Date.now() - start) / 1000 / seconds);
      tick(share);
      if (share < 1) {
        const left = seconds * (1 - share);
        this.#update(job.id, { progress: share, secondsLeft: left, rate: { value: 41234 + left, unit } });
        return;
      }
      clearInterval(timer);
      const outcome = done();
      this.#update(job.id, {
        state: 'done',
        progress: 1,
        secondsLeft: null,
        outcome,
        finishedAt: new Date().toISOString(),
      });
    }, 250);
    this.#stops.set(job.id, () => clearInterval(timer));
  }

  /** Sets the running jobs of a scene moving. */
  #live(): void {
    for (const job of this.#jobs.values()) {
      if (job.state !== 'running' || this.#scene.still) continue;
      if (job.kind === 'train') this.#train(job, 60, 20);
      if (job.kind === 'profile') this.#read(job, 20);
    }
  }

  #read(job: Job, seconds = 2): void {
    const { projectId } = job;
    this.#run(
      job,
      seconds,
      'rows',
      () => undefined,
      () => {
        const read = profile();
        this.#change(projectId, {
          profile: read,
          rows: read.rows,
          source: 'present',
          columns: read.columns.map(({ name, kind, role }) => ({ name, kind, role })),
        });
        return '30,000 rows, 21 columns';
      },
    );
  }

  #train(job: Job, seconds = 20, from = 0): void {
    const { projectId } = job;
    const list = this.#project(projectId).profile?.columns ?? [];
    const tick = (share: number) => {
      const epochs = from + Math.round(share * 90);
      const progress = training(list, epochs);
      const changed = { ...this.#project(projectId), training: progress };
      this.#projects.set(projectId, changed);
      this.#emit('training.progress', { projectId, progress });
    };
    this.#run(job, seconds, 'rows', tick, () => {
      const { training: learned } = this.#project(projectId);
      this.#change(projectId, { card: card(list), trained: true, learned });
      return 'Quality 0.968';
    });
  }

  readonly #opened = {
    state: 'open',
    protection: 'passphrase',
    recoveryConfirmed: true,
    system: null,
  } as const;
  readonly dicom = new FakeDicom((projectId, kind, phase) => {
    const job = this.#job(projectId, kind, phase);
    this.#run(
      job,
      2,
      'files',
      () => undefined,
      () => '347 files of 2 patients',
    );
    return job;
  });
  #store: StoreState;
  #devices: DeviceView = fakeDevices;

  #stored(): StoredItem[] {
    return [...this.#projects.values()].flatMap(({ id, name, sourcePath, openedAt }) => [
      { kind: 'project' as const, id, project: name, detail: sourcePath, bytes: 912, at: openedAt },
      { kind: 'description' as const, id, project: name, detail: '', bytes: 24_310, at: null },
      { kind: 'model' as const, id, project: name, detail: '', bytes: 1_204_882, at: openedAt },
    ]);
  }

  readonly #handlers: Handlers = {
    'app.info': () => ({
      version: '0.1.0',
      runtime: 'make-believe',
      platform: 'linux',
      theme: 'system',
      language: this.#language,
      locale: localeOf(this.#language, ['en']),
    }),
    'app.setTrainingMinutes': () => undefined,
    'app.setLanguage': (language) => {
      this.#language = language;
      return { language, locale: localeOf(language, ['en']) };
    },
    'app.chooseSource': () => '/home/ada/ledgers/another.csv',
    'app.chooseModel': () => '/home/ada/models/clients.semblance',
    'app.chooseDicom': () => ['/home/ada/scans'],
    'app.chooseFolder': () => '/home/ada/out',
    'app.chooseProfile': () => '/home/ada/ours.yaml',
    'app.chooseKeys': () => '/home/ada/keys.txt',
    'app.chooseManifest': () => '/home/ada/out/Credit clients-synthetic.csv.manifest.json',
    'app.chooseTarget': ({ suggestedName }) => (this.dismisses ? null : `/home/ada/out/${suggestedName}`),
    'app.reveal': () => undefined,
    'app.setTheme': () => undefined,
    'app.chooseBackup': () => '/home/ada/semblance.semblance-backup',
    'store.state': () => this.#store,
    'store.retry': () => this.#store,
    'store.create': () => {
      this.#store = { ...this.#opened, recoveryConfirmed: false };
      this.#emit('store.changed', this.#store);
      return { recoveryKey: fakeRecoveryKey };
    },
    'store.unlock': ({ secret }) => {
      if (secret === 'wrong') {
        throw new AppError('store/wrong-passphrase', 'That is not the passphrase.', 'Try again.');
      }
      return (this.#store = this.#opened);
    },
    'store.recover': () => (this.#store = this.#opened),
    'store.protect': ({ protection }) => (this.#store = { ...this.#opened, protection: protection.kind }),
    'store.newRecoveryKey': ({ secret }) => {
      if (secret === 'wrong') {
        throw new AppError('store/wrong-passphrase', 'That is not the passphrase.', 'Try again.');
      }
      this.#store = { ...this.#opened, recoveryConfirmed: false };
      return { recoveryKey: fakeRecoveryKey };
    },
    'store.confirmRecoveryKey': () => (this.#store = this.#opened),
    'store.saveRecoveryKey': () => undefined,
    'store.startOver': () => (this.#store = { state: 'new', plain: false, system: null }),
    'store.list': () => ({
      folder: '/home/ada/.config/Semblance/engine',
      items: this.#stored(),
      bytes: 2_800_000,
    }),
    'store.erase': (choice) => {
      if ('everything' in choice) this.#projects.clear();
      else this.#projects.delete(choice.id);
      return { folder: '/home/ada/.config/Semblance/engine', items: this.#stored(), bytes: 90_000 };
    },
    'store.backup': () => ({ bytes: 2_800_000 }),
    ...this.dicom.handlers,
    'devices.list': () => this.#devices,
    'devices.test': () => this.#devices,
    'devices.stopTest': () => undefined,
    'devices.choose': ({ wanted }) => (this.#devices = { ...this.#devices, wanted }),
    'store.restore': () => ({ state: this.#opened, aside: 'set-aside-2026-01-01T00-00-00' }),
    'projects.list': () => {
      if (this.#scene.listFails)
        throw new AppError('store/unusable', 'The list of projects cannot be read.', 'Restart Semblance.');
      return [...this.#projects.values(), ...this.dicom.projects];
    },
    'projects.create': ({ sourcePath }) => {
      if (sourcePath.includes('empty')) {
        throw new AppError(
          'source/empty',
          `“${sourcePath}” is empty.`,
          'Choose a table with a header and some rows.',
        );
      }
      return this.#create(sourcePath);
    },
    'projects.createSample': () => this.#create('/opt/semblance/credit-card-clients.csv.gz'),
    'projects.importModel': ({ path, opener }) => {
      if (path.endsWith('.age') && opener === undefined)
        throw AppError.of('seal/needed', 'sealed_model', { file: 'clients.semblance.age' });
      throw new AppError(
        'model/invalid',
        'This file is not a Semblance model.',
        'Choose a file that Semblance wrote with “Export model”.',
      );
    },
    'projects.get': ({ projectId }) => this.#project(projectId),
    'projects.rename': ({ projectId, name }) => this.#change(projectId, { name }),
    'projects.remove': ({ projectId }) => {
      if (!this.dicom.remove(projectId)) this.#projects.delete(projectId);
    },
    'projects.setColumns': ({ projectId, columns }) => this.#change(projectId, { columns }),
    'projects.setSettings': ({ projectId, settings }) => this.#change(projectId, { settings }),
    'projects.setRules': ({ projectId, rules }) => {
      const wrong = rules.find(({ text }) => text.includes('??'));
      if (wrong)
        throw new AppError(
          'rule/invalid',
          'At character 1: There is no column “??”.',
          'The columns are age.',
        );
      return this.#change(projectId, { rules });
    },
    'projects.bringBackModel': ({ projectId }) => {
      const { card: present, formerModel } = this.#project(projectId);
      if (present === null || formerModel === null) throw AppError.of('model/invalid', 'no_former_model', {});
      return this.#change(projectId, {
        card: { ...present, created: formerModel.created },
        formerModel: { created: present.created, quality: present.training.best?.quality ?? null },
      });
    },
    'data.preview': async ({ projectId, offset, limit }) => {
      const project = this.#project(projectId);
      if (project.source === 'missing') {
        throw new AppError(
          'source/not-found',
          `“${project.sourcePath}” is not there.`,
          'Put the file back, then read it again.',
        );
      }
      await new Promise((resolve) => setTimeout(resolve, 150));
      const names = (project.profile ?? profile()).columns.map((column) => column.name);
      const total = project.profile?.rows;
      const rows = Math.max(0, Math.min(limit, (total ?? 1e9) - offset));
      return {
        offset,
        ...(total === undefined ? {} : { total }),
        columns: names,
        rows: Array.from({ length: rows }, (_, i) => row(names, offset + i)),
      };
    },
    'jobs.list': () => [...this.#jobs.values()],
    'jobs.cancel': ({ jobId }) => {
      this.#stops.get(jobId)?.();
      this.#update(jobId, {
        state: 'cancelled',
        finishedAt: new Date().toISOString(),
        secondsLeft: null,
        rate: null,
      });
      return this.#knownJob(jobId);
    },
    'jobs.pause': ({ jobId }) => {
      this.#stops.get(jobId)?.();
      this.#update(jobId, { state: 'paused', phase: 'Paused', secondsLeft: null, rate: null });
      return this.#knownJob(jobId);
    },
    'jobs.resume': ({ jobId, passphrase }) => {
      if (this.#knownJob(jobId).needs === 'passphrase' && passphrase === undefined)
        throw AppError.of('job/conflict', 'passphrase_needed', {});
      this.#update(jobId, { state: 'running', phase: 'Learning', finishedAt: null, error: null });
      const job = this.#knownJob(jobId);
      if (job.kind === 'train') this.#train(job);
      return job;
    },
    'jobs.clear': () => {
      for (const job of this.#jobs.values()) {
        if (hasEnded(job)) this.#jobs.delete(job.id);
      }
      return [...this.#jobs.values()];
    },
    'jobs.profile': ({ projectId }) => {
      const job = this.#job(projectId, 'profile', 'Reading the table');
      this.#read(job);
      return job;
    },
    'jobs.train': ({ projectId }) => {
      const job = this.#job(projectId, 'train', 'Learning');
      this.#train(job);
      return job;
    },
    'jobs.generate': ({ projectId, path, rows, mixing }) => {
      const exports = this.#project(projectId).exports;
      const job = this.#job(projectId, 'generate', 'Writing rows');
      this.#run(
        job,
        3,
        'rows',
        () => undefined,
        () => {
          const record = {
            path,
            what: 'rows' as const,
            rows,
            replacedCopies: 2,
            ...(mixing && { realRows: Math.round(rows * mixing.share) }),
            rules: [{ rule: 'postcode determines town', repaired: 12, redrawn: 3 }],
            writtenAt: new Date().toISOString(),
          };
          this.#change(projectId, {
            exports: [record, ...exports.filter((written) => written.path !== path)],
          });
          return path;
        },
      );
      return job;
    },
    'jobs.exportModel': ({ projectId, path }) => {
      const job = this.#job(projectId, 'export', 'Writing the model');
      this.#run(
        job,
        1,
        'files',
        () => undefined,
        () => path,
      );
      return job;
    },
    'data.anonymity': async ({ projectId }) => {
      await new Promise((resolve) => setTimeout(resolve, 200));
      return anonymity(this.#project(projectId).columns);
    },
    'data.stopAnonymity': () => undefined,
    'exports.plan': (input) => planOf(input, this.#project(input.projectId)),
    'exports.signer': () => ({ fingerprint: fakeFingerprint }),
    'exports.verify': ({ signedBy }) => verified(signedBy),
    'model.forecast': ({ where }) => {
      if (where.includes('never'))
        throw new AppError('condition/impossible', 'No row can satisfy this condition.', 'Ask for less.');
      return { share: 0.012, rowsPerSecond: 900 };
    },
    'model.sample': async ({ projectId, rows, seed }) => {
      await new Promise((resolve) => setTimeout(resolve, 400));
      const project = this.#project(projectId);
      const names = (project.card?.columns ?? [])
        .filter((column) => column.role !== 'drop')
        .map((column) => column.name);
      return {
        offset: 0,
        total: rows,
        columns: names,
        rows: Array.from({ length: rows }, (_, i) => row(names, seed * 5000 + i)),
      };
    },
  };

  #create(sourcePath: string): Project {
    const id = `p${++this.#ids}`;
    const project: Project = {
      id,
      kind: 'table',
      files: null,
      name: sourcePath.split('/').at(-1) ?? sourcePath,
      sourcePath,
      openedAt: new Date().toISOString(),
      rows: null,
      trained: false,
      source: 'present',
      profile: null,
      columns: [],
      settings: { minutes: 20, stopEarly: true, seed: 1, holdout: 0.2 },
      training: null,
      learned: null,
      card: null,
      formerModel: null,
      exports: [],
      rules: [],
    };
    this.#projects.set(id, project);
    const job = this.#job(id, 'profile', 'Reading the table');
    this.#read(job, 3);
    return project;
  }
}
