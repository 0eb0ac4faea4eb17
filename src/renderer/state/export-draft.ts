import { m } from '../../shared/messages/messages.js';
import type { TableFormat } from '../../shared/table.ts';
import { readCount, readNumber } from './settings.ts';

/** What stands in the export form, as typed. */
export interface ExportDraft {
  rows: string;
  seed: string;
  format: TableFormat;
  /** A condition; blank without. */
  where: string;
}

export type ExportReading =
  | { ok: true; value: { rows: number; seed: number; format: TableFormat; where?: string } }
  | { ok: false; errors: { rows?: string; seed?: string } };

/** Reads the form within the contract's bounds. */
export function readExport(draft: ExportDraft): ExportReading {
  const errors: { rows?: string; seed?: string } = {};
  const rows = readCount(draft.rows);
  if (rows === undefined || rows < 1 || rows > 1_000_000_000) {
    errors.rows = m.export_wrong_rows();
  }
  const seed = readNumber(draft.seed);
  if (seed === undefined || !Number.isInteger(seed) || seed < 0 || seed > 0xffffffff) {
    errors.seed = m.train_wrong_seed();
  }
  if (rows === undefined || seed === undefined || Object.keys(errors).length > 0)
    return { ok: false, errors };
  const where = draft.where.trim();
  return { ok: true, value: { rows, seed, format: draft.format, ...(where !== '' && { where }) } };
}

const endings: Record<TableFormat | 'model', string> = {
  csv: '-synthetic.csv',
  parquet: '-synthetic.parquet',
  jsonl: '-synthetic.jsonl',
  model: '.semblance',
};

/** A file name made of the project's: letters that some system refuses become a dash, length is bounded. */
export function suggestName(projectName: string, format: TableFormat | 'model'): string {
  const stem = Array.from(
    projectName
      .replace(/\.(csv|tsv|txt|parquet|jsonl|ndjson)(\.gz)?$/i, '')
      // eslint-disable-next-line no-control-regex -- control characters are what must go
      .replace(/[\u0000-\u001f<>:"/\\|?*]+/g, '-')
      .replace(/[. ]+$/, '')
      .trim(),
  )
    .slice(0, 80)
    .join('');
  return `${stem || 'table'}${endings[format]}`;
}
