import type { ErrorShape } from '../../shared/errors.ts';
import { errorShapeOf, type Client } from './client.ts';
import { RowPages, type Row } from './row-pages.ts';
import { pagesOf } from './rows-window.ts';

/** Rows of the source, fetched in pages as they come into view; a bounded number of pages is kept. */
export class Preview {
  columns = $state.raw<string[]>([]);
  /** Rows in the table; while the table is still being read, those seen so far. */
  total = $state(0);
  /** Whether `total` is all of them. */
  complete = $state(false);
  error = $state.raw<ErrorShape | null>(null);
  state = $state<'idle' | 'ready' | 'failed'>('idle');
  /** Grows whenever rows come or go, so that what is shown follows. */
  #version = $state(0);
  /** Answers to what was asked before `reset` are none of ours. */
  #generation = 0;
  /** What is in view, to be asked for again after `reset`. */
  #wanted = { first: 0, length: 1 };
  readonly #pages = new RowPages(200, 40);
  readonly #client: Client;
  readonly #projectId: string;

  constructor(client: Client, projectId: string) {
    this.#client = client;
    this.#projectId = projectId;
  }

  /** The row, or undefined until it has arrived. */
  row(index: number): Row | undefined {
    return this.#version >= 0 ? this.#pages.row(index) : undefined;
  }

  /** Asks for rows about to be shown. */
  want(first: number, length: number): void {
    this.#wanted = { first, length };
    for (const page of pagesOf(first, length, this.#pages.pageRows)) {
      if (this.#pages.ask(page)) void this.#fetch(page);
    }
  }

  /** Forgets everything and begins again: the source has changed or can be read again. */
  reset(): void {
    this.#pages.clear();
    this.#generation += 1;
    this.#version += 1;
    this.state = 'idle';
    this.error = null;
    this.want(this.#wanted.first, this.#wanted.length);
  }

  async #fetch(page: number): Promise<void> {
    const { pageRows } = this.#pages;
    const generation = this.#generation;
    try {
      const got = await this.#client.call('data.preview', {
        projectId: this.#projectId,
        offset: page * pageRows,
        limit: pageRows,
      });
      if (generation !== this.#generation || !this.#pages.put(page, got.rows)) return;
      this.columns = got.columns;
      this.complete = got.total !== undefined;
      this.total = got.total ?? Math.max(this.total, got.offset + got.rows.length);
      this.#version += 1;
      this.state = 'ready';
      this.error = null;
    } catch (error) {
      if (generation !== this.#generation) return;
      this.#pages.forget(page);
      this.error = errorShapeOf(error);
      this.state = 'failed';
    }
  }
}
