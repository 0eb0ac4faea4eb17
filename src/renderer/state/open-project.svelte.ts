import type { ErrorShape } from '../../shared/errors.ts';
import { m } from '../../shared/messages/messages.js';
import type { Project } from '../../shared/project.ts';
import type { ColumnChoice, ColumnKind, ColumnRole } from '../../shared/table.ts';
import type { TrainingProgress } from '../../shared/training.ts';
import { cutMiddle } from '../words/cut.ts';
import { kindWord, roleWord } from '../words/columns.ts';
import { errorShapeOf, type Client } from './client.ts';
import type { PersonalKind } from '../../shared/personal-kinds.ts';
import { asMarked, markedProfile } from '../../shared/personal-marks.ts';
import type { AnonymityPart, PersonalPolicy } from '../../shared/personal.ts';
import { isUntreated, proposedChoice, safeChoice } from '../../shared/personal-defaults.ts';
import { anonymityPartWord, markWord, treatmentWord } from '../words/personal.ts';
import { AnonymityFigures } from './anonymity.svelte.ts';
import { changedSince, learned, withChoices, withKind, withRole } from './columns.ts';
import { ExportForm } from './export-form.svelte.ts';
import type { JobBook } from './jobs.svelte.ts';
import { Preview } from './preview.svelte.ts';
import { RulesForm } from './rules-form.svelte.ts';
import { SampleRows } from './sample-rows.svelte.ts';
import { draftOf, readDraft, type SettingsDraft } from './settings.ts';
import { isImported, newest, steps, stepStates, type Step } from './steps.ts';

interface Undoable {
  /** Puts things back; false where the engine refuses. */
  back: () => Promise<boolean>;
  /** What undoing takes back, in words of the present language. */
  what: () => string;
}

/** The project in the window: what the engine says of it, and what the user is in the middle of. */
export class OpenProject {
  readonly kind = 'table';
  readonly steps = steps;
  readonly id: string;
  project: Project;
  training: TrainingProgress | null;
  step = $state<Step>('data');
  /** The last thing that went wrong with a request made here, until dismissed or overcome. */
  error = $state.raw<ErrorShape | null>(null);

  // What the user is in the middle of: kept here so that leaving a page loses nothing.
  draft: SettingsDraft;
  showSettings = $state(false);
  showValues = $state(false);
  dataView = $state<'columns' | 'personal' | 'rules' | 'rows'>('columns');
  starting = $state(false);
  /** A change of the columns is on its way to the engine. */
  saving = $state(false);
  readonly preview: Preview;
  readonly sample: SampleRows;
  readonly exportForm: ExportForm;
  readonly rulesForm: RulesForm;
  readonly anonymity: AnonymityFigures;

  #undo = $state.raw<readonly Undoable[]>([]);
  /** What the engine said last, without what is only shown in advance. */
  #told: Project;
  #saves = 0;
  readonly #client: Client;
  readonly #book: JobBook;

  readonly jobs = $derived.by(() => this.#book.of(this.id));
  readonly stepStates = $derived.by(() => stepStates(this.project, this.jobs));
  readonly imported = $derived.by(() => isImported(this.project));
  readonly profileJob = $derived.by(() => newest(this.jobs, 'profile'));
  readonly trainJob = $derived.by(() => newest(this.jobs, 'train'));
  readonly writeJob = $derived.by(() => newest(this.jobs, 'generate', 'export'));
  /** Files written by this project, the newest first. */
  readonly written = $derived.by(() =>
    [...this.project.exports].sort((a, b) => b.writtenAt.localeCompare(a.writtenAt)),
  );
  /** What was found in the table, with what the user has said of its columns. */
  readonly profile = $derived.by(() =>
    this.project.profile === null ? null : markedProfile(this.project.profile, this.project.columns),
  );
  readonly learned = $derived.by(() => learned(this.project.columns));
  readonly targets = $derived.by(() => this.learned.map((column) => column.name));
  readonly reading = $derived.by(() => readDraft(this.draft, this.targets));
  readonly stale = $derived.by(() =>
    this.project.card === null || this.imported ? [] : changedSince(this.project.card, this.project.columns),
  );
  /** Whether the newest training has ended well, so that the model is its own. */
  readonly finished = $derived.by(
    () => this.project.card !== null && (this.trainJob === undefined || this.trainJob.state === 'done'),
  );
  /** The training to look at: the model's own, unless a newer one runs or has come to nothing. */
  readonly shownTraining = $derived.by(() => (this.finished ? this.project.learned : this.training));
  readonly lastChange = $derived.by(() => this.#undo.at(-1)?.what() ?? null);

  constructor(client: Client, book: JobBook, project: Project) {
    this.#client = client;
    this.#book = book;
    this.id = project.id;
    this.project = $state.raw(project);
    this.#told = project;
    this.training = $state.raw(project.training);
    this.draft = $state(draftOf(project.settings));
    this.preview = new Preview(client, project.id);
    this.sample = new SampleRows(client, project.id);
    this.exportForm = new ExportForm(client, book, () => this.project);
    this.rulesForm = new RulesForm(
      client,
      () => this.project,
      (changed) => this.take(changed),
    );
    this.anonymity = new AnonymityFigures(client, project.id);
    this.step = this.#firstStep();
  }

  /** Where the user left off: a trained model is looked at, a table just opened is read. */
  #firstStep(): Step {
    const states = stepStates(this.project, this.#book.of(this.id));
    if (states.train.state === 'running') return 'train';
    return this.project.card === null ? 'data' : 'check';
  }

  reachable(step: Step): boolean {
    return this.stepStates[step].state !== 'closed';
  }

  /** The step after this one, if it can be reached. */
  next(step: Step): Step | null {
    const following = steps[steps.indexOf(step) + 1];
    return following !== undefined && this.reachable(following) ? following : null;
  }

  go(step: string): void {
    const known = steps.find((name) => name === step);
    if (known !== undefined && this.reachable(known)) this.step = known;
  }

  /** Reads the project again; answers that a save has overtaken are dropped. */
  async refresh(): Promise<void> {
    const saves = this.#saves;
    const project = await this.#client.call('projects.get', { projectId: this.id });
    if (saves === this.#saves) this.take(project);
  }

  /** Takes in what the engine says of the project, and lets go of what no longer holds. */
  take(project: Project): void {
    const before = this.project;
    this.project = project;
    this.#told = project;
    if (project.training !== null) this.training = project.training;
    if (before.profile === null && project.profile !== null) this.draft = draftOf(project.settings);
    if (project.source !== before.source) this.preview.reset();
    if (project.card?.created !== before.card?.created) {
      this.sample.forget();
      this.exportForm.suggestRows(project);
      this.exportForm.ahead.forget();
    }
    // What would be undone has to fit the columns there are.
    if (!sameNames(before.columns, project.columns)) this.#undo = [];
    if (!this.reachable(this.step)) this.step = 'data';
  }

  setKind(name: string, kind: ColumnKind): Promise<void> {
    const what = () => m.data_column_is_now({ column: cutMiddle(name, 32), what: kindWord(kind) });
    return this.#setColumns(withKind(this.project.columns, name, kind), what);
  }

  setRole(name: string, role: ColumnRole): Promise<void> {
    const what = () => m.data_column_is_now({ column: cutMiddle(name, 32), what: roleWord(role) });
    const found = this.profile?.columns.find((column) => column.name === name) ?? { name };
    return this.#setColumns(withRole(this.project.columns, found, role), what);
  }

  /** What is done about the personal data of some columns. */
  setTreatments(changed: readonly ColumnChoice[]): Promise<void> {
    const [first] = changed;
    if (first === undefined) return Promise.resolve();
    const what = () =>
      m.data_column_is_now({ column: cutMiddle(first.name, 32), what: treatmentWord(first) });
    return this.#setColumns(withChoices(this.project.columns, changed), what);
  }

  /** What a column holds of persons as the user knows it, with the treatment proposed for that; null: as it was found. */
  setMark(name: string, marked: PersonalKind | 'none' | null): Promise<void> {
    const found = this.project.profile?.columns.find((column) => column.name === name);
    const before = this.project.columns.find((choice) => choice.name === name);
    if (found === undefined || before === undefined) return Promise.resolve();
    const said = { marked: marked ?? undefined };
    const { anonymity } = before;
    const next = { ...proposedChoice(asMarked(found, said)), ...said, ...(anonymity && { anonymity }) };
    const what = () =>
      m.data_column_is_now({
        column: cutMiddle(name, 32),
        what: markWord(marked ?? found.personal?.[0]?.kind ?? 'none'),
      });
    return this.#setColumns(
      this.project.columns.map((choice) => (choice.name === name ? next : choice)),
      what,
    );
  }

  /** Whether others may know a column, or nobody should. */
  setAnonymityPart(name: string, anonymity: AnonymityPart): Promise<void> {
    const what = () =>
      m.data_column_is_now({ column: cutMiddle(name, 32), what: anonymityPartWord(anonymity) });
    return this.#setColumns(
      this.project.columns.map((choice) => (choice.name === name ? { ...choice, anonymity } : choice)),
      what,
    );
  }

  /** Says of every column that names people and would be learned that it may be. */
  keepUntreated(): Promise<void> {
    const names = this.untreated;
    return this.#setColumns(
      this.project.columns.map((choice) =>
        names.includes(choice.name) ? { ...choice, learnPersonal: true as const } : choice,
      ),
      m.personal_kept_all,
    );
  }

  /** The treatments a set of defaults asks for, for every column with personal data. */
  useSafeDefaults(policy: PersonalPolicy): Promise<void> {
    const found = this.profile?.columns.filter(({ personal }) => personal !== undefined) ?? [];
    const changed = found.map((column) => safeChoice(column, policy));
    return this.#setColumns(withChoices(this.project.columns, changed), m.personal_defaults_used);
  }

  /** Names of columns that name people and would be learned as they are. */
  get untreated(): string[] {
    const found = this.profile?.columns ?? [];
    return this.project.columns
      .filter((choice) => found.some((column) => column.name === choice.name && isUntreated(column, choice)))
      .map(({ name }) => name);
  }

  /** Puts every column back to what was found in the table. */
  resetColumns(): Promise<void> {
    const found = this.project.profile?.columns ?? [];
    return this.#setColumns(found.map(proposedChoice), m.data_columns_as_found);
  }

  async #setColumns(columns: ColumnChoice[], what: () => string): Promise<void> {
    const before = this.project.columns;
    const change = { back: () => this.#save(before), what };
    this.#undo = [...this.#undo.slice(-49), change];
    if (!(await this.#save(columns))) this.#undo = this.#undo.filter((other) => other !== change);
  }

  /** Takes a rule out of the list; that can be undone like a change to a column. */
  async removeRule(text: string): Promise<void> {
    const removed = await this.rulesForm.remove(text);
    if (removed === null) return;
    const what = () => m.rules_removed({ rule: cutMiddle(text, 40) });
    this.#undo = [...this.#undo.slice(-49), { back: () => this.rulesForm.putBack(removed), what }];
  }

  async undo(): Promise<void> {
    const last = this.#undo.at(-1);
    if (last === undefined) return;
    // Taken off before the engine answers: a second press meanwhile undoes the change before.
    this.#undo = this.#undo.slice(0, -1);
    if (!(await last.back())) this.#undo = [...this.#undo, last];
  }

  /** Shows the change at once and takes it back if the engine refuses. */
  async #save(columns: ColumnChoice[]): Promise<boolean> {
    const save = ++this.#saves;
    this.saving = true;
    this.project = { ...this.project, columns };
    try {
      const project = await this.#client.call('projects.setColumns', { projectId: this.id, columns });
      if (save === this.#saves) this.take(project);
      else this.#told = project;
      this.error = null;
      return true;
    } catch (error) {
      if (save === this.#saves) this.project = this.#told;
      this.error = errorShapeOf(error);
      return false;
    } finally {
      if (save === this.#saves) this.saving = false;
    }
  }

  async profileAgain(): Promise<void> {
    await this.#attempt(async () => {
      this.#book.put(await this.#client.call('jobs.profile', { projectId: this.id }));
      this.preview.reset();
    });
  }

  /** Saves the settings as typed and starts training with them. */
  async train(): Promise<void> {
    const reading = this.reading;
    if (!reading.ok || this.starting) {
      this.showSettings = true;
      return;
    }
    this.starting = true;
    await this.#attempt(async () => {
      this.take(
        await this.#client.call('projects.setSettings', { projectId: this.id, settings: reading.settings }),
      );
      const job = await this.#client.call('jobs.train', { projectId: this.id });
      this.training = null;
      this.#book.put(job);
    });
    this.starting = false;
  }

  /** Takes the model before the last training instead of this one; once more takes this one again. */
  async bringBackModel(): Promise<void> {
    await this.#attempt(async () => {
      this.take(await this.#client.call('projects.bringBackModel', { projectId: this.id }));
    });
  }

  async #attempt(work: () => Promise<void>): Promise<void> {
    try {
      await work();
      this.error = null;
    } catch (error) {
      this.error = errorShapeOf(error);
    }
  }
}

function sameNames(a: readonly ColumnChoice[], b: readonly ColumnChoice[]): boolean {
  return a.length === b.length && a.every((column, place) => column.name === b[place]?.name);
}
