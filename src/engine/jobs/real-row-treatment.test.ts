import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { safeChoice } from '../../shared/personal-defaults.ts';
import type { ColumnChoice, TableProfile } from '../../shared/table.ts';
import { pseudonymKeyOf } from '../privacy/pseudonyms/key.ts';
import { realRows } from '../tables/real-rows.ts';
import { columnSchema } from '../tables/schema.ts';
import type { ColumnSchema } from '../tables/schema.ts';
import { openSource, type Source } from '../tables/source.ts';
import { peopleCsv } from './people-table.ts';
import { loadTreated } from './personal.ts';
import { profile } from './profile.ts';
import { partsOfSchema, realRowTreatment, treatRealRows } from './real-row-treatment.ts';
import { rowsAsText } from './rows-as-text.ts';

const folder = mkdtempSync(join(tmpdir(), 'semblance-real-'));
const context = { signal: new AbortController().signal, report: () => undefined };
const key = pseudonymKeyOf(Buffer.alloc(32, 3));
let source: Source;
let found: TableProfile;

beforeAll(async () => {
  writeFileSync(join(folder, 'people.csv'), peopleCsv(600));
  source = await openSource(join(folder, 'people.csv'));
  found = await profile(source, context);
});
afterAll(async () => {
  await source.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Real rows of the model that the defaults of `policy` would make, as they are written. */
async function real(policy: 'hipaa' | 'gdpr', seed = 1) {
  const choices = found.columns.map((column) => safeChoice(column, policy));
  const { table, schema } = await loadTreated(source, found, choices);
  const treatment = await realRowTreatment(schema, source, key);
  const rows: (string | null)[][] = [];
  for await (const chunk of treatRealRows(realRows(source, treatment.choices, 300, seed), treatment.treat)) {
    for (const column of chunk.columns) {
      const learned = table.columns.find(({ name }) => name === column.name);
      if (learned) expect(column.type).toBe(learned.type);
    }
    rows.push(...rowsAsText(chunk, schema, chunk.rows, seed));
  }
  return { table, schema, rows };
}

function valuesOf(rows: readonly (string | null)[][], schema: readonly ColumnSchema[], name: string) {
  const at = schema.findIndex((column) => column.name === name);
  return rows.map((row) => row[at] ?? null);
}

it('makes real rows coarser exactly as what is learned', async () => {
  for (const policy of ['hipaa', 'gdpr'] as const) {
    const { table, schema, rows } = await real(policy);
    for (const { name } of schema.filter((column) => column.generalise !== undefined)) {
      const at = schema.findIndex((column) => column.name === name);
      const learned = new Set(rowsAsText(table, schema, table.rows, 1).map((row) => row[at]));
      for (const value of valuesOf(rows, schema, name)) expect(learned).toContain(value);
    }
    expect(schema.find(({ name }) => name === 'age')?.readAs).toBe('integer');
  }
});

it('gives people one pseudonym wherever they come, which no value of theirs is part of', async () => {
  const { schema, rows } = await real('hipaa');
  const text = rows.flat().join(' ');
  expect(text).not.toMatch(/zyx/i);
  expect(text).not.toContain('-45-6');
  const pairs = valuesOf(rows, schema, 'ssn').map((ssn, at) => [ssn, valuesOf(rows, schema, 'name')[at]]);
  const names = new Map<unknown, Set<unknown>>();
  for (const [ssn, name] of pairs) names.set(ssn, (names.get(ssn) ?? new Set()).add(name));
  // 60 people, written in two ways, in 300 rows.
  expect(names.size).toBeLessThanOrEqual(60);
  expect(names.size).toBeGreaterThan(50);
  for (const each of names.values()) expect(each.size).toBe(1);
});

it('gives the same ones in another draw of rows', async () => {
  const one = await real('hipaa', 1);
  const two = await real('hipaa', 2);
  const people = (from: typeof one) =>
    new Set(
      valuesOf(from.rows, from.schema, 'ssn').map(
        (ssn, at) =>
          `${ssn} ${valuesOf(from.rows, from.schema, 'name')[at]} ${valuesOf(from.rows, from.schema, 'email')[at]}`,
      ),
    );
  const [first, second] = [people(one), people(two)];
  const both = [...first].filter((person) => second.has(person));
  expect(both.length).toBeGreaterThan(50);
  expect(new Set([...first, ...second]).size).toBeLessThanOrEqual(60);
});

it('cuts dates to the month that their own clocks show, in the table and in real rows', async () => {
  const path = join(folder, 'moments.csv');
  const rows = Array.from({ length: 40 }, (_, row) =>
    row % 2 === 0 ? `2020-07-01T00:30:00+02:00,${row}` : `2020-12-31T23:30:00-08:00,${row}`,
  );
  writeFileSync(path, `seen,n\n${rows.join('\n')}\n`);
  const moments = await openSource(path);
  try {
    const told = await profile(moments, context);
    const choices = told.columns.map(({ name, kind }): ColumnChoice => {
      const coarser = name === 'seen' ? { generalise: { how: 'date', to: 'month' } as const } : {};
      return { name, kind, role: 'keep', ...coarser };
    });
    const { table, schema } = await loadTreated(moments, told, choices);
    expect(new Set(rowsAsText(table, schema, 40, 1).map(([seen]) => seen))).toEqual(
      new Set(['2020-07', '2020-12']),
    );
    const treatment = await realRowTreatment(schema, moments, key);
    for await (const chunk of treatRealRows(realRows(moments, treatment.choices, 40, 1), treatment.treat))
      expect(new Set(rowsAsText(chunk, schema, 40, 1).map(([seen]) => seen))).toEqual(
        new Set(['2020-07', '2020-12']),
      );
  } finally {
    await moments.close();
  }
});

it('knows every part a schema can have', () => {
  expect(Object.keys(partsOfSchema).sort()).toEqual(Object.keys(columnSchema.shape).sort());
});
