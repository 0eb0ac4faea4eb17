/** Made-up columns of generated rows. What is made up has nothing to do with the values of the source. */
import type { Faker } from '@faker-js/faker';
import type { ColumnSchema } from '../../tables/schema.ts';
import type { CategoryColumn, Column, Table } from '../../tables/table.ts';
import type { Sex } from '../names/lists.ts';
import { drawFrom } from './draw.ts';
import { loadLocale } from './locales.ts';
import { makeFake, makePersona } from './make.ts';
import type { FakeSettings } from './settings.ts';

export type FakedColumn = ColumnSchema & { fake: FakeSettings };

export function isFaked(column: ColumnSchema): column is FakedColumn {
  return column.role === 'fake' && column.fake !== undefined;
}

/** Adds its made-up columns to a chunk; chunks must come in the order of the rows. */
export type AddFakes = (chunk: Table) => Table;

/**
 * Fakes for the columns of role `fake`: one person a row, of the sex the row's own column tells where the schema names
 * it. The same schema and seed give the same values, and a longer table begins with the shorter one.
 */
export async function fakeColumns(schema: readonly ColumnSchema[], seed: number): Promise<AddFakes> {
  const faked = schema.filter(isFaked);
  if (faked.length === 0) return (chunk) => chunk;
  const fakers = new Map<string, Faker>();
  for (const { fake } of faked) fakers.set(fake.locale, await loadLocale(fake.locale));
  const draw = drawFrom(seed, 'fakes');
  const sexFrom = faked.find(({ fake }) => fake.sexFrom !== undefined)?.fake.sexFrom;
  return (chunk) => {
    // The generators are shared by all that makes fakes in this process: a seed of its own for every chunk.
    for (const faker of fakers.values()) faker.seed(draw.below(2 ** 32));
    const sexes = sexesOf(chunk.columns.find(({ name }) => name === sexFrom));
    const texts = faked.map((): (string | null)[] => []);
    for (let row = 0; row < chunk.rows; row++) {
      const first = fakers.get(faked[0]?.fake.locale ?? '');
      if (!first) break;
      const persona = makePersona(first, draw, sexes?.(row));
      for (const [at, { fake }] of faked.entries()) {
        const faker = fakers.get(fake.locale) ?? first;
        const missing = fake.nulls > 0 && draw.below(1e6) < fake.nulls * 1e6;
        texts[at]?.push(missing ? null : makeFake(fake, persona, faker, draw));
      }
    }
    const added = faked.map(({ name }, at) => categoryColumn(name, texts[at] ?? []));
    return { rows: chunk.rows, columns: [...chunk.columns, ...added] };
  };
}

/** Passes chunks on with their fakes. */
export async function* withFakes(chunks: AsyncIterable<Table>, add: AddFakes): AsyncGenerator<Table> {
  for await (const chunk of chunks) yield add(chunk);
}

function categoryColumn(name: string, texts: readonly (string | null)[]): CategoryColumn {
  const categories = texts.filter((text) => text !== null);
  let next = 0;
  const codes = Int32Array.from(texts, (text) => (text === null ? -1 : next++));
  return { type: 'category', name, codes, categories };
}

const women =
  /^(f|w|k|female|woman|weiblich|femme|féminin|feminin|mujer|femenino|feminino|femmina|mulher|vrouw|女|2)$/i;
const men = /^(m|h|male|man|männlich|mannlich|homme|masculin|hombre|masculino|maschio|homem|男|1)$/i;

/** What the words for sexes in a column mean; undefined for anything else. */
export function sexOfWord(word: string): Sex | undefined {
  if (women.test(word)) return 'female';
  return men.test(word) ? 'male' : undefined;
}

/** The sex each row tells in a column of sexes, where it tells one. */
export function sexesOf(column: Column | undefined): ((row: number) => Sex | undefined) | undefined {
  if (column === undefined) return undefined;
  if (column.type === 'number') return (row) => sexOfWord(String(column.values[row] ?? NaN));
  const sexes = column.categories.map(sexOfWord);
  return (row) => sexes[column.codes[row] ?? -1];
}
