/**
 * Pseudonyms (GDPR, article 4(5)) for rows of real people: every value that names somebody is replaced by a made-up one
 * that hangs on the value and a key, and on nothing else. The same person is the same made-up person in every column, row,
 * table and export with the key; without it nothing leads back.
 */
import type { Faker } from '@faker-js/faker';
import { nullMarkers } from '../../tables/column-facts.ts';
import type { ColumnSchema } from '../../tables/schema.ts';
import type { CategoryColumn, Column, Table } from '../../tables/table.ts';
import { isFaked, sexesOf, type FakedColumn } from '../fakes/fake-columns.ts';
import { loadLocale } from '../fakes/locales.ts';
import { makeFake, makePersona, type Persona } from '../fakes/make.ts';
import { sexOfName, type Sex } from '../names/lists.ts';
import { keyedDraw, type PseudonymKey } from './key.ts';
import { peopleOf, type Cell, type Person } from './people.ts';
import { plainValue, sexInNumber } from './same-value.ts';

/** Replaces the faked columns of a chunk, which holds them as they are in the source. */
export type Pseudonymise = (chunk: Table) => Table;

/** @param schema whose columns of role `fake` are to be replaced. */
export async function pseudonyms(schema: readonly ColumnSchema[], key: PseudonymKey): Promise<Pseudonymise> {
  const faked = schema.filter(isFaked);
  const fakers = new Map<string, Faker>();
  for (const { fake } of faked) fakers.set(fake.locale, await loadLocale(fake.locale));
  const first = fakers.get(faked[0]?.fake.locale ?? '');
  if (first === undefined) return (chunk) => chunk;
  const sexFrom = faked.find(({ fake }) => fake.sexFrom !== undefined)?.fake.sexFrom;
  const maker = new Maker(key, first);
  return (chunk) => {
    const sexes = sexesOf(chunk.columns.find(({ name }) => name === sexFrom));
    const sources = faked.map((column) => textsOf(chunk.columns.find(({ name }) => name === column.name)));
    const made = faked.map(({ name }) => new Builder(name));
    for (let row = 0; row < chunk.rows; row++) {
      const cells = faked.map(({ fake }, at): Cell => ({ kind: fake.kind, text: sources[at]?.(row) }));
      const people = peopleOf(cells);
      for (const [at, column] of faked.entries()) {
        const text = cells[at]?.text;
        const faker = fakers.get(column.fake.locale) ?? first;
        made[at]?.add(text === undefined ? null : maker.value(column, text, people[at], faker, sexes?.(row)));
      }
    }
    const names = new Set(faked.map(({ name }) => name));
    const rest = chunk.columns.filter(({ name }) => !names.has(name));
    return { rows: chunk.rows, columns: [...rest, ...made.map((each) => each.column())] };
  };
}

/** Made-up people and values, each decided by what it stands for. */
class Maker {
  readonly #key: PseudonymKey;
  /** Makes the people, whatever the column: they are the same in all. */
  readonly #faker: Faker;

  constructor(key: PseudonymKey, faker: Faker) {
    this.#key = key;
    this.#faker = faker;
  }

  value(
    { fake }: FakedColumn,
    text: string,
    person: Person | undefined,
    faker: Faker,
    rowSex: Sex | undefined,
  ): string {
    const draw = keyedDraw(this.#key, `value ${fake.kind}`, plainValue(fake.kind, text));
    if (person) {
      const persona = this.#persona(person, rowSex);
      return makeFake(fake, persona, faker, draw);
    }
    faker.seed(draw.below(2 ** 32));
    // Numbers that tell a sex tell the one they told before, in whichever row they stand.
    const sex = sexInNumber(fake.kind, text) ?? (draw.below(2) === 0 ? 'female' : 'male');
    return makeFake(fake, { sex, given: '', family: '' }, faker, draw);
  }

  #persona({ who, given, family, isMain }: Person, rowSex: Sex | undefined): Persona {
    const draw = keyedDraw(this.#key, 'person', who);
    this.#faker.seed(draw.below(2 ** 32));
    const ofName = given === undefined ? undefined : sexOfName(given);
    const sex = (isMain ? rowSex : undefined) ?? ofName;
    // Whom a number stands for has no name in every row: there its length may not count.
    const like = who.startsWith('name ') ? { given: given?.length, family: family?.length } : undefined;
    return makePersona(this.#faker, draw, sex, like);
  }
}

/** Texts of a column by row; undefined where there is no value, or a sign for none. */
function textsOf(column: Column | undefined): (row: number) => string | undefined {
  if (column?.type !== 'category') return () => undefined;
  const texts = column.categories.map((text) => {
    const plain = text.trim();
    return plain === '' || nullMarkers.includes(plain) ? undefined : text;
  });
  return (row) => texts[column.codes[row] ?? -1];
}

/** Gathers the values of a column. */
class Builder {
  readonly #name: string;
  readonly #codes: number[] = [];
  readonly #known = new Map<string, number>();

  constructor(name: string) {
    this.#name = name;
  }

  add(text: string | null): void {
    if (text === null) {
      this.#codes.push(-1);
      return;
    }
    const code = this.#known.get(text) ?? this.#known.size;
    this.#known.set(text, code);
    this.#codes.push(code);
  }

  column(): CategoryColumn {
    const codes = Int32Array.from(this.#codes);
    return { type: 'category', name: this.#name, codes, categories: [...this.#known.keys()] };
  }
}
