import type { ErrorShape } from '../../shared/errors.ts';
import { errorShapeOf, type Client } from './client.ts';
import { pagesOf } from './rows-window.ts';

const pageRows = 200;
const pagesKept = 40;

type Row = readonly (string | null)[];

/** Rows of the source, fetched in pages as they come into view; a bounded number of pages is kept. */
export class Preview {
  columns = $state.raw<string[]>([]);
  /** Rows in the table; while the table is still being read, those seen so far. */
  total = $state(0);
  error = $state.raw<ErrorShape | null>(null);
  state = $state<'idle' | 'loading' | 'ready' | 'failed'>('idle');
  /** Replaced whenever a page arrives, so that what is shown follows. */
  #pages = $state.raw<ReadonlyMap<number, readonly Row[]>>(new Map());
  readonly #wanted = new Set<number>();
  readonly #client: Client;
  readonly #projectId: string;

  constructor(client: Client, projectId: string) {
    this.#client = client;
    this.#projectId = projectId;
  }

  /** The row, or undefined until it has arrived. */
  row(index: number): Row | undefined {
    return this.#pages.get(Math.floor(index / pageRows))?.[index % pageRows];
  }

  /** Asks for rows about to be shown. */
  want(first: number, length: number): void {
    for (const page of pagesOf(first, length, pageRows)) void this.#fetch(page);
  }

  /** Forgets everything and begins again: the source has changed or can be read again. */
  reset(): void {
    this.#pages = new Map();
    this.#wanted.clear();
    this.state = 'idle';
    this.error = null;
    this.want(0, pageRows);
  }

  async #fetch(page: number): Promise<void> {
    if (this.#wanted.has(page)) return;
    this.#wanted.add(page);
    if (this.state === 'idle') this.state = 'loading';
    try {
      const got = await this.#client.call('data.preview', {
        projectId: this.#projectId,
        offset: page * pageRows,
        limit: pageRows,
      });
      if (!this.#wanted.has(page)) return;
      this.columns = got.columns;
      this.total = got.total ?? Math.max(this.total, got.offset + got.rows.length);
      this.#keep(page, got.rows);
      this.state = 'ready';
      this.error = null;
    } catch (error) {
      this.#wanted.delete(page);
      this.error = errorShapeOf(error);
      this.state = 'failed';
    }
  }

  #keep(page: number, rows: readonly Row[]): void {
    const pages = new Map(this.#pages);
    pages.set(page, rows);
    for (const oldest of pages.keys()) {
      if (pages.size <= pagesKept) break;
      pages.delete(oldest);
      this.#wanted.delete(oldest);
    }
    this.#pages = pages;
  }
}
