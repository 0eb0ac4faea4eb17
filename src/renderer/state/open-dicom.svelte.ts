import type { DicomChange, DicomChoices, DicomProject, DicomSummary } from '../../shared/dicom.ts';
import type { ActionCode } from '../../shared/dicom-options.ts';
import type { ErrorShape, SaidError } from '../../shared/errors.ts';
import { m } from '../../shared/messages/messages.js';
import { errorShapeOf, type Client } from './client.ts';
import { DicomPictures } from './dicom-pictures.svelte.ts';
import { dicomSteps, dicomStepStates, type DicomStep } from './dicom-steps.ts';
import { DicomTree } from './dicom-tree.svelte.ts';
import { DicomViewer } from './dicom-viewer.svelte.ts';
import type { JobBook } from './jobs.svelte.ts';
import { newest } from './steps.ts';

/** Files looked at for the summary of what would change. */
const summaryFiles = 200;

interface Undoable {
  readonly choices: DicomChoices;
  readonly what: () => string;
}

/** A project of DICOM files in the window. */
export class OpenDicom {
  readonly kind = 'dicom';
  readonly id: string;
  readonly steps = dicomSteps;
  project: DicomProject;
  step = $state<DicomStep>('data');
  error = $state.raw<ErrorShape | null>(null);
  dataView = $state<'images' | 'tags' | 'aside'>('images');
  planView = $state<'all' | 'file' | 'pictures'>('all');
  summary = $state.raw<DicomSummary | null>(null);
  summing = $state(false);
  changes = $state.raw<{ changes: DicomChange[]; withheld: SaidError | null } | null>(null);
  /** Folder chosen to write into. */
  folder = $state<string | null>(null);
  readonly tree: DicomTree;
  readonly pictures: DicomPictures;
  readonly viewer: DicomViewer;
  readonly #client: Client;
  readonly #book: JobBook;
  #undo = $state.raw<readonly Undoable[]>([]);
  /** Choices on their way: an older answer must not take the place of a newer wish. */
  #saves = 0;

  readonly jobs = $derived.by(() => this.#book.of(this.id));
  readonly stepStates = $derived.by(() => dicomStepStates(this.project, this.jobs));
  readonly importJob = $derived.by(() => newest(this.jobs, 'import'));
  readonly writeJob = $derived.by(() => newest(this.jobs, 'deidentify'));
  readonly textJob = $derived.by(() => newest(this.jobs, 'text'));
  readonly mapJob = $derived.by(() => newest(this.jobs, 'map'));
  readonly written = $derived.by(() =>
    [...this.project.exports].sort((a, b) => b.writtenAt.localeCompare(a.writtenAt)),
  );
  readonly lastChange = $derived.by(() => this.#undo.at(-1)?.what() ?? null);

  constructor(client: Client, book: JobBook, project: DicomProject) {
    this.#client = client;
    this.#book = book;
    this.id = project.id;
    this.project = $state.raw(project);
    this.tree = new DicomTree(client, project.id);
    this.pictures = new DicomPictures(client, project.id);
    this.viewer = new DicomViewer(client, project.id);
    void this.#load();
  }

  async #load(): Promise<void> {
    await this.tree.reload();
    const [first] = this.tree.patients[0]?.studies[0]?.series ?? [];
    if (first && this.viewer.series === null) this.viewer.open(first);
    const looked = this.viewer.series?.ref;
    for (const { studies } of this.tree.patients) {
      for (const one of studies.flatMap(({ series }) => series))
        if (one.ref === looked) this.viewer.update(one);
    }
  }

  reachable(step: DicomStep): boolean {
    return this.stepStates[step].state !== 'closed';
  }

  next(step: DicomStep): DicomStep | null {
    const following = dicomSteps[dicomSteps.indexOf(step) + 1];
    return following !== undefined && this.reachable(following) ? following : null;
  }

  go(step: string): void {
    const known = dicomSteps.find((name) => name === step);
    if (known !== undefined && this.reachable(known)) this.step = known;
  }

  async refresh(): Promise<void> {
    const saves = this.#saves;
    const project = await this.#client.call('dicom.get', { projectId: this.id });
    if (saves === this.#saves) this.take(project);
    // Text may have been found in pictures.
    this.pictures.forget();
  }

  take(project: DicomProject): void {
    const before = this.project;
    this.project = project;
    if (
      project.counts.files !== before.counts.files ||
      project.counts.instances !== before.counts.instances
    ) {
      this.summary = null;
      void this.#load();
    }
    if (!this.reachable(this.step)) this.step = 'data';
  }

  /** Takes in what a change of the project's name brings. */
  rename(name: string): void {
    this.project = { ...this.project, name };
  }

  async lookAgain(paths: readonly string[] = []): Promise<void> {
    await this.#attempt(async () => {
      this.#book.put(await this.#client.call('dicom.import', { projectId: this.id, paths: [...paths] }));
    });
  }

  async setChoices(choices: DicomChoices, what: () => string): Promise<void> {
    const before = { choices: this.project.choices, what };
    this.#undo = [...this.#undo.slice(-49), before];
    if (!(await this.#save(choices))) this.#undo = this.#undo.filter((other) => other !== before);
  }

  /** Treats an attribute by another code than the standard's; null by that again. */
  async setOverride(tag: string, code: ActionCode | null): Promise<void> {
    const { choices } = this.project;
    const rest = choices.overrides.filter((one) => one.tag !== tag);
    await this.setChoices({ ...choices, overrides: code === null ? rest : [...rest, { tag, code }] }, () =>
      code === null ? m.dicom_override_removed({ tag }) : m.dicom_override_changed({ tag, code }),
    );
  }

  async undo(): Promise<void> {
    const last = this.#undo.at(-1);
    if (last === undefined) return;
    this.#undo = this.#undo.slice(0, -1);
    if (!(await this.#save(last.choices))) this.#undo = [...this.#undo, last];
  }

  async #save(choices: DicomChoices): Promise<boolean> {
    const save = ++this.#saves;
    const told = this.project;
    this.project = { ...told, choices };
    this.forgetPlan();
    return this.#attempt(async () => {
      try {
        const project = await this.#client.call('dicom.setChoices', { projectId: this.id, choices });
        if (save === this.#saves) this.project = project;
      } catch (error) {
        if (save === this.#saves) this.project = told;
        throw error;
      }
    });
  }

  async openProfile(): Promise<void> {
    await this.#attempt(async () => {
      const path = await this.#client.call('app.chooseProfile');
      if (path === null) return;
      const before = { choices: this.project.choices, what: m.dicom_profile_opened };
      this.project = await this.#client.call('dicom.readProfile', { projectId: this.id, path });
      this.#undo = [...this.#undo.slice(-49), before];
      this.forgetPlan();
    });
  }

  async saveProfile(): Promise<void> {
    await this.#attempt(async () => {
      const suggestedName = `${this.project.choices.profileName}.yaml`;
      const path = await this.#client.call('app.chooseTarget', { suggestedName, format: 'dicom-profile' });
      if (path !== null) await this.#client.call('dicom.saveProfile', { projectId: this.id, path });
    });
  }

  /** What was worked out no longer holds. */
  forgetPlan(): void {
    this.summary = null;
    this.changes = null;
  }

  async loadSummary(): Promise<void> {
    if (this.summary !== null || this.summing) return;
    this.summing = true;
    const { choices } = this.project;
    await this.#attempt(async () => {
      const summary = await this.#client.call('dicom.summary', { projectId: this.id, files: summaryFiles });
      if (this.project.choices === choices) this.summary = summary;
    });
    this.summing = false;
    // Something was chosen meanwhile.
    if (this.summary === null && this.error === null && this.project.choices !== choices)
      await this.loadSummary();
  }

  async loadChanges(): Promise<void> {
    const { series, index } = this.viewer;
    if (series === null) return;
    const { choices } = this.project;
    await this.#attempt(async () => {
      const of = { projectId: this.id, series: series.ref, index };
      const changes = await this.#client.call('dicom.changes', of);
      const isSame = this.viewer.series === series && this.viewer.index === index;
      if (isSame && this.project.choices === choices) this.changes = changes;
    });
  }

  /** Whether pictures are cleaned of text. */
  get cleansText(): boolean {
    return this.project.choices.options.includes('clean-pixel-data');
  }

  async findText(): Promise<void> {
    await this.#attempt(async () => {
      this.#book.put(await this.#client.call('jobs.findText', { projectId: this.id }));
    });
  }

  async chooseFolder(): Promise<void> {
    await this.#attempt(async () => {
      this.folder = (await this.#client.call('app.chooseFolder')) ?? this.folder;
    });
  }

  /** Writes into the folder chosen; asks for one where none is. */
  async write(): Promise<void> {
    if (this.folder === null) await this.chooseFolder();
    const path = this.folder;
    if (path === null) return;
    await this.#attempt(async () => {
      this.#book.put(await this.#client.call('jobs.deidentify', { projectId: this.id, path }));
      // Leave to write is good for one writing.
      this.folder = null;
    });
  }

  async saveMap(): Promise<void> {
    await this.#attempt(async () => {
      const suggestedName = `${this.project.name}-map.csv`;
      const path = await this.#client.call('app.chooseTarget', { suggestedName, format: 'dicom-map' });
      if (path === null) return;
      this.#book.put(await this.#client.call('jobs.dicomMap', { projectId: this.id, path }));
    });
  }

  async #attempt(work: () => Promise<void>): Promise<boolean> {
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
