import { describe, expect, it } from 'vitest';
import type { PersonalKind } from '../../shared/personal-kinds.ts';
import type { ColumnKind } from '../../shared/table.ts';
import { confidenceOf, lowerBound } from './detect/detector.ts';
import { findSpans } from './detect/free-text.ts';
import { labelOf } from './detect/label.ts';
import { findPersonal } from './find-personal.ts';

const rows = 60;

/** What is found in a column of made-up values. */
function told(name: string, make: (row: number) => string, kind: ColumnKind = 'text'): string[] {
  const sample = Array.from({ length: rows }, (_, row) => make(row));
  const facts = { sample, values: rows, distinct: new Set(sample).size };
  return findPersonal({ name, kind, facts }).map((found) => found.kind);
}

const given = ['Anna', 'Maria', 'Thomas', 'José', 'Peter', 'Linda', 'Susan', 'Karl', 'Julia', 'David'];
const family = [
  'Smith',
  'Garcia',
  'Miller',
  'Jones',
  'Rossi',
  'Nguyen',
  'Brown',
  'Martin',
  'Keller',
  'Silva',
];
const at = (list: readonly string[], row: number): string => list[row % list.length] ?? '';
const digits = (row: number, count: number): string =>
  String((row + 1) * 7_654_321)
    .padStart(count, '3')
    .slice(-count);

describe('finding personal data', () => {
  it.each<[string, (row: number) => string, PersonalKind]>([
    ['name', (row) => `${at(given, row)} ${at(family, row * 3)}`, 'full-name'],
    ['field_1', (row) => `${at(given, row)} ${at(family, row * 3)}`, 'full-name'],
    ['Patient', (row) => `${at(family, row)}, ${at(given, row * 7)}`, 'full-name'],
    ['firstName', (row) => at(given, row), 'given-name'],
    ['NACHNAME', (row) => at(family, row), 'family-name'],
    ['x', (row) => `user${row}@clinic.example`, 'email'],
    ['tel', (row) => `079 ${300 + row * 3} ${10 + row}`, 'phone'],
    ['contact', (row) => `+41 79 ${100 + row * 7} ${10 + row} ${99 - row}`, 'phone'],
    ['Adresse', (row) => `Hauptstraße ${row + 1}`, 'address'],
    ['v', (row) => `${row + 12} Elm Street`, 'address'],
    ['plz', (row) => digits(row, 5), 'postcode'],
    ['v', (row) => `10.${(row * 7) % 255}.${row}.${200 - row}`, 'ip-address'],
    ['v', (row) => `2001:db8::${row.toString(16)}:1`, 'ip-address'],
    ['mrn', (row) => `A${digits(row, 6)}`, 'medical-record'],
    ['Kundennummer', (row) => digits(row, 7), 'account-number'],
    ['passport no', (row) => `C${digits(row, 7)}`, 'document-number'],
    ['v', (row) => `https://example.org/people/${row}`, 'url'],
    ['v', (row) => `${(48 + row / 100).toFixed(4)}, ${(2 + row / 100).toFixed(4)}`, 'coordinates'],
    ['ssn', (row) => digits(row, 9), 'us-ssn'],
    ['birth_number', (row) => digits(row, 6), 'document-number'],
    ['姓名', (row) => `${'王李张刘陈'.charAt(row % 5)}${'伟芳娜敏静'.charAt((row * 3) % 5)}`, 'full-name'],
  ])('%s', (name, make, kind) => {
    expect(told(name, make)).toEqual([kind]);
  });

  it('flags what names nobody alone', () => {
    expect(told('age', (row) => String(row + 20), 'integer')).toEqual(['age']);
    expect(told('v', (row) => (row % 2 === 0 ? 'M' : 'F'), 'category')).toEqual(['sex']);
    expect(told('Geschlecht', (row) => (row % 2 === 0 ? '0' : '1'), 'boolean')).toEqual(['sex']);
    expect(told('dob', (row) => `19${40 + row}-02-03`, 'datetime')).toEqual(['birth-date']);
    expect(told('birth_year', (row) => String(1940 + row), 'integer')).toEqual(['birth-date']);
    expect(told('admitted', (row) => `2020-02-${row % 28}`, 'datetime')).toEqual(['date']);
    expect(told('city', (row) => at(['Lyon', 'Paris', 'Nice'], row), 'category')).toEqual(['city']);
  });

  it.each<[string, (row: number) => string, ColumnKind]>([
    ['order_no', (row) => `2023-${digits(row, 6)}`, 'text'],
    ['product_name', (row) => `${at(['Wooden', 'Soft', 'Steel'], row)} Chair ${at(family, row)}`, 'text'],
    ['version', (row) => `1.${row}.3.4`, 'text'],
    ['amount', (row) => `${row * 17}.50`, 'decimal'],
    ['page', (row) => String(row), 'integer'],
    ['account_balance', (row) => String(row * 100), 'integer'],
    ['vehicle_age', (row) => String(row), 'integer'],
    ['email_opened', (row) => (row % 2 === 0 ? 'yes' : 'no'), 'boolean'],
    ['transaction', (row) => `4${digits(row, 15)}`, 'text'],
    ['start', (row) => `${10 + (row % 10)}:30`, 'datetime'],
    ['company', (row) => `${at(family, row)} and Sons`, 'text'],
    ['field', () => '', 'category'],
  ])('%s holds nothing personal', (name, make, kind) => {
    expect(told(name, make, kind)).toEqual([]);
  });

  it('flags ages and dates that are kept as texts', () => {
    const age = (row: number): string => (row % 30 === 29 ? '90+' : String(34 + row));
    expect(told('age', age, 'category')).toEqual(['age']);
    expect(told('age', (row) => `${20 + row} years`, 'integer')).toEqual(['age']);
    const unclear = (row: number): string => {
      const [day, month] = [13 + (row % 15), 1 + (row % 12)];
      return row % 2 === 0 ? `${day}/${month}/2020` : `${month}/${day}/2020`;
    };
    expect(told('seen', unclear, 'category')).toEqual(['date']);
    expect(told('release', (row) => `${row % 3}.${row}.${row % 7}`, 'category')).toEqual([]);
  });

  it('flags columns that mix what names people, by the commonest kind', () => {
    const email = (row: number): string => `${at(given, row).toLowerCase()}.${row}@example.org`;
    const phone = (row: number): string => `+49 170 ${digits(row, 7)}`;
    expect(told('contact', (row) => (row % 20 < 9 ? email(row) : phone(row)))).toEqual(['phone']);
    expect(told('contact', (row) => (row % 20 < 9 ? email(row) : `by post ${row}`))).toEqual(['email']);
    expect(told('contact', (row) => (row % 4 === 0 ? email(row) : `by post ${row}`))).toEqual(['email']);
    expect(told('contact', (row) => (row % 10 === 0 ? email(row) : `by post ${row}`))).toEqual([]);
    // Any eleven digits now and then pass a check.
    expect(told('total', (row) => digits(row * 977, 11), 'integer')).toEqual([]);
    expect(told('ref', (row) => (row % 4 === 0 ? `0171-${digits(row, 6)}` : digits(row, 10)))).toEqual([]);
  });

  it('looks inside texts, and says how many of them hold something', () => {
    const sample = Array.from({ length: rows }, (_, row) =>
      row % 4 === 0
        ? `The patient asked to be called on +44 20 7946 0${100 + row} about visit ${row}.`
        : `The wound has healed well since the last visit, nothing to add today (${row}).`,
    );
    const found = findPersonal({
      name: 'notes',
      kind: 'text',
      facts: { sample, values: rows, distinct: rows },
    });
    expect(found).toMatchObject([{ kind: 'phone', withinText: true, hits: 15, sampled: 60 }]);
    const text =
      'Maria Garcia (maria@example.org) pays with 4111 1111 1111 1111 from 192.0.2.77 on 2020-01-02.';
    expect(findSpans(text).map(({ kind, start, end }) => [kind, text.slice(start, end)])).toEqual([
      ['full-name', 'Maria Garcia'],
      ['email', 'maria@example.org'],
      ['card-number', '4111 1111 1111 1111'],
      ['ip-address', '192.0.2.77'],
    ]);
  });

  it('never tells a value', () => {
    const sample = Array.from({ length: rows }, (_, row) => `secret${row}@clinic.example`);
    const facts = { sample, values: rows, distinct: rows };
    expect(JSON.stringify(findPersonal({ name: 'mail', kind: 'text', facts }))).not.toContain('secret');
  });

  it('is surer of many values than of few, and where the name agrees', () => {
    expect(lowerBound(3, 3)).toBeCloseTo(0.4385, 3);
    expect(lowerBound(0, 10)).toBeCloseTo(0, 9);
    expect(confidenceOf(200, 200, 1, false)).toBeGreaterThan(confidenceOf(10, 10, 1, false));
    expect(confidenceOf(10, 10, 1, true)).toBeGreaterThan(confidenceOf(10, 10, 1, false));
  });

  it('reads names of columns as words', () => {
    expect(labelOf('PatientName_1')).toBe('patient name');
    expect(labelOf('Prénom du père')).toBe('prenom du pere');
    expect(labelOf('IPAddress')).toBe('ip address');
    expect(labelOf('Straße')).toBe('strasse');
  });
});
