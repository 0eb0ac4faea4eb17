/** Mixing rows of the source among generated ones, each marked for what it is. */
import { createRandom } from '../compute/random.ts';
import type { ColumnSchema } from '../tables/schema.ts';
import { takeRows, type Column, type Table } from '../tables/table.ts';

/** Name of the column that says which rows are synthetic: one that the table does not have, in any case of letters. */
export function markColumnName(names: readonly string[]): string {
  const taken = new Set(names.map((name) => name.toLowerCase()));
  for (let count = 0; ; count++) {
    const name = count === 0 ? 'synthetic' : count === 1 ? 'is_synthetic' : `is_synthetic_${count}`;
    if (!taken.has(name)) return name;
  }
}

/** The column that marks rows, as it is written. */
export function markColumn(name: string): ColumnSchema {
  return { name, kind: 'boolean', role: 'keep', nullable: false, spellings: ['false', 'true'] };
}

export interface MixParts {
  synthetic: AsyncIterable<Table>;
  real: AsyncIterable<Table>;
  /** Rows of each. Both streams have at least as many. */
  counts: { synthetic: number; real: number };
  /** Name of the column that marks them. */
  mark: string;
  seed: number;
}

const chunkRows = 2048;

/**
 * The rows of both in an order drawn by lot, each keeping its own order: every arrangement is as likely as any other
 * (selection sampling: Knuth, The Art of Computer Programming 2, 3.4.2, algorithm S). Memory is constant.
 */
export async function* mixRows({ synthetic, real, counts, mark, seed }: MixParts): AsyncGenerator<Table> {
  const random = createRandom(seed + 3 * 2 ** 32);
  const feeds = { synthetic: new RowFeed(synthetic), real: new RowFeed(real) };
  const left = { ...counts };
  try {
    while (left.synthetic + left.real > 0) {
      const rows = Math.min(chunkRows, left.synthetic + left.real);
      const isReal = new Uint8Array(rows);
      const taken = { synthetic: 0, real: 0 };
      for (let row = 0; row < rows; row++) {
        const all = left.synthetic + left.real;
        const which = random.uniform() * all < left.real ? 'real' : 'synthetic';
        left[which]--;
        taken[which]++;
        if (which === 'real') isReal[row] = 1;
      }
      const parts = [await feeds.synthetic.take(taken.synthetic), await feeds.real.take(taken.real)] as const;
      yield interleave(...parts, isReal, mark);
    }
  } finally {
    await feeds.synthetic.close();
    await feeds.real.close();
  }
}

/** Takes any number of rows at a time from a stream of tables. */
class RowFeed {
  readonly #source: AsyncIterator<Table>;
  #table: Table = { rows: 0, columns: [] };
  #used = 0;

  constructor(source: AsyncIterable<Table>) {
    this.#source = source[Symbol.asyncIterator]();
  }

  /** The next rows, as the pieces they come in. Throws where there are too few. */
  async take(count: number): Promise<Table[]> {
    const pieces: Table[] = [];
    for (let wanted = count; wanted > 0;) {
      if (this.#used === this.#table.rows) {
        const next = await this.#source.next();
        if (next.done) throw new Error('A stream of rows ended too early.');
        this.#table = next.value;
        this.#used = 0;
        continue;
      }
      const rows = Math.min(wanted, this.#table.rows - this.#used);
      const from = this.#used;
      pieces.push(
        takeRows(
          this.#table,
          Uint32Array.from({ length: rows }, (_, row) => from + row),
        ),
      );
      this.#used += rows;
      wanted -= rows;
    }
    return pieces;
  }

  async close(): Promise<void> {
    await this.#source.return?.();
  }
}

/** One table of all pieces: where `isReal` is 1 the next real row, else the next synthetic one. */
function interleave(
  synthetic: readonly Table[],
  real: readonly Table[],
  isReal: Uint8Array,
  mark: string,
): Table {
  const pieces = [...synthetic, ...real];
  const names = new Map<string, Column['type']>();
  for (const { columns } of pieces) for (const { name, type } of columns) names.set(name, type);
  const places = [placesOf(isReal, 0), placesOf(isReal, 1)] as const;
  const spread = (write: (piece: Table, row: number, place: number) => void): void => {
    for (const [which, tables] of [synthetic, real].entries()) {
      let next = 0;
      for (const piece of tables) {
        for (let row = 0; row < piece.rows; row++) write(piece, row, places[which]?.[next++] ?? 0);
      }
    }
  };
  const columns = [...names].map(([name, type]): Column => {
    const of = new Map(pieces.map((piece) => [piece, piece.columns.find((each) => each.name === name)]));
    if (type === 'number') {
      const values = new Float64Array(isReal.length).fill(NaN);
      spread((piece, row, place) => {
        const column = of.get(piece);
        if (column?.type === 'number') values[place] = column.values[row] ?? NaN;
      });
      return { type, name, values };
    }
    const known = new Map<string, number>();
    const codes = new Int32Array(isReal.length).fill(-1);
    spread((piece, row, place) => {
      const column = of.get(piece);
      const category = column?.type === 'category' ? column.categories[column.codes[row] ?? -1] : undefined;
      if (category === undefined) return;
      const code = known.get(category) ?? known.size;
      known.set(category, code);
      codes[place] = code;
    });
    return { type, name, codes, categories: [...known.keys()] };
  });
  const marks: Column = {
    type: 'category',
    name: mark,
    codes: Int32Array.from(isReal),
    categories: ['true', 'false'],
  };
  return { rows: isReal.length, columns: [...columns, marks] };
}

function placesOf(isReal: Uint8Array, value: 0 | 1): number[] {
  return Array.from(isReal.keys()).filter((place) => isReal[place] === value);
}
