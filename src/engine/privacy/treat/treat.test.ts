import { describe, expect, it } from 'vitest';
import type { Generalisation } from '../../../shared/personal.ts';
import type { ColumnSchema } from '../../tables/schema.ts';
import type { Column } from '../../tables/table.ts';
import { generalise, network, postcodeArea, zip3 } from './generalise.ts';
import { readingChoices } from './treat.ts';

const schemaOf = (kind: ColumnSchema['kind']): ColumnSchema => ({
  name: 'c',
  kind,
  role: 'keep',
  nullable: true,
});
const numbers = (...values: number[]): Column => ({
  type: 'number',
  name: 'c',
  values: Float64Array.from(values),
});

const texts = (...categories: string[]): Column => ({
  type: 'category',
  name: 'c',
  codes: Int32Array.from(categories, (_, code) => code),
  categories,
});

/** The values after treatment, as text. */
function treated(
  column: Column,
  kind: ColumnSchema['kind'],
  how: Generalisation,
): (string | number | null)[] {
  const { column: after } = generalise(column, schemaOf(kind), how);
  return after.type === 'number'
    ? Array.from(after.values, (value) => (Number.isNaN(value) ? null : value))
    : Array.from(after.codes, (code) => after.categories[code] ?? null);
}

describe('generalising', () => {
  it('puts numbers into bands, the highest into one', () => {
    expect(treated(numbers(0, 4, 5, 89, 90, 103, NaN), 'integer', { how: 'bands', width: 5, top: 90 })).toEqual([
      '0–4', '0–4', '5–9', '85–89', '90+', '90+', null,
    ]); // prettier-ignore
    expect(treated(numbers(0.1, 0.3), 'decimal', { how: 'bands', width: 0.2 })).toEqual(['0–0.2', '0.2–0.4']);
  });

  it('top-codes, rounds, and keeps what is missing', () => {
    expect(treated(numbers(89, 90, 101, NaN), 'integer', { how: 'top', at: 90 })).toEqual([89, 90, 90, null]);
    expect(treated(numbers(48.85661, -0.04), 'decimal', { how: 'round', decimals: 1 })).toEqual([48.9, 0]);
    const pair: Column = {
      type: 'category',
      name: 'c',
      codes: Int32Array.of(0, -1),
      categories: ['48.8566, 2.3522'],
    };
    expect(treated(pair, 'category', { how: 'round', decimals: 1 })).toEqual(['48.9, 2.4', null]);
  });

  it('cuts postcodes as Safe Harbor asks, and others to their area', () => {
    expect(['02139', '2139', '02139-4307', '03601', '82190', '10001'].map(zip3)).toEqual([
      '021', '021', '021', '000', '000', '100',
    ]); // prettier-ignore
    expect(['SW1A 1AA', 'm1 1ae', '1012 AB', '75008', 'D-10115', 'x'].map(postcodeArea)).toEqual([
      'SW', 'M', '10', '75', '10', undefined,
    ]); // prettier-ignore
  });

  it('cuts dates, and does not tell ages of 90 and over', () => {
    const days = numbers(Date.UTC(1920, 4, 3), Date.UTC(1985, 10, 30), NaN);
    expect(treated(days, 'datetime', { how: 'date', to: 'year', notBefore: 1936 })).toEqual([
      1936,
      1985,
      null,
    ]);
    expect(treated(days, 'datetime', { how: 'date', to: 'month', notBefore: 1936 })).toEqual([
      'before 1936',
      '1985-11',
      null,
    ]);
    expect(treated(days, 'datetime', { how: 'date', to: 'quarter' })).toEqual(['1920-Q2', '1985-Q4', null]);
    expect(treated(numbers(1901, 1999), 'integer', { how: 'date', to: 'year', notBefore: 1936 })).toEqual([
      1936, 1999,
    ]);
  });

  it('cuts addresses to their network', () => {
    expect(network('203.0.113.7')).toBe('203.0.113.0/24');
    expect(network('2001:DB8:0:1::5')).toBe('2001:db8:0::/48');
    expect(network('2001::5')).toBe('2001:0:0::/48');
    expect(network('nothing')).toBeUndefined();
  });

  it('lets nothing through that does not fit', () => {
    const odd: Column = {
      type: 'category',
      name: 'c',
      codes: Int32Array.of(0, 1),
      categories: ['41', 'Maria'],
    };
    expect(treated(odd, 'category', { how: 'bands', width: 10 })).toEqual(['40–49', null]);
    expect(treated(odd, 'category', { how: 'network' })).toEqual([null, null]);
  });

  it('top-codes and bands ages written as texts, and makes other texts missing', () => {
    const ages = texts('34', '101', '90+', '95+', '94 years', '34 Jahre', '96,5', 'Maria', '34 Maria', '9 m');
    expect(treated(ages, 'category', { how: 'top', at: 90 })).toEqual([
      '34', '90', '90+', '90', '90 years', '34 Jahre', '90', null, null, null,
    ]); // prettier-ignore
    expect(treated(ages, 'category', { how: 'bands', width: 5, top: 90 })).toEqual([
      '30–34', '90+', '90+', '90+', '90+', '30–34', '90+', null, null, null,
    ]); // prettier-ignore
    expect(treated(texts('85+'), 'category', { how: 'bands', width: 5, top: 90 })).toEqual([null]);
  });

  it('rounds places however they are written, and makes missing what rounding would leave', () => {
    const round = (...places: string[]) =>
      treated(texts(...places), 'category', { how: 'round', decimals: 1 });
    expect(
      round(
        '48,85661; 2,35222', '48,85661, 2,35222', '48,85661', '48,85', '48.85661;2.35222', '(-0.01° N, 2.35222° E)',
        'POINT(2.35222 48.85661)', '48, 2.35222',
      ),
    ).toEqual([
      '48,9; 2,4', '48,9, 2,4', '48,9', '48,9', '48.9;2.4', '(0.0° N, 2.4° E)', 'POINT(2.4 48.9)', '48, 2.4',
    ]); // prettier-ignore
    const left = [
      `48°51'24"N 2°21'08"E`, 'u09tvw0f6szye', '9s0e5n', '48 51.4', '48°51.4 N', '48 51 24', '8FW4V75V+8Q',
      'Rue 4, 48.85661', '48,85,2,35', '31U 448252 5411943',
    ]; // prettier-ignore
    expect(round(...left)).toEqual(left.map(() => null));
  });

  it('reads as text what is cut by its text', () => {
    const choices = readingChoices([
      { name: 'zip', kind: 'integer', role: 'keep', generalise: { how: 'zip3' } },
      { name: 'dob', kind: 'datetime', role: 'keep', generalise: { how: 'date', to: 'year' } },
      { name: 'id', kind: 'identifier', role: 'keep', generalise: { how: 'postcode-area' } },
      { name: 'n', kind: 'integer', role: 'keep' },
    ]);
    expect(choices.map(({ kind }) => kind)).toEqual(['category', 'datetime', 'category', 'integer']);
  });
});
