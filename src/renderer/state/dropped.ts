import { fileName } from '../words/cut.ts';

/** What to make of something dropped on the window. */
export type Dropped =
  | { kind: 'table'; index: number }
  | { kind: 'model'; index: number }
  | { kind: 'refused'; message: string; fix: string };

const tableEndings = ['csv', 'tsv', 'tab', 'txt', 'parquet', 'pq', 'jsonl', 'ndjson', 'json'];
const modelEndings = ['semblance', 'zip'];

const known: Record<string, { what: string; fix: string }> = {
  xlsx: {
    what: 'an Excel workbook',
    fix: 'In Excel, choose File → Save as → CSV UTF-8, then drop that file.',
  },
  xls: {
    what: 'an Excel workbook',
    fix: 'In Excel, choose File → Save as → CSV UTF-8, then drop that file.',
  },
  ods: {
    what: 'a spreadsheet',
    fix: 'In LibreOffice, choose File → Save as → Text CSV, then drop that file.',
  },
  sav: { what: 'an SPSS file', fix: 'Export it as CSV in SPSS, then drop that file.' },
  dta: { what: 'a Stata file', fix: 'Export it as CSV in Stata, then drop that file.' },
  sas7bdat: { what: 'a SAS file', fix: 'Export it as CSV in SAS, then drop that file.' },
  rds: { what: 'an R file', fix: 'Write it with write.csv in R, then drop that file.' },
  pdf: { what: 'a PDF', fix: 'Drop the table itself: CSV, TSV, Parquet or JSON lines.' },
  docx: { what: 'a Word document', fix: 'Drop the table itself: CSV, TSV, Parquet or JSON lines.' },
  db: { what: 'a database', fix: 'Export the table you want as CSV, then drop that file.' },
  sqlite: { what: 'a database', fix: 'Export the table you want as CSV, then drop that file.' },
  png: { what: 'a picture', fix: 'Drop a table: CSV, TSV, Parquet or JSON lines.' },
  jpg: { what: 'a picture', fix: 'Drop a table: CSV, TSV, Parquet or JSON lines.' },
  dcm: { what: 'a DICOM image', fix: 'Drop a table: CSV, TSV, Parquet or JSON lines.' },
  html: { what: 'a web page', fix: 'Save the table in it as CSV, then drop that file.' },
};

/** The ending that tells a file's format, looking through `.gz`; lower case, '' where there is none. */
export function endingOf(name: string): string {
  const parts = fileName(name).toLowerCase().split('.');
  if (parts.length > 2 && parts.at(-1) === 'gz') parts.pop();
  return parts.length > 1 ? (parts.at(-1) ?? '') : '';
}

/**
 * Decides about a drop by names alone; a file with an ending nobody knows is left to the engine, which
 * looks inside.
 */
export function judgeDrop(items: readonly { name: string; directory: boolean }[]): Dropped {
  const [first] = items;
  if (first === undefined) {
    return {
      kind: 'refused',
      message: 'What was dropped is not a file.',
      fix: 'Drop a file from your file manager, or choose Open.',
    };
  }
  if (items.length > 1) {
    return {
      kind: 'refused',
      message: `You dropped ${items.length} things; Semblance opens one table at a time.`,
      fix: 'Drop them one after the other: each becomes a project of its own.',
    };
  }
  if (first.directory) {
    return {
      kind: 'refused',
      message: `“${first.name}” is a folder.`,
      fix: 'Open it and drop one table: CSV, TSV, Parquet or JSON lines.',
    };
  }
  const ending = endingOf(first.name);
  if (modelEndings.includes(ending)) return { kind: 'model', index: 0 };
  const wrong = tableEndings.includes(ending) ? undefined : known[ending];
  if (wrong !== undefined) {
    return {
      kind: 'refused',
      message: `“${first.name}” is ${wrong.what}, which Semblance does not read.`,
      fix: wrong.fix,
    };
  }
  return { kind: 'table', index: 0 };
}
