/** Making a column coarser: bands, top-coding, regions of postcodes, months and years, networks. Pure functions. */
import type { Generalisation } from '../../../shared/personal.ts';
import type { ColumnSchema } from '../../tables/schema.ts';
import type { CategoryColumn, Column, NumberColumn } from '../../tables/table.ts';
import { readAge } from '../age-text.ts';
import { roundText } from './round-text.ts';

export interface Coarse {
  column: Column;
  schema: ColumnSchema;
}

/**
 * The column made coarser, and how it is written from now on. A treatment that does not suit the values (bands of
 * texts, a network of something else) makes them missing rather than letting them through.
 */
export function generalise(column: Column, schema: ColumnSchema, how: Generalisation): Coarse {
  const { name, nullable, nullText } = schema;
  const plain: ColumnSchema = { name, kind: 'category', role: 'keep', nullable, generalise: how };
  if (nullText !== undefined) plain.nullText = nullText;
  switch (how.how) {
    case 'bands':
      return { column: bands(column, how), schema: plain };
    case 'top':
      return { column: top(column, how.at), schema: { ...schema, generalise: how } };
    case 'round':
      return round(column, schema, plain, how);
    case 'zip3':
      return { column: rename(column, zip3), schema: plain };
    case 'postcode-area':
      return { column: rename(column, postcodeArea), schema: plain };
    case 'network':
      return { column: rename(column, network), schema: plain };
    case 'date':
      return date(column, plain, how, schema.kind === 'datetime');
  }
}

/** A category column from the numbers of `column`. */
function relabel(column: NumberColumn, label: (value: number) => string | undefined): CategoryColumn {
  const labels = new Map<number, string | undefined>();
  const texts = Array.from(column.values, (value) => {
    if (Number.isNaN(value)) return undefined;
    if (!labels.has(value)) labels.set(value, label(value));
    return labels.get(value);
  });
  return toCategories(column.name, texts);
}

/** Each category under its new name; undefined is missing. Numbers are texts without decimals. */
function rename(column: Column, change: (text: string) => string | undefined): CategoryColumn {
  if (column.type === 'number') return relabel(column, (value) => change(String(value)));
  const changed = column.categories.map(change);
  return toCategories(
    column.name,
    Array.from(column.codes, (code) => (code < 0 ? undefined : changed[code])),
  );
}

/** Categories sorted by code unit, as a table loaded from a file has them. */
function toCategories(name: string, texts: readonly (string | undefined)[]): CategoryColumn {
  const categories = [...new Set(texts.filter((text) => text !== undefined))].sort();
  const codeOf = new Map(categories.map((text, code) => [text, code]));
  const codes = Int32Array.from(texts, (text) => (text === undefined ? -1 : (codeOf.get(text) ?? -1)));
  return { type: 'category', name, codes, categories };
}

/** Texts that are no numbers become missing; so does “85+”, which may be in any of several bands. */
function bands(column: Column, how: Extract<Generalisation, { how: 'bands' }>): CategoryColumn {
  if (column.type === 'number') return relabel(column, (value) => band(value, how));
  return rename(column, (text) => {
    const found = readAge(text);
    if (found === undefined) return undefined;
    const isTop = how.top !== undefined && found.value >= how.top;
    return found.orMore && !isTop ? undefined : band(found.value, how);
  });
}

function band(value: number, { width, top: highest }: { width: number; top?: number | undefined }): string {
  if (highest !== undefined && value >= highest) return `${highest}+`;
  const low = Math.floor(value / width) * width;
  const whole = Number.isInteger(width) && Number.isInteger(low);
  const high = whole ? low + width - 1 : low + width;
  const end = highest !== undefined && whole ? Math.min(high, highest - 1) : high;
  if (whole) return end === low ? String(low) : `${low}–${end}`;
  return `${Number(low.toPrecision(12))}–${Number(end.toPrecision(12))}`;
}

function top(column: Column, at: number): Column {
  if (column.type === 'number')
    return { ...column, values: column.values.map((value) => (value > at ? at : value)) };
  return rename(column, (text) => {
    const found = readAge(text);
    if (found === undefined) return undefined;
    return found.value > at ? `${at}${found.unit}` : text;
  });
}

function round(
  column: Column,
  schema: ColumnSchema,
  plain: ColumnSchema,
  { decimals }: { decimals: number },
): Coarse {
  const how: Generalisation = { how: 'round', decimals };
  if (column.type === 'category') {
    return { column: rename(column, (text) => roundText(text, decimals)), schema: plain };
  }
  const unit = 10 ** decimals;
  const values = column.values.map((value) => Math.round(value * unit) / unit + 0);
  const { significant, minDecimals, ...rest } = schema;
  void significant;
  const fewer = minDecimals === undefined ? {} : { minDecimals: Math.min(minDecimals, decimals) };
  const places =
    schema.kind === 'decimal' ? { decimals: Math.min(schema.decimals ?? decimals, decimals) } : {};
  return { column: { ...column, values }, schema: { ...rest, ...fewer, ...places, generalise: how } };
}

/**
 * Beginnings of ZIP codes of areas in which 20,000 people or fewer live, which Safe Harbor wants written 000: those of
 * the census of 2000, which the guidance of the Department of Health and Human Services lists, and those that came with
 * the census of 2010.
 */
const smallAreas: ReadonlySet<string> = new Set([
  '036', '059', '063', '102', '202', '203', '204', '205', '369', '556', '692', '753', '772', '790', '821', '823', '830',
  '831', '878', '879', '884', '890', '893',
]); // prettier-ignore

/** Three digits of a US ZIP code; of other postcodes, their area. */
export function zip3(text: string): string | undefined {
  const plain = text.trim().replace(/\.0+$/, '');
  if (/^\d{3,5}$|^\d{5}-?\d{4}$/.test(plain)) {
    // Kept as a number a code has lost the zeros it begins with.
    const area = (plain.length < 5 ? plain.padStart(5, '0') : plain).slice(0, 3);
    return smallAreas.has(area) ? '000' : area;
  }
  return postcodeArea(plain);
}

/** Letters of a British area (SW of SW1A 1AA), else the first two characters. */
export function postcodeArea(text: string): string | undefined {
  const plain = text.trim().toUpperCase();
  const british = /^([A-Z]{1,2})\d[A-Z\d]? ?\d[A-Z]{2}$/.exec(plain);
  if (british) return british[1];
  const bare = plain.replace(/^[A-Z]{1,2}-(?=\d)/, '').replace(/[^A-Z\d]/g, '');
  return bare.length >= 4 ? bare.slice(0, 2) : undefined;
}

/** 203.0.113.7 is in 203.0.113.0/24; of IPv6 the first three groups stay. */
export function network(text: string): string | undefined {
  const v4 = /^(\d{1,3}\.\d{1,3}\.\d{1,3})\.\d{1,3}$/.exec(text.trim());
  if (v4) return `${v4[1] ?? ''}.0/24`;
  const [head = ''] = text.trim().toLowerCase().split('::', 1);
  const groups = head.split(':').filter((group) => group !== '');
  if (!text.includes(':') || groups.some((group) => !/^[\da-f]{1,4}$/.test(group))) return undefined;
  return `${[...groups, '0', '0', '0']
    .slice(0, 3)
    .map((group) => parseInt(group, 16).toString(16))
    .join(':')}::/48`;
}

function date(
  column: Column,
  plain: ColumnSchema,
  how: Extract<Generalisation, { how: 'date' }>,
  isMoment: boolean,
): Coarse {
  const { notBefore } = how;
  const cut = (year: number): number => (notBefore !== undefined && year < notBefore ? notBefore : year);
  if (!isMoment) {
    // A year alone, or dates no pattern was found for: of these what looks like a year.
    const yearOf = (text: string): string | undefined => {
      const found = /(?<!\d)(1[89]\d{2}|20\d{2})(?!\d)/.exec(text)?.[1];
      return found === undefined ? undefined : String(cut(Number(found)));
    };
    return toYears(rename(column, yearOf), plain);
  }
  if (column.type === 'category') return { column, schema: plain };
  if (how.to === 'year') {
    const values = column.values.map((value) =>
      Number.isNaN(value) ? NaN : cut(new Date(value).getUTCFullYear()),
    );
    const years: NumberColumn = { type: 'number', name: column.name, values };
    return { column: years, schema: { ...plain, kind: 'integer' } };
  }
  return {
    column: relabel(column, (value) => {
      const moment = new Date(value);
      const year = moment.getUTCFullYear();
      if (notBefore !== undefined && year < notBefore) return `before ${notBefore}`;
      const month = moment.getUTCMonth();
      return how.to === 'month'
        ? `${year}-${String(month + 1).padStart(2, '0')}`
        : `${year}-Q${Math.floor(month / 3) + 1}`;
    }),
    schema: plain,
  };
}

function toYears(column: CategoryColumn, plain: ColumnSchema): Coarse {
  const years = column.categories.map(Number);
  const values = Float64Array.from(column.codes, (code) => (code < 0 ? NaN : (years[code] ?? NaN)));
  return { column: { type: 'number', name: column.name, values }, schema: { ...plain, kind: 'integer' } };
}
