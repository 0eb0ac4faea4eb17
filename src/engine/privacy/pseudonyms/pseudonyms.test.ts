import { describe, expect, it } from 'vitest';
import type { PersonalKind } from '../../../shared/personal-kinds.ts';
import type { FakeLocale } from '../../../shared/personal.ts';
import type { ColumnSchema } from '../../tables/schema.ts';
import type { Table } from '../../tables/table.ts';
import { fold } from '../detect/label.ts';
import { sexOfName } from '../names/lists.ts';
import { luhn } from '../numbers/checksums.ts';
import { isNir } from '../numbers/france.ts';
import { isIban } from '../numbers/payment.ts';
import { isNhsNumber } from '../numbers/united-kingdom.ts';
import { freshKey, keyedDraw, pseudonymKeyOf } from './key.ts';
import { pseudonyms } from './pseudonymise.ts';
import { fullName, keyOfName, nameInEmail } from './who.ts';

const key = pseudonymKeyOf(Buffer.alloc(32, 7));
const other = pseudonymKeyOf(Buffer.alloc(32, 8));

type Row = Record<string, string | null>;

/** Rows with pseudonyms in all columns named after a kind; a column may have a number after it. */
async function made(rows: readonly Row[], using = key, locale: FakeLocale = 'en_US'): Promise<Row[]> {
  const names = Object.keys(rows[0] ?? {});
  const schema = names.map((name): ColumnSchema => {
    if (name === 'sex') return { name, kind: 'category', role: 'keep', nullable: true };
    const kind = name.replace(/ \d$/, '') as PersonalKind;
    const sexFrom = names.includes('sex') ? { sexFrom: 'sex' } : {};
    const mask = kind === 'us-ssn' ? { mask: '999-99-9999' } : {};
    return {
      name,
      kind: 'category',
      role: 'fake',
      nullable: true,
      fake: { kind, locale, nulls: 0, ...mask, ...sexFrom },
    };
  });
  const table: Table = {
    rows: rows.length,
    columns: names.map((name) => {
      const texts = [...new Set(rows.flatMap((row) => row[name] ?? []))];
      const codes = Int32Array.from(rows, (row) => texts.indexOf(row[name] ?? ''));
      return { type: 'category', name, codes, categories: texts };
    }),
  };
  const { columns } = (await pseudonyms(schema, using))(table);
  return rows.map((_, row) =>
    Object.fromEntries(
      columns.map((column) => [
        column.name,
        column.type === 'category' ? (column.categories[column.codes[row] ?? -1] ?? null) : null,
      ]),
    ),
  );
}

describe('whom a text is about', () => {
  it.each([
    ['Anna Smith', 'anna|smith'],
    ['Dr. Anna B. SMITH', 'anna|smith'],
    ['Smith, Anna Maria', 'anna|smith'],
    ['Anna Maria Smith, PhD', 'anna|smith'],
    ['Müller-Lüdenscheidt, Jürgen', 'jurgen|mullerludenscheidt'],
    ['王小明', '小明|王'],
    ['欧阳小明', '小明|欧阳'],
    ['Ludwig van Beethoven', 'ludwig|beethoven'],
  ])('%s', (text, expected) => {
    expect(keyOfName(fullName(text) ?? {})).toBe(expected);
  });

  it('is told by addresses that spell out a name, and by no others', () => {
    const told = (address: string) => keyOfName(nameInEmail(address) ?? {});
    expect([told('Anna.Smith77@clinic.example'), told('anna_smith@x.org')]).toEqual([
      'anna|smith',
      'anna|smith',
    ]);
    for (const address of ['info@x.org', 'asmith@x.org', 'sales.office@x.org'])
      expect(told(address)).toBeUndefined();
  });
});

describe('pseudonyms', () => {
  const row = {
    'full-name': 'Anna Smith',
    email: 'anna.smith@clinic.example',
    phone: '202-555-7654',
    'us-ssn': '123-45-6789',
  };

  it('are the same for the same person in every row, column and table, however written', async () => {
    const [first, second] = await made([
      row,
      { ...row, 'full-name': 'SMITH, Anna B.', phone: '+1 (202) 555-7654' },
    ]);
    expect(second).toEqual(first);
    const [parts] = await made([
      { 'given-name': 'Anna', 'family-name': 'Smith', 'full-name': 'Dr Anna Smith', email: row.email },
    ]);
    expect(`${parts?.['given-name']} ${parts?.['family-name']}`).toBe(first?.['full-name']);
    expect([parts?.['full-name'], parts?.email]).toEqual([first?.['full-name'], first?.email]);
    // Tables that hold one of them alone.
    for (const name of ['full-name', 'email', 'phone', 'us-ssn'] as const)
      expect(await made([{ [name]: row[name] }])).toEqual([{ [name]: first?.[name] }]);
  });

  it('are others for other people, and with another key', async () => {
    const people = Array.from({ length: 50 }, (_, at) => ({
      'full-name': `Anna Smith${'abcdefghij'[at % 10]}${'klmno'[at % 5]}${'pq'[at % 2]}x${'rstuvwyz'[at % 8]}`,
      'us-ssn': `123-45-${1000 + at}`,
    }));
    const mine = await made(people);
    expect(new Set(mine.map((each) => each['us-ssn'])).size).toBeGreaterThan(48);
    expect(new Set(mine.map((each) => each['full-name'])).size).toBeGreaterThan(38);
    // The given name they share is not one in their pseudonyms.
    expect(new Set(mine.map((each) => each['full-name']?.split(' ')[0])).size).toBeGreaterThan(10);
    const theirs = await made(people, other);
    const same = mine.filter((each, at) => each['us-ssn'] === theirs[at]?.['us-ssn']);
    expect(same).toEqual([]);
    expect(await made(people)).toEqual(mine);
  });

  it('have addresses that fit the name, also where the address of the person does not spell it', async () => {
    const rows = await made([
      row,
      { ...row, email: 'asmith77@x.org' },
      { ...row, email: 'owl@x.org' },
      { ...row, 'full-name': 'Boris Smith', email: 'anna.smith@x.org' },
    ]);
    for (const { 'full-name': name, email } of rows)
      expect(email?.replace(/\d*@example\.(com|org|net)$/, '')).toBe(
        fold(name ?? '')
          .replace(/[^a-z ]/g, '')
          .replace(' ', '.'),
      );
  });

  it('keep the sex a row or a name tells, and about the length', async () => {
    const given = ['Anna', 'Christopher', 'Elizabeth', 'Karl', 'Linda', 'Thomas', 'Alexandra', 'Tom'];
    const rows = await made(given.map((name) => ({ 'given-name': name, 'family-name': 'Smith' })));
    let apart = 0;
    for (const [at, name] of given.entries()) {
      const now = rows[at]?.['given-name'] ?? '';
      const [before, after] = [sexOfName(fold(name)), sexOfName(fold(now))];
      if (after !== undefined) expect([name, now, after]).toEqual([name, now, before]);
      apart += Math.abs(now.length - name.length);
    }
    expect(apart / given.length).toBeLessThan(2.5);
    const told = await made([
      { 'given-name': 'Xy', 'family-name': 'Ab', sex: 'F' },
      { 'given-name': 'Xy', 'family-name': 'Ab', sex: 'M' },
    ]);
    expect(told.map((each) => sexOfName(fold(each['given-name'] ?? '')) ?? '?')).toEqual(['female', 'male']);
  });

  it('have valid check digits in reserved ranges, and the sex a number told', async () => {
    const [one] = await made(
      [
        {
          'card-number': '4929 1234 5678 9012',
          iban: 'DE89370400440532013000',
          'uk-nhs': '9434765919',
          'fr-nir': '2 85 05 78 006 084 36',
          phone: '+44 20 7946 0123',
          'ip-address': '8.8.8.8',
        },
      ],
      key,
      'en_GB',
    );
    expect(luhn(one?.['card-number'] ?? '')).toBe(true);
    expect(isIban(one?.iban ?? '')).toBe(true);
    expect(one?.iban).toMatch(/^DE\d\d0000/);
    expect([isNhsNumber(one?.['uk-nhs'] ?? ''), one?.['uk-nhs']?.startsWith('999')]).toEqual([true, true]);
    expect([isNir(one?.['fr-nir'] ?? ''), one?.['fr-nir']?.charAt(0)]).toEqual([true, '2']);
    expect(one?.phone).toMatch(/^07700900\d{3}$/);
    expect(one?.['ip-address']).toMatch(/^(192\.0\.2|198\.51\.100|203\.0\.113)\./);
  });

  it('leave missing values missing, signs for none included', async () => {
    expect(await made([{ 'full-name': null, email: 'N/A' }])).toEqual([{ 'full-name': null, email: null }]);
  });

  it('tell two people of one row apart', async () => {
    const [one] = await made([
      { 'given-name': 'Anna', 'family-name': 'Smith', 'full-name': 'Boris Keller', sex: 'f' },
    ]);
    expect(one?.['full-name']).not.toBe(`${one?.['given-name']} ${one?.['family-name']}`);
    expect(await made([{ 'full-name': 'Boris Keller' }])).toEqual([{ 'full-name': one?.['full-name'] }]);
  });
});

describe('the key', () => {
  it('decides the draws, purpose by purpose', () => {
    const first = (using: typeof key, purpose: string, text: string) =>
      Array.from(
        { length: 4 },
        (
          (draw) => () =>
            draw.below(1e9)
        )(keyedDraw(using, purpose, text)),
      );
    expect(first(key, 'a', 'x')).toEqual(first(key, 'a', 'x'));
    for (const drawn of [
      first(key, 'b', 'x'),
      first(key, 'a', 'y'),
      first(other, 'a', 'x'),
      first(freshKey(), 'a', 'x'),
    ])
      expect(drawn).not.toEqual(first(key, 'a', 'x'));
    expect(() => pseudonymKeyOf(Buffer.alloc(16))).toThrow(RangeError);
  });

  it('is that of HMAC-SHA-256 as openssl works it out', () => {
    // printf 'p\0Hi There' | openssl dgst -sha256 -mac HMAC -macopt hexkey:0b…0b (32 times)
    expect(Buffer.from(pseudonymKeyOf(Buffer.alloc(32, 0x0b)).mac('p', 'Hi There')).toString('hex')).toBe(
      '65aba7c496d9e182f3a711df4db08914bdf70dee68425b424c457b9d64298a52',
    );
  });
});
