import { AppError } from '../../shared/errors.ts';
import { unsealedName } from '../../shared/output-names.ts';
import { fileName } from '../words/cut.ts';

/** What to make of something dropped on the window. */
export type Dropped =
  { kind: 'table'; index: number } | { kind: 'model'; index: number } | { kind: 'refused'; error: AppError };

const tableEndings = ['csv', 'tsv', 'tab', 'txt', 'parquet', 'pq', 'jsonl', 'ndjson', 'json'];
const modelEndings = ['semblance', 'zip'];

type Wrong = 'excel' | 'spreadsheet' | 'r' | 'document' | 'database' | 'picture' | 'dicom' | 'web_page';

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
  dcm: 'dicom',
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
  if (items.length > 1) {
    return refused(AppError.of('request/invalid', 'drop_many', { count: items.length }));
  }
  if (first.directory) {
    return refused(AppError.of('source/is-directory', 'drop_folder', { file: first.name }));
  }
  const ending = endingOf(first.name);
  if (ending === 'age' && modelEndings.includes(endingOf(unsealedName(first.name))))
    return { kind: 'model', index: 0 };
  if (modelEndings.includes(ending)) return { kind: 'model', index: 0 };
  const wrong = tableEndings.includes(ending) ? undefined : known[ending];
  if (wrong !== undefined) {
    const file = first.name;
    return refused(
      typeof wrong === 'string'
        ? AppError.of('source/not-a-table', `drop_${wrong}`, { file })
        : AppError.of('source/not-a-table', 'drop_program', { file, ...wrong }),
    );
  }
  return { kind: 'table', index: 0 };
}

function refused(error: AppError): Dropped {
  return { kind: 'refused', error };
}
