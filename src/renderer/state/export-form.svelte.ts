import type { Input } from '../../shared/contract.ts';
import type { ErrorShape } from '../../shared/errors.ts';
import { getLocale } from '../../shared/language.ts';
import { delimiterLike } from '../../shared/delimiters.ts';
import type { Protection } from '../../shared/output.ts';
import type { Project } from '../../shared/project.ts';
import { errorShapeOf, type Client } from './client.ts';
import { ConditionCheck } from './condition-check.svelte.ts';
import { blankDraft, isComplete, readExport, suggestName, targetKind } from './export-draft.ts';
import type { ExportDraft, TypedPassphrase } from './export-draft.ts';
import type { JobBook } from './jobs.svelte.ts';
import { mixObstacle } from './mix-obstacle.ts';
import { PlanAhead } from './plan-ahead.svelte.ts';
import { withoutSecretKeys } from './recipients.ts';

/** What is about to be written: kept when the page is left, but for what is secret. */
export class ExportForm {
  draft = $state<ExportDraft>({ ...blankDraft });
  /** Forgotten when the page is left, and when a job has it. */
  passphrase = $state<TypedPassphrase>({ first: '', again: '' });
  readonly condition: ConditionCheck;
  readonly ahead: PlanAhead;
  error = $state.raw<ErrorShape | null>(null);
  busy = $state(false);
  /** Why real rows cannot be mixed in here. */
  readonly mixObstacle = $derived.by(() => mixObstacle(this.#project(), this.draft.where));
  readonly reading = $derived.by(() =>
    readExport(this.mixObstacle === null ? this.draft : { ...this.draft, mix: false }),
  );
  /** Rows asked for; null while that is no number of rows. */
  readonly rows = $derived.by(() => {
    const reading = readExport({ ...blankDraft, rows: this.draft.rows });
    return reading.ok ? reading.value.rows : null;
  });
  /** Whether nothing is missing, the passphrase included. */
  readonly ready = $derived.by(() => this.reading.ok && this.#protection() !== 'missing');
  readonly #client: Client;
  readonly #book: JobBook;
  readonly #project: () => Project;

  constructor(client: Client, book: JobBook, project: () => Project) {
    this.#client = client;
    this.#book = book;
    this.#project = project;
    const given = project();
    this.condition = new ConditionCheck(client, given.id);
    this.ahead = new PlanAhead(client);
    if (given.profile) this.draft.format = given.profile.format;
    this.draft.delimiter = delimiterLike(given.profile?.dialect?.delimiter ?? given.card?.source.delimiter);
    this.suggestRows(given);
  }

  /** As many rows as the source has, unless something was typed. */
  suggestRows(project: Project): void {
    const rows = project.card?.source.rows ?? project.profile?.rows;
    if (this.draft.rows === '' && rows !== undefined) this.draft.rows = String(rows);
  }

  /** What to plan; null while something is missing. A passphrase is not needed for it. */
  planInput(projectName: string): Input<'exports.plan'> | null {
    const { reading } = this;
    if (!reading.ok) return null;
    const { access, ...choices } = reading.value;
    return {
      ...{ projectId: this.#project().id, ...choices },
      name: suggestName(projectName, targetKind(choices)),
      ...(this.draft.report && { report: getLocale() }),
      ...(access && { protection: access }),
    };
  }

  /** Lets go of everything secret. */
  forgetSecrets(): void {
    this.passphrase = { first: '', again: '' };
    const kept = withoutSecretKeys(this.draft.recipients);
    if (kept !== this.draft.recipients) this.draft.recipients = kept;
  }

  /** Asks where to, then writes the rows. */
  async writeRows(projectName: string): Promise<void> {
    const { reading } = this;
    const protection = this.#protection();
    if (!reading.ok || protection === 'missing' || this.busy) return;
    const { access, ...choices } = reading.value;
    const { report } = this.draft;
    const kind = targetKind(choices);
    await this.#busily(async () => {
      const path = await this.#client.call('app.chooseTarget', {
        suggestedName: suggestName(projectName, kind, access !== undefined),
        format: kind,
        ...(access && { sealed: true }),
        ...(report && { report }),
      });
      if (path === null) return;
      const job = await this.#client.call('jobs.generate', {
        ...{ projectId: this.#project().id, path, ...choices },
        ...(report && { report: getLocale() }),
        ...(protection && { protection }),
      });
      this.#begun();
      this.#book.put(job);
    });
  }

  /** Asks where to, then writes the model as one file, for those who can open the rows. */
  async writeModel(projectName: string): Promise<void> {
    const protection = this.#protection();
    if (protection === 'missing' || this.busy) return;
    await this.#busily(async () => {
      const path = await this.#client.call('app.chooseTarget', {
        suggestedName: suggestName(projectName, 'model', protection !== undefined),
        format: 'model',
        ...(protection && { sealed: true }),
      });
      if (path === null) return;
      const job = await this.#client.call('jobs.exportModel', {
        ...{ projectId: this.#project().id, path },
        ...(protection && { protection }),
      });
      this.#begun();
      this.#book.put(job);
    });
  }

  /** Whether the model can be written: who can open it has to be said completely. */
  get modelReady(): boolean {
    return this.#protection() !== 'missing';
  }

  /** Who can open it, with the secret; undefined is everyone. */
  #protection(): Protection | undefined | 'missing' {
    const reading = readExport({ ...this.draft, rows: '1', seed: '1', mix: false });
    if (!reading.ok) return 'missing';
    const { access } = reading.value;
    if (access?.by !== 'passphrase') return access;
    return isComplete(this.passphrase) ? { by: 'passphrase', passphrase: this.passphrase.first } : 'missing';
  }

  /** The job has what it needs. Whether real rows may be used is asked anew each time. */
  #begun(): void {
    this.forgetSecrets();
    this.draft.mayUseRealRows = false;
  }

  async #busily(work: () => Promise<void>): Promise<void> {
    this.busy = true;
    this.error = null;
    try {
      await work();
    } catch (error) {
      this.error = errorShapeOf(error);
    }
    this.busy = false;
  }
}
