export type Row = readonly (string | null)[];

/** Values kept, of all pages together. */
const mostCells = 2_000_000;

/** Pages of rows that have been asked for or have arrived; the oldest go when there are too many. */
export class RowPages {
  readonly pageRows: number;
  readonly #most: number;
  readonly #arrived = new Map<number, readonly Row[]>();
  readonly #asked = new Set<number>();

  constructor(pageRows: number, most: number) {
    this.pageRows = pageRows;
    this.#most = most;
  }

  /** The row, or undefined until its page has arrived. */
  row(index: number): Row | undefined {
    return this.#arrived.get(Math.floor(index / this.pageRows))?.[index % this.pageRows];
  }

  /** Marks a page as asked for; false when it already was. */
  ask(page: number): boolean {
    if (this.#asked.has(page)) return false;
    this.#asked.add(page);
    return true;
  }

  /** Takes a page in; false when nobody asks for it any more. */
  put(page: number, rows: readonly Row[]): boolean {
    if (!this.#asked.has(page)) return false;
    this.#arrived.set(page, rows);
    // Of a table of thousands of columns fewer pages are kept.
    const room = Math.floor(mostCells / (this.pageRows * Math.max(1, rows[0]?.length ?? 1)));
    const most = Math.min(this.#most, Math.max(2, room));
    for (const oldest of this.#arrived.keys()) {
      if (this.#arrived.size <= most) break;
      this.forget(oldest);
    }
    return true;
  }

  /** The page can be asked for again. */
  forget(page: number): void {
    this.#asked.delete(page);
    this.#arrived.delete(page);
  }

  clear(): void {
    this.#asked.clear();
    this.#arrived.clear();
  }
}
