import { SvelteMap, SvelteSet } from 'svelte/reactivity';
import type { EventPayload, Output } from '../../shared/contract.ts';
import type { DicomProject } from '../../shared/dicom.ts';
import { toErrorShape, type ErrorShape } from '../../shared/errors.ts';
import type { LanguageChoice } from '../../shared/language.ts';
import { m } from '../../shared/messages/messages.js';
import type { Project, ProjectSummary } from '../../shared/project.ts';
import { errorShapeOf, type Client } from './client.ts';
import { SealedModel } from './sealed-model.svelte.ts';
import { Signer } from './signer.svelte.ts';
import { ExportCheck } from './export-check.svelte.ts';
import { Deferred } from './deferred.svelte.ts';
import { beginsAsDicom, judgeDrop } from './dropped.ts';
import { JobActions } from './job-actions.svelte.ts';
import { JobBook } from './jobs.svelte.ts';
import { Language } from './language.svelte.ts';
import { OpenDicom } from './open-dicom.svelte.ts';
import { OpenProject } from './open-project.svelte.ts';
import { Pages } from './pages.svelte.ts';
import { Vault } from './vault.svelte.ts';
import { Theme, type ThemeChoice } from './theme.svelte.ts';

/** The window: the list of projects, the one that is open, and what the engine says. */
export class AppState {
  readonly client: Client;
  readonly jobs: JobBook;
  readonly vault: Vault;
  readonly theme = new Theme();
  readonly language = new Language();
  /** Projects looked at since the start: what was typed in them is still there when they are opened again. */
  readonly #seen = new SvelteMap<string, OpenProject | OpenDicom>();
  /** Projects that have changed since they were shown last, among them one that is just being opened. */
  readonly #changed = new SvelteSet<string>();
  info = $state.raw<Output<'app.info'> | null>(null);
  projects = $state.raw<ProjectSummary[]>([]);
  loading = $state<'loading' | 'ready' | 'failed'>('loading');
  open = $state.raw<OpenProject | OpenDicom | null>(null);
  /** A table or model is on its way in. */
  opening = $state(false);
  /** What went wrong outside any step. */
  error = $state.raw<ErrorShape | null>(null);
  engine = $state.raw<EventPayload<'engine.state'>>({ state: 'ready', message: '' });
  /** The engine has come back after a stop; said until dismissed. */
  engineReturned = $state(false);
  /** Jobs were running when the engine stopped. */
  cutShort = $state(false);
  showHelp = $state(false);
  showTray = $state(false);
  readonly pages = new Pages();
  /** What can still be taken back. */
  readonly deferred = new Deferred();
  /** Projects about to be removed: no longer shown, and not gone yet. */
  readonly #leaving = new SvelteSet<string>();
  readonly jobActions: JobActions;
  /** Checking of an export; the dialog is open while there is a path. */
  readonly check: ExportCheck;
  readonly signer: Signer;
  readonly sealedModel: SealedModel;
  /** Path of a backup that the user is asked about. */
  restoring = $state<string | null>(null);
  /** A backup has been restored; the folder of the store set aside, '' where there was none. */
  restored = $state<string | null>(null);
  /** Dialog of the project menu. */
  dialog = $state<'rename' | 'remove' | null>(null);

  constructor(client: Client) {
    this.client = client;
    this.jobs = new JobBook(client);
    this.jobActions = new JobActions(this.jobs, this.deferred, {
      attempt: (work) => this.#attempt(work),
      nameOf: (projectId) => this.nameOf(projectId),
    });
    this.check = new ExportCheck(client);
    this.signer = new Signer(client);
    this.sealedModel = new SealedModel(client, async (path, opener) =>
      this.#show(await client.call('projects.importModel', { path, opener })),
    );
    this.vault = new Vault(client, () => void this.#read());
    client.on('engine.state', (engine) => this.#engineIs(engine));
    client.on('project.changed', ({ projectId }) => void this.#projectChanged(projectId));
    client.on('app.command', (command) => {
      if (!this.vault.ready) return;
      if (command === 'openTable') void this.chooseTable();
      else if (command === 'openDicom') void this.chooseDicom('folder');
      else if (command === 'openModel') void this.chooseModel();
      else this.close();
    });
    client.on('training.progress', ({ projectId, progress }) => {
      if (this.open?.kind === 'table' && this.open.id === projectId) this.open.training = progress;
    });
  }

  async start(): Promise<void> {
    await this.load();
  }

  /** Reads what the engine knows: at start, and again after the engine came back. */
  async load(): Promise<void> {
    this.loading = this.projects.length > 0 ? this.loading : 'loading';
    try {
      this.info = await this.client.call('app.info');
      this.theme.choose(this.info.theme);
      this.language.take(this.info.language, this.info.locale);
    } catch (error) {
      this.#failed(error);
      return;
    }
    if (!(await this.vault.load())) this.loading = 'failed';
    else if (this.vault.ready) await this.#read();
  }

  /** Reads what an open store holds. */
  async #read(): Promise<void> {
    try {
      await Promise.all([this.#loadProjects(), this.jobs.load()]);
      if (this.projects.every(({ id }) => id !== this.open?.id)) this.open = null;
      await this.open?.refresh();
      this.loading = 'ready';
    } catch (error) {
      this.#failed(error);
    }
  }

  #failed(error: unknown): void {
    this.loading = 'failed';
    this.error = errorShapeOf(error);
  }

  /** Something has been erased: what is in sight may be gone. */
  async forgetErased(): Promise<void> {
    this.#seen.clear();
    if (this.open !== null) this.#seen.set(this.open.id, this.open);
    await this.#read();
  }

  async #loadProjects(): Promise<void> {
    const projects = await this.client.call('projects.list');
    this.projects = projects
      .filter(({ id }) => !this.#leaving.has(id))
      .sort((a, b) => b.openedAt.localeCompare(a.openedAt));
  }

  #engineIs(engine: EventPayload<'engine.state'>): void {
    const before = this.engine.state;
    this.engine = engine;
    if (engine.state === 'restarting' && before === 'ready') this.cutShort = this.jobs.active.length > 0;
    if (engine.state !== 'ready') return;
    if (before === 'restarting' || before === 'failed') this.engineReturned = true;
    if (before !== 'ready' || this.loading === 'failed') void this.load();
  }

  async #projectChanged(projectId: string): Promise<void> {
    if (!this.vault.ready) return;
    try {
      await this.#loadProjects();
      if (this.open?.id === projectId) await this.open.refresh();
      else this.#changed.add(projectId);
    } catch (error) {
      this.error = errorShapeOf(error);
    }
  }

  nameOf(projectId: string): string {
    return this.projects.find((project) => project.id === projectId)?.name ?? m.app_removed_project();
  }

  chooseTheme(choice: ThemeChoice): void {
    this.theme.choose(choice);
    void this.client.call('app.setTheme', choice).catch(() => undefined);
  }

  async chooseLanguage(choice: LanguageChoice): Promise<void> {
    await this.#attempt(async () => {
      const { language, locale } = await this.client.call('app.setLanguage', choice);
      this.language.take(language, locale);
    });
  }

  /** Back to the first screen; jobs go on. */
  close(): void {
    this.pages.aside = null;
    this.open = null;
    this.error = null;
    void this.#loadProjects().catch(() => undefined);
  }

  async openProject(projectId: string): Promise<void> {
    const isDicom = this.projects.find(({ id }) => id === projectId)?.kind === 'dicom';
    if (isDicom) await this.#enterDicom(() => this.client.call('dicom.get', { projectId }));
    else await this.#enter(() => this.client.call('projects.get', { projectId }));
  }

  async openSample(): Promise<void> {
    await this.#enter(async () => this.#withMinutes(await this.client.call('projects.createSample')));
  }

  async openTable(sourcePath: string): Promise<void> {
    await this.#enter(async () =>
      this.#withMinutes(await this.client.call('projects.create', { sourcePath })),
    );
  }

  /** A new project with the minutes chosen under Settings. */
  async #withMinutes(project: Project): Promise<Project> {
    const minutes = this.info?.trainingMinutes;
    if (minutes === undefined || project.trained || project.settings.minutes === minutes) return project;
    const settings = { ...project.settings, minutes };
    return this.client.call('projects.setSettings', { projectId: project.id, settings });
  }

  async openModel(path: string): Promise<void> {
    await this.#enter(() => this.client.call('projects.importModel', { path }));
    if (this.error?.code !== 'seal/needed') return;
    this.error = null;
    this.sealedModel.ask(path);
  }

  async chooseTable(): Promise<void> {
    const path = await this.#ask(() => this.client.call('app.chooseSource'));
    if (path !== null) await this.openTable(path);
  }

  async chooseDicom(what: 'folder' | 'files'): Promise<void> {
    let paths: string[] = [];
    await this.#attempt(async () => {
      paths = await this.client.call('app.chooseDicom', what);
    });
    if (paths.length > 0) await this.openDicom(paths);
  }

  /** A new project of these files and folders; where one of DICOM is open, they can be added to it there. */
  async openDicom(paths: readonly string[]): Promise<void> {
    await this.#enterDicom(() => this.client.call('dicom.create', { paths: [...paths] }));
  }

  async chooseModel(): Promise<void> {
    const path = await this.#ask(() => this.client.call('app.chooseModel'));
    if (path !== null) await this.openModel(path);
  }

  /** Something was dropped on the window. */
  async drop(items: readonly { name: string; directory: boolean; file: File | null }[]): Promise<void> {
    if (!this.vault.ready) return;
    const judged = judgeDrop(items);
    if (judged.kind === 'refused') {
      this.error = toErrorShape(judged.error);
      return;
    }
    if (judged.kind === 'dicom') {
      const paths = items.flatMap(({ file }) => (file ? [this.client.pathOf(file)] : []));
      if (paths.length > 0) await this.openDicom(paths);
      return;
    }
    const [first] = items;
    const file = 'index' in judged ? items[judged.index]?.file : first?.file;
    if (!file) return;
    const path = this.client.pathOf(file);
    if (judged.kind === 'model') await this.openModel(path);
    else if (judged.kind === 'zip') await this.#openZip(path);
    else if (judged.kind === 'unknown' && (await beginsAsDicom(file))) await this.openDicom([path]);
    else await this.openTable(path);
  }

  /** A portable model is a zip file, too. */
  async #openZip(path: string): Promise<void> {
    await this.openModel(path);
    if (this.error?.code === 'model/invalid') await this.openDicom([path]);
  }

  async rename(name: string): Promise<boolean> {
    const { open } = this;
    if (open === null) return false;
    return this.#attempt(async () => {
      const project = await this.client.call('projects.rename', { projectId: open.id, name });
      if (open.kind === 'table') open.take(project);
      else open.rename(project.name);
      await this.#loadProjects();
    });
  }

  async remove(): Promise<boolean> {
    const { open } = this;
    this.dialog = null;
    if (open === null) return false;
    const { id } = open;
    const { name } = open.project;
    this.#leaving.add(id);
    this.open = null;
    this.deferred.offer({
      text: () => m.app_removed_notice({ name }),
      undo: () => {
        this.#leaving.delete(id);
        void this.openProject(id);
      },
      commit: async () => {
        await this.#attempt(async () => {
          await this.client.call('projects.remove', { projectId: id });
          this.#seen.delete(id);
          await Promise.all([this.#loadProjects(), this.jobs.load()]);
        });
        this.#leaving.delete(id);
      },
    });
    return this.#attempt(() => this.#loadProjects());
  }

  /** Chooses a manifest in the system's dialog and checks it. */
  async chooseManifest(): Promise<void> {
    const path = await this.#ask(() => this.client.call('app.chooseManifest'));
    if (path !== null) await this.check.start(path);
  }

  async setTrainingMinutes(minutes: number): Promise<boolean> {
    return this.#attempt(async () => {
      await this.client.call('app.setTrainingMinutes', minutes);
      if (this.info !== null) this.info = { ...this.info, trainingMinutes: minutes };
    });
  }

  async reveal(path: string): Promise<void> {
    await this.#attempt(() => this.client.call('app.reveal', { path }));
  }

  async #enter(get: () => Promise<Project>): Promise<void> {
    if (this.opening) return;
    this.opening = true;
    await this.#attempt(async () => this.#show(await get()));
    this.opening = false;
  }

  async #enterDicom(get: () => Promise<DicomProject>): Promise<void> {
    if (this.opening) return;
    this.opening = true;
    await this.#attempt(async () => {
      const project = await get();
      await this.#beforeShowing();
      const seen = this.#seen.get(project.id);
      if (seen?.kind === 'dicom') seen.take(project);
      this.open = seen?.kind === 'dicom' ? seen : new OpenDicom(this.client, this.jobs, project);
      this.#seen.set(project.id, this.open);
      if (this.#changed.delete(project.id)) await this.open.refresh();
    });
    this.opening = false;
  }

  async #show(project: Project): Promise<void> {
    await this.#beforeShowing();
    const seen = this.#seen.get(project.id);
    if (seen?.kind === 'table') seen.take(project);
    this.open = seen?.kind === 'table' ? seen : new OpenProject(this.client, this.jobs, project);
    this.#seen.set(project.id, this.open);
    if (this.#changed.delete(project.id)) await this.open.refresh();
  }

  async #beforeShowing(): Promise<void> {
    this.pages.aside = null;
    await Promise.all([this.#loadProjects(), this.jobs.load()]);
  }

  /** A system dialog's answer; null when dismissed or when it could not be shown. */
  async #ask(dialog: () => Promise<string | null>): Promise<string | null> {
    let path: string | null = null;
    await this.#attempt(async () => {
      path = await dialog();
    });
    return path;
  }

  async #attempt(work: () => Promise<unknown>): Promise<boolean> {
    try {
      await work();
      this.error = null;
      return true;
    } catch (error) {
      this.error = errorShapeOf(error);
      return false;
    }
  }
}
