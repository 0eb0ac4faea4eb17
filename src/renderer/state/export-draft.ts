import { m } from '../../shared/messages/messages.js';
import { mostRecipients, shortestPassphrase } from '../../shared/output-limits.ts';
import { realRowsOf } from '../../shared/real-rows.ts';
import type { Delimiter } from '../../shared/delimiters.ts';
import type { Access, Mixing, OutputFormat } from '../../shared/output.ts';
import { readRecipients } from './recipients.ts';
import { readCount, readNumber } from './settings.ts';

/** What stands in the export form, as typed. No secret is among it. */
export interface ExportDraft {
  rows: string;
  seed: string;
  format: OutputFormat;
  /** Between the fields of CSV. */
  delimiter: Delimiter;
  /** A condition; blank without. */
  where: string;
  /** Who can open it. */
  opener: 'anyone' | 'recipients' | 'passphrase';
  /** Keys of those who can. */
  recipients: string;
  /** Whether real rows are mixed in, which share of all in per cent, and whether the user may. */
  mix: boolean;
  share: string;
  mayUseRealRows: boolean;
  /** Whether a report to be read is written as well. */
  report: boolean;
}

/** A passphrase as typed, twice. It stays here only until it is used or the page is left. */
export interface TypedPassphrase {
  first: string;
  again: string;
}

export interface ExportChoices {
  rows: number;
  seed: number;
  format: OutputFormat;
  delimiter?: Delimiter;
  where?: string;
  access?: Access;
  mixing?: Mixing;
}

export type ExportErrors = Partial<Record<'rows' | 'seed' | 'recipients' | 'share' | 'may', string>>;

export type ExportReading = { ok: true; value: ExportChoices } | { ok: false; errors: ExportErrors };

export const blankDraft: ExportDraft = {
  ...{ rows: '', seed: '1', format: 'csv', delimiter: ',', where: '' },
  ...{ opener: 'anyone', recipients: '', mix: false, share: '10', mayUseRealRows: false, report: false },
};

/** Reads the form within the contract's bounds. */
export function readExport(draft: ExportDraft): ExportReading {
  const errors: ExportErrors = {};
  const rows = readCount(draft.rows);
  if (rows === undefined || rows < 1 || rows > 1_000_000_000) errors.rows = m.export_wrong_rows();
  const seed = readNumber(draft.seed);
  if (seed === undefined || !Number.isInteger(seed) || seed < 0 || seed > 0xffffffff) {
    errors.seed = m.train_wrong_seed();
  }
  const access = readAccess(draft, errors);
  const mixing = readMixing(draft, rows, errors);
  if (rows === undefined || seed === undefined || Object.keys(errors).length > 0)
    return { ok: false, errors };
  const where = draft.where.trim();
  return {
    ok: true,
    value: {
      ...{ rows, seed, format: draft.format },
      ...(draft.format === 'csv' && { delimiter: draft.delimiter }),
      ...(where !== '' && { where }),
      ...(access && { access }),
      ...(mixing && { mixing }),
    },
  };
}

function readAccess({ opener, recipients: typed }: ExportDraft, errors: ExportErrors): Access | undefined {
  if (opener === 'anyone') return undefined;
  if (opener === 'passphrase') return { by: 'passphrase' };
  const { recipients, problems } = readRecipients(typed);
  if (problems.length > 0) errors.recipients = m.export_recipients_wrong();
  else if (recipients.length === 0) errors.recipients = m.export_recipients_none();
  else if (recipients.length > mostRecipients) {
    errors.recipients = m.export_recipients_many({ most: mostRecipients });
  }
  return { by: 'recipients', recipients };
}

function readMixing(
  { mix, share: typed, mayUseRealRows }: ExportDraft,
  rows: number | undefined,
  errors: ExportErrors,
): Mixing | undefined {
  if (!mix) return undefined;
  const percent = readNumber(typed.replace('%', ''));
  if (percent === undefined || percent <= 0 || percent >= 100) {
    errors.share = m.export_mix_wrong_share();
    return undefined;
  }
  const share = percent / 100;
  if (rows !== undefined && realRowsOf(rows, share) === 0) errors.share = m.export_mix_too_few();
  if (!mayUseRealRows) {
    errors.may = m.export_mix_say_so();
    return undefined;
  }
  return { share, mayUseRealRows: true };
}

/** Whether a passphrase has been typed that can be used. */
export function isComplete({ first, again }: TypedPassphrase): boolean {
  return first.length >= shortestPassphrase && first === again;
}

/** What a file is, by its ending. */
export type TargetKind = OutputFormat | 'tsv' | 'model';

/** CSV whose fields are apart by tabs is called TSV. */
export function targetKind({
  format,
  delimiter,
}: Pick<ExportChoices, 'format' | 'delimiter'>): OutputFormat | 'tsv' {
  return format === 'csv' && delimiter === '\t' ? 'tsv' : format;
}

const endings: Record<TargetKind, string> = {
  csv: '-synthetic.csv',
  tsv: '-synthetic.tsv',
  parquet: '-synthetic.parquet',
  jsonl: '-synthetic.jsonl',
  sqlite: '-synthetic.sqlite',
  model: '.semblance',
};

/** A file name made of the project's: letters that some system refuses become a dash, length is bounded. */
export function suggestName(projectName: string, kind: TargetKind, sealed = false): string {
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
  return `${stem || 'table'}${endings[kind]}${sealed ? '.age' : ''}`;
}
