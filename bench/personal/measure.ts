/** How well the detectors tell the columns of a corpus, kind by kind. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findPersonal } from '../../src/engine/privacy/find-personal.ts';
import { inspect } from '../../src/engine/tables/inspection.ts';
import { profileTable } from '../../src/engine/tables/profile.ts';
import { openSource } from '../../src/engine/tables/source.ts';
import type { PersonalKind } from '../../src/shared/personal-kinds.ts';
import type { LabelledColumn } from './corpus.ts';

export interface Counts {
  /** Columns of the kind found as such, missed, and columns taken for it that are not. */
  found: number;
  missed: number;
  wrong: number;
}

export interface Mistake {
  name: string;
  truth: readonly PersonalKind[];
  told: readonly PersonalKind[];
  example: string;
}

/** Reads the columns as the product reads a table: from CSV files, as many as their names come twice. */
export async function measure(
  columns: readonly LabelledColumn[],
  counts: Map<PersonalKind, Counts>,
): Promise<Mistake[]> {
  const folder = await mkdtemp(join(tmpdir(), 'semblance-personal-'));
  try {
    const mistakes: Mistake[] = [];
    for (const table of withUniqueNames(columns))
      mistakes.push(...(await measureTable(table, folder, counts)));
    return mistakes;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function withUniqueNames(columns: readonly LabelledColumn[]): LabelledColumn[][] {
  const tables: LabelledColumn[][] = [];
  for (const column of columns) {
    const free = tables.find((table) => table.every(({ name }) => name !== column.name));
    if (free) free.push(column);
    else tables.push([column]);
  }
  return tables;
}

async function measureTable(
  table: readonly LabelledColumn[],
  folder: string,
  counts: Map<PersonalKind, Counts>,
): Promise<Mistake[]> {
  const path = join(folder, 'corpus.csv');
  const field = (text: string): string => `"${text.replaceAll('"', '""')}"`;
  const rows = Math.max(...table.map(({ values }) => values.length));
  const lines = Array.from({ length: rows }, (_, row) =>
    table.map(({ values }) => field(values[row] ?? '')).join(','),
  );
  // A last column keeps empty lines from being none.
  await writeFile(
    path,
    [`${table.map(({ name }) => field(name)).join(',')},n`, ...lines.map((line) => `${line},1`)].join('\n'),
  );
  const source = await openSource(path);
  try {
    const profile = await profileTable(source);
    const { columns: inspected } = await inspect(source);
    return table.flatMap(({ name, truth, values }, at) => {
      const facts = inspected[at]?.facts;
      const kind = profile.columns[at]?.kind;
      if (!facts || kind === undefined) throw new Error('A column of the corpus could not be read.');
      const told = findPersonal({ name, kind, facts }).map((finding) => finding.kind);
      const wrong = told.filter((each) => !truth.includes(each));
      for (const each of truth) count(counts, each)[told.includes(each) ? 'found' : 'missed']++;
      for (const each of wrong) count(counts, each).wrong++;
      if (wrong.length === 0 && truth.every((each) => told.includes(each))) return [];
      return [
        {
          name,
          truth,
          told,
          example: values
            .filter((value) => value !== '')
            .slice(0, 3)
            .join(' | '),
        },
      ];
    });
  } finally {
    await source.close();
  }
}

function count(counts: Map<PersonalKind, Counts>, kind: PersonalKind): Counts {
  const known = counts.get(kind) ?? { found: 0, missed: 0, wrong: 0 };
  counts.set(kind, known);
  return known;
}
