/** What a command keeps in a store behaves in the window as it did in the terminal. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { profile, proposedColumns } from '../engine/jobs/profile.ts';
import { clientsCsv } from '../engine/jobs/test-table.ts';
import { train } from '../engine/jobs/train.ts';
import { createService } from '../engine/service.ts';
import { openStore } from '../engine/store/open.ts';
import type { Store } from '../engine/store/open.ts';
import { openSource } from '../engine/tables/source.ts';
import type { ColumnChoice, TableProfile } from '../shared/table.ts';
import { keepDescribed, keepExport, keepModel } from './kept.ts';

let folder = '';
let found: TableProfile;
let columns: ColumnChoice[] = [];
const at = (name: string): string => join(folder, name);
const context = { signal: new AbortController().signal, report: () => undefined };
const settings = { minutes: 0.5, stopEarly: true, seed: 3, holdout: 0.25 };

/** Fees beside a due amount which is never less. */
function dueCsv(): string {
  const [head = '', ...rows] = clientsCsv(400).trimEnd().split('\n');
  const due = rows.map((row, at) => `${row},${(Number(row.split(',').at(-1)) + (at % 7)).toFixed(2)}`);
  return `${[`${head},due`, ...due].join('\n')}\n`;
}

/** A project with a model, as `synth` leaves it. */
async function keepTrained(store: Store): Promise<string> {
  const source = await openSource(at('clients.csv'));
  try {
    const result = await train(
      { source, profile: found, columns, rules: 'auto', settings, maxEpochs: 1 },
      context,
    );
    const described = { input: at('clients.csv'), name: 'clients', profile: found, columns, settings };
    const id = await keepDescribed(store, described);
    keepModel(store, id, result);
    return id;
  } finally {
    await source.close();
  }
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'semblance-kept-'));
  mkdirSync(at('resources'));
  writeFileSync(at('clients.csv'), dueCsv());
  const source = await openSource(at('clients.csv'));
  found = await profile(source, context);
  columns = proposedColumns(found);
  await source.close();
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

it('rules a model was trained with hold in rows the window makes from it', async () => {
  const store = openStore(at('data'));
  const projectId = await keepTrained(store);
  expect(store.projects.get(projectId).rules).toContainEqual({ text: 'fee <= due', origin: 'own', on: true });

  const service = createService({ store, resources: at('resources'), emit: () => undefined });
  const path = at('rows.csv');
  const input = { projectId, path, overwrite: false, format: 'csv', rows: 300, seed: 1 };
  expect(await service.call('jobs.generate', input)).toMatchObject({ ok: true });
  await expect
    .poll(async () => JSON.stringify(await service.call('jobs.list', undefined)), { timeout: 20_000 })
    .toContain('"state":"done"');
  await service.close();
  const [head = '', ...rows] = readFileSync(path, 'utf8').trimEnd().split('\n');
  const [fee, due] = ['fee', 'due'].map((name) => head.split(',').indexOf(name));
  const broken = rows
    .map((row) => row.split(','))
    .filter((cells) => Number(cells[fee ?? -1]) > Number(cells[due ?? -1]));
  expect([rows.length, broken.length]).toEqual([300, 0]);
}, 60_000);

it('real rows that were written, and what became of rules, are on record', () => {
  const rules = [{ rule: 'fee <= due', repaired: 2, redrawn: 5 }];
  const store = openStore(at('exports'));
  const projectId = store.projects.create('clients', at('clients.csv'), columns, settings);
  keepExport(store, projectId, { path: at('a.csv'), rows: 10, replacedCopies: 1, realRows: 4, rules });
  keepExport(store, projectId, { path: at('b.csv'), rows: 10, replacedCopies: 0, realRows: 0, rules: [] });
  expect(store.projects.exports(projectId).map(({ realRows, rules }) => [realRows, rules])).toEqual([
    [undefined, undefined],
    [4, rules],
  ]);
  store.close();
});
