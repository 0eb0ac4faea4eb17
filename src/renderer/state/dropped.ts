import { AppError } from '../../shared/errors.ts';
import { unsealedName } from '../../shared/output-names.ts';
import { fileName } from '../words/cut.ts';

/** What to make of something dropped on the window. */
export type Dropped =
  | { kind: 'table' | 'model'; index: number }
  | { kind: 'dicom' }
  /** A model or DICOM files: what is in it decides. */
  | { kind: 'zip' }
  /** A table or a DICOM file: what it begins with decides. */
  | { kind: 'unknown' }
  | { kind: 'refused'; error: AppError };

const tableEndings = ['csv', 'tsv', 'tab', 'txt', 'parquet', 'pq', 'jsonl', 'ndjson', 'json'];
const modelEndings = ['semblance'];

type Wrong = 'excel' | 'spreadsheet' | 'r' | 'document' | 'database' | 'picture' | 'web_page';

const dicomEndings = ['dcm', 'dicom', 'dic', 'ima'];

/** What a file that is no table is, by its ending; `{ program }` where it is a program's own format. */
const known: Record<string, Wrong | { program: string }> = {
  xlsx: 'excel',
  xls: 'excel',
  ods: 'spreadsheet',
  sav: { program: 'SPSS' },
  dta: { program: 'Stata' },
  sas7bdat: { program: 'SAS' },
  rds: 'r',
  pdf: 'document',
  docx: 'document',
  db: 'database',
  sqlite: 'database',
  png: 'picture',
  jpg: 'picture',
  html: 'web_page',
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
  if (first === undefined) return refused(AppError.of('request/invalid', 'drop_no_file', {}));
  if (items.every(mayBeDicom) && (items.length > 1 || isDicom(first))) return { kind: 'dicom' };
  if (items.length > 1) {
    return refused(AppError.of('request/invalid', 'drop_many', { count: items.length }));
  }
  const ending = endingOf(first.name);
  if (ending === 'age' && modelEndings.includes(endingOf(unsealedName(first.name))))
    return { kind: 'model', index: 0 };
  if (modelEndings.includes(ending)) return { kind: 'model', index: 0 };
  if (ending === 'zip') return { kind: 'zip' };
  const wrong = tableEndings.includes(ending) ? undefined : known[ending];
  if (wrong !== undefined) {
    const file = first.name;
    return refused(
      typeof wrong === 'string'
        ? AppError.of('source/not-a-table', `drop_${wrong}`, { file })
        : AppError.of('source/not-a-table', 'drop_program', { file, ...wrong }),
    );
  }
  return tableEndings.includes(ending) ? { kind: 'table', index: 0 } : { kind: 'unknown' };
}

interface Item {
  readonly name: string;
  readonly directory: boolean;
}

function isDicom({ name, directory }: Item): boolean {
  return directory || dicomEndings.includes(endingOf(name)) || name.toUpperCase() === 'DICOMDIR';
}

/** Devices number their files, as IM0001 or 1.2.840.113619.2. */
function mayBeDicom(item: Item): boolean {
  return isDicom(item) || ['', 'zip'].includes(endingOf(item.name)) || /\.\d+$/.test(item.name);
}

/** Whether a file begins as DICOM files do: 128 bytes of anything, then “DICM” (PS3.10 section 7.1). */
export async function beginsAsDicom(file: Pick<Blob, 'slice'>): Promise<boolean> {
  return (await file.slice(128, 132).text()) === 'DICM';
}

function refused(error: AppError): Dropped {
  return { kind: 'refused', error };
}
