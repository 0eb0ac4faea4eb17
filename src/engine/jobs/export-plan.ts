/** Saying what would be written, without writing anything. */
import { lstat } from 'node:fs/promises';
import type { ExportPlan } from '../../shared/export-plan.ts';
import { m } from '../../shared/messages/messages.js';
import type { ManifestRole } from '../../shared/manifest.ts';
import type { Delimiter } from '../../shared/delimiters.ts';
import { cardPathOf, manifestPathOf } from '../../shared/output-names.ts';
import type { Access, OutputFormat } from '../../shared/output.ts';
import { outputType, parquetNames } from '../tables/parquet-output.ts';
import type { ColumnSchema } from '../tables/schema.ts';
import { sqliteBytes, sqliteColumns } from '../tables/sqlite-output.ts';
import type { Table } from '../tables/table.ts';
import { textBytes } from '../tables/write.ts';
import { realRowsInWords } from './mix-request.ts';
import { fingerprintOf, type Signing } from './signing.ts';

export interface PlanParams {
  path: string;
  format: OutputFormat;
  delimiter?: Delimiter | undefined;
  rows: number;
  /** Real rows among them, and the column that marks them; the column is part of the schema. */
  realRows: number;
  mark: string | null;
  schema: readonly ColumnSchema[];
  /** A few rows like those that would be written, to work out sizes from. */
  sample: Table;
  protection?: Access | null | undefined;
  /** Whether `path` says where; else only the name is known. */
  inFolder?: boolean | undefined;
  signing?: Signing | null | undefined;
  /** Size of the card, where it is known. */
  cardBytes: number | null;
  /** Other files beside them. */
  others?: readonly { path: string; role: ManifestRole | 'manifest'; bytes: number | null }[];
  conditions?: readonly string[];
  warnings: readonly string[];
}

/** Bytes of a manifest of two files, signed. */
const manifestBytes = 1200;

export async function planExport(params: PlanParams): Promise<ExportPlan> {
  const { path, format, delimiter, schema, rows, protection, mark, others = [], inFolder = true } = params;
  const encrypted = protection !== undefined && protection !== null;
  const sealed = (bytes: number | null): number | null =>
    bytes === null || !protection ? bytes : sealedBytes(bytes, protection);
  const size = await sizeOf(params);
  const files: Omit<ExportPlan['files'][number], 'replaces'>[] = [
    { path, role: 'rows', bytes: sealed(size.bytes), estimate: size.estimate, encrypted },
    { path: cardPathOf(path), role: 'card', bytes: sealed(params.cardBytes), estimate: 'about', encrypted },
    ...others.map(({ path, role, bytes }) => ({
      ...{ path, role, estimate: 'about' as const },
      bytes: role === 'manifest' ? manifestBytes : sealed(bytes),
      encrypted: encrypted && role !== 'manifest',
    })),
    {
      path: manifestPathOf(path),
      role: 'manifest',
      bytes: manifestBytes,
      estimate: 'about',
      encrypted: false,
    },
  ];
  const types = format === 'sqlite' ? sqliteColumns(schema) : null;
  const names = types?.map(({ name }) => name) ?? (format === 'parquet' ? parquetNames(schema) : null);
  const renamed = schema.filter(({ name }, at) => names !== null && names[at] !== name);
  const formatName = format === 'sqlite' ? 'SQLite' : 'Parquet';
  return {
    files: await Promise.all(
      files.map(async (file) => ({ ...file, replaces: inFolder && (await isThere(file.path)) })),
    ),
    format,
    delimiter: format === 'csv' ? (delimiter ?? ',') : null,
    rows,
    realRows: params.realRows,
    columns: schema.map((column, at) => ({
      name: names?.[at] ?? column.name,
      kind: column.kind,
      type: types?.[at]?.type ?? (format === 'parquet' ? outputType(column) : null),
      from: originOf(column, mark),
    })),
    protection:
      protection?.by === 'recipients'
        ? { by: 'recipients', recipients: [...new Set(protection.recipients)] }
        : protection
          ? { by: 'passphrase' }
          : null,
    signedBy: params.signing ? fingerprintOf(params.signing.publicKey()) : null,
    conditions: [...(params.conditions ?? [])],
    warnings: [
      ...(mark === null ? [] : [realRowsInWords(params.realRows, rows, mark)]),
      ...(renamed.length === 0 ? [] : [m.notes_names_equal({ format: formatName, count: renamed.length })]),
      ...(encrypted && names !== null ? [m.notes_working_file({ format: formatName })] : []),
      ...params.warnings,
    ],
  };
}

function originOf(
  { name, role, kind }: ColumnSchema,
  mark: string | null,
): ExportPlan['columns'][number]['from'] {
  if (name === mark) return 'mark';
  if (role === 'identifier' || role === 'fake') return 'fresh';
  return kind === 'text' ? 'nothing' : 'model';
}

/** Worked out from the sample. What Parquet packs is not known before: it stays under the size of CSV. */
async function sizeOf({
  format,
  schema,
  sample,
  rows,
  delimiter,
}: PlanParams): Promise<{ bytes: number | null; estimate: 'about' | 'at-most' }> {
  if (sample.rows === 0) return { bytes: null, estimate: 'about' };
  const scale = rows / sample.rows;
  if (format === 'sqlite') return { bytes: await sqliteBytes(schema, sample, rows), estimate: 'about' };
  const { head, rows: body } = textBytes(format === 'jsonl' ? 'jsonl' : 'csv', schema, sample, delimiter);
  const estimate = format === 'parquet' ? 'at-most' : 'about';
  // A small Parquet file is mostly its own description.
  const least = format === 'parquet' ? 2000 + 300 * schema.length : 0;
  return { bytes: least + head + Math.round(body * scale), estimate };
}

/** Size of an `age` file: header, nonce, and 16 bytes for every 64 KiB. */
function sealedBytes(bytes: number, protection: Access): number {
  const stanzas = protection.by === 'passphrase' ? 1 : protection.recipients.length;
  return 88 + 98 * stanzas + bytes + 16 * Math.max(1, Math.ceil(bytes / 65_536));
}

async function isThere(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}
