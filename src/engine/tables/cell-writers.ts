/** Writing the cells of one output column, row by row, as the source writes its own. */
import { writeField } from './csv-records.ts';
import { dateFormatter } from './dates.ts';
import { zoneWriter } from './zones.ts';
import type { Delimiter } from '../../shared/delimiters.ts';
import { ByteSink } from './byte-sink.ts';
import { identifierMaker } from './identifiers.ts';
import { hasAffix, styleNumber } from './number-style.ts';
import type { ColumnSchema } from './schema.ts';
import type { Column, Table } from './table.ts';

/** Writes the cell of `row` (within the chunk; `total` rows were written before the chunk). */
export type CellWriter = (sink: ByteSink, row: number, total: number) => void;

/** How cells are spelled in a format. */
export interface Spelling {
  /** A missing value, by column. */
  missing(column: ColumnSchema): Uint8Array;
  /** A category, boolean or identifier. */
  text(value: string, column: ColumnSchema): Uint8Array;
  /** A date: its pattern, and what goes before and after it. */
  date(column: ColumnSchema): { format: string; around: string };
  decimalMark(column: ColumnSchema): string;
  /** Numbers keep their thousands separators. */
  groups?: true;
  /** Whether a number with this mark has to be quoted. */
  quotesMark?(mark: string): boolean;
}

const encoder = new TextEncoder();

/** CSV after RFC 4180, quoting only what must be. @param single the table has only this column */
export function csvSpelling(single: boolean, delimiter: Delimiter = ','): Spelling {
  // An empty line is no row to most readers: a missing value that stands alone is written as "".
  const empty = encoder.encode(single ? '""' : '');
  return {
    missing: ({ nullText }) =>
      nullText === undefined ? empty : encoder.encode(writeField(nullText, delimiter)),
    text: (value) => encoder.encode(writeField(value, delimiter)),
    date: ({ format = '%Y-%m-%d' }) => ({ format, around: format.includes(delimiter) ? '"' : '' }),
    decimalMark: ({ decimalMark = '.' }) => decimalMark,
    quotesMark: (mark) => mark === delimiter,
    groups: true,
  };
}

/** CSV that DuckDB turns into typed columns: ISO dates, decimal points, "" for empty text, nothing for missing. */
export const plainSpelling: Spelling = {
  missing: () => new Uint8Array(0),
  text: (value) => encoder.encode(writeField(value)),
  date: ({ format = '%Y-%m-%d' }) => ({
    format: /%[Yy]/.test(format) ? '%Y-%m-%d %H:%M:%S%.f' : '%H:%M:%S%.f',
    around: '',
  }),
  decimalMark: () => '.',
};

/** Bare text that a typed cell is made of: as `plainSpelling`, without quotes. No text is empty: that is a missing value. */
export const bareSpelling: Spelling = { ...plainSpelling, text: (value) => encoder.encode(value) };

export const jsonSpelling: Spelling = {
  missing: () => encoder.encode('null'),
  text: (value, column) =>
    encoder.encode(isJsonLiteral(value, column) ? value.toLowerCase() : JSON.stringify(value)),
  date: ({ format = '%Y-%m-%d' }) => ({ format, around: '"' }),
  decimalMark: () => '.',
};

const jsonNumber = /^-?(0|[1-9]\d{0,14})(\.\d+)?([eE][+-]?\d+)?$/;

/** Numbers and truth values go without quotes where the source (or, from CSV, the kind) has them so. */
function isJsonLiteral(value: string, { storage, kind, identifier }: ColumnSchema): boolean {
  if (storage === 'json:string' || storage === 'json:nested' || storage === 'VARCHAR') return false;
  const truth = /^(true|false)$/i.test(value);
  if (storage === 'json:boolean' || storage === 'BOOLEAN') return truth;
  if (storage !== undefined) return jsonNumber.test(value);
  if (kind === 'boolean') return truth || value === '0' || value === '1';
  return identifier !== undefined && identifier.type !== 'uuid' && jsonNumber.test(value);
}

/** Makes the writers of a chunk's cells; keeps what does not change from chunk to chunk. */
export class RowWriters {
  private readonly makers: ((table: Table) => CellWriter)[];

  constructor(schema: readonly ColumnSchema[], spelling: Spelling, seed: number) {
    this.makers = schema.map((column) => cellWriterMaker(column, spelling, seed));
  }

  forChunk(table: Table): CellWriter[] {
    return this.makers.map((make) => make(table));
  }
}

function cellWriterMaker(
  column: ColumnSchema,
  spelling: Spelling,
  seed: number,
): (table: Table) => CellWriter {
  const missing = spelling.missing(column);
  const writeMissing: CellWriter = (sink) => {
    sink.copy(missing);
  };
  if (column.role === 'identifier') {
    const { identifier } = column;
    if (
      identifier?.type === 'sequence' &&
      identifier.nulls === 0 &&
      spelling.text('1', column).length === 1
    ) {
      const start = identifier.start ?? 1;
      return () => (sink, row, total) => {
        sink.integer(start + total + row);
      };
    }
    const maker = identifierMaker(column, seed);
    const write: CellWriter = (sink, row, total) => {
      const value = maker.next(total + row);
      sink.copy(value === null ? missing : spelling.text(value, column));
    };
    return () => write;
  }
  const categories = categoryWriter(column, spelling, missing);
  const numbers = numberWriter(column, spelling, missing);
  return (table) => {
    const data = table.columns.find(({ name }) => name === column.name);
    if (!data) return writeMissing;
    return data.type === 'category' ? categories(data) : numbers(data);
  };
}

function categoryWriter(
  column: ColumnSchema,
  spelling: Spelling,
  missing: Uint8Array,
): (data: Column & { type: 'category' }) => CellWriter {
  let spelled: (Uint8Array | undefined)[] = [];
  let known: string[] | undefined;
  return ({ codes, categories }) => {
    // Chunks of one table share their categories.
    if (categories !== known) {
      known = categories;
      spelled = [];
    }
    const cells = spelled;
    return (sink, row) => {
      const code = codes[row] ?? -1;
      if (code < 0) sink.copy(missing);
      else sink.copy((cells[code] ??= spelling.text(categories[code] ?? '', column)));
    };
  };
}

function numberWriter(
  column: ColumnSchema,
  spelling: Spelling,
  missing: Uint8Array,
): (data: Column & { type: 'number' }) => CellWriter {
  if (column.kind === 'datetime') {
    const { format, around } = spelling.date(column);
    const { zone } = column;
    const write = dateFormatter(format, zone && zoneWriter(zone));
    return ({ values }) =>
      (sink, row) => {
        const value = values[row] ?? NaN;
        if (Number.isNaN(value)) sink.copy(missing);
        else sink.ascii(around + write(value) + around);
      };
  }
  const whole = column.kind === 'integer';
  if (keepsStyle(column, spelling)) return styledWriter(column, spelling, missing);
  if (!whole || column.minDecimals !== undefined) {
    const { decimals: most = whole ? column.minDecimals : 2, minDecimals: least = 0 } = column;
    const mark = spelling.decimalMark(column);
    const quotes = spelling.quotesMark?.(mark) ?? false;
    const { significant } = column;
    return ({ values }) =>
      (sink, row) => {
        const value = values[row] ?? NaN;
        if (!Number.isFinite(value)) sink.copy(missing);
        else {
          if (quotes) sink.byte(34);
          if (significant !== undefined) sink.significant(value, significant, mark.charCodeAt(0));
          else sink.decimal(whole ? Math.round(value) : value, most ?? 0, least, mark.charCodeAt(0));
          if (quotes) sink.byte(34);
        }
      };
  }
  return ({ values }) =>
    (sink, row) => {
      const value = values[row] ?? NaN;
      if (!Number.isFinite(value)) sink.copy(missing);
      else sink.integer(value);
    };
}

/**
 * Whether numbers are written as the text of the source: with a currency or unit always, with separators alone where the
 * format has no numbers or the source had them as text.
 */
function keepsStyle(column: ColumnSchema, spelling: Spelling): boolean {
  const isText = column.storage === 'json:string' || column.storage === 'VARCHAR';
  return hasAffix(column) || (column.group !== undefined && (spelling.groups === true || isText));
}

function styledWriter(
  column: ColumnSchema,
  spelling: Spelling,
  missing: Uint8Array,
): (data: Column & { type: 'number' }) => CellWriter {
  const whole = column.kind === 'integer';
  const { decimals: most = whole ? (column.minDecimals ?? 0) : 2, minDecimals: least = 0 } = column;
  const { significant, decimalMark: mark = '.' } = column;
  const plain = new ByteSink(64);
  return ({ values }) =>
    (sink, row) => {
      const value = values[row] ?? NaN;
      if (!Number.isFinite(value)) {
        sink.copy(missing);
        return;
      }
      plain.clear();
      if (significant !== undefined) plain.significant(value, significant, mark.charCodeAt(0));
      else plain.decimal(whole ? Math.round(value) : value, most, least, mark.charCodeAt(0));
      sink.copy(spelling.text(styleNumber(Buffer.from(plain.view()).toString(), column), column));
    };
}
