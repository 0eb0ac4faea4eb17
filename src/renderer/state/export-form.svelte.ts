import type { ErrorShape } from '../../shared/errors.ts';
import type { Project } from '../../shared/project.ts';
import type { TableFormat } from '../../shared/table.ts';
import { errorShapeOf, type Client } from './client.ts';
import { ConditionCheck } from './condition-check.svelte.ts';
import { readExport, suggestName, type ExportDraft } from './export-draft.ts';
import type { JobBook } from './jobs.svelte.ts';

/** What is about to be written: kept when the page is left. */
export class ExportForm {
  draft = $state<ExportDraft>({ rows: '', seed: '1', format: 'csv', where: '' });
  readonly condition: ConditionCheck;
  error = $state.raw<ErrorShape | null>(null);
  busy = $state(false);
  readonly reading = $derived.by(() => readExport(this.draft));
  readonly #client: Client;
  readonly #book: JobBook;
  readonly #projectId: string;

  constructor(client: Client, book: JobBook, project: Project) {
    this.#client = client;
    this.#book = book;
    this.#projectId = project.id;
    this.condition = new ConditionCheck(client, project.id);
    if (project.profile) this.draft.format = project.profile.format;
    this.suggestRows(project);
  }

  /** As many rows as the source has, unless something was typed. */
  suggestRows(project: Project): void {
    const rows = project.card?.source.rows ?? project.profile?.rows;
    if (this.draft.rows === '' && rows !== undefined) this.draft.rows = String(rows);
  }

  /** Asks where to, then writes the rows. */
  async writeRows(projectName: string): Promise<void> {
    const { reading } = this;
    if (!reading.ok || this.busy) return;
    const { format } = reading.value;
    await this.#busily(async () => {
      const path = await this.#choose(suggestName(projectName, format), format);
      if (path !== null) await this.#start(path, 'rows');
    });
  }

  /** Asks where to, then writes the model as one file. */
  async writeModel(projectName: string): Promise<void> {
    if (this.busy) return;
    await this.#busily(async () => {
      const path = await this.#choose(suggestName(projectName, 'model'), 'model');
      if (path !== null) await this.#start(path, 'model');
    });
  }

  #choose(suggestedName: string, format: TableFormat | 'model'): Promise<string | null> {
    return this.#client.call('app.chooseTarget', { suggestedName, format });
  }

  /** Writes to a path from the system's dialog. Main, which has shown it, knows whether a file may be replaced. */
  async #start(path: string, what: 'rows' | 'model'): Promise<void> {
    const { reading } = this;
    const projectId = this.#projectId;
    if (what === 'model') {
      this.#book.put(await this.#client.call('jobs.exportModel', { projectId, path }));
    } else if (reading.ok) {
      this.#book.put(await this.#client.call('jobs.generate', { projectId, path, ...reading.value }));
    }
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
