import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { card as cardSchema } from '../../shared/card.ts';
import { cardPathOf } from '../../shared/output-names.ts';
import type { TableProfile } from '../../shared/table.ts';
import { trainingProgress } from '../../shared/training.ts';
import type { TrainingProgress } from '../../shared/training.ts';
import { loadModel } from '../synthesis/tables/model-file.ts';
import { fingerprint, rowHashes } from '../synthesis/tables/row-hashes.ts';
import { openSource } from '../tables/source.ts';
import { takeRows } from '../tables/table.ts';
import { evaluate } from './evaluate.ts';
import { exportModel } from './export-model.ts';
import { generate } from './generate.ts';
import type { GenerateParams } from './generate.ts';
import { carriedColumns, profile, proposedColumns } from './profile.ts';
import { openRowHashes, packRowHashes } from './row-hash-blob.ts';
import { openRows, sampleTable } from './sample-rows.ts';
import type { TaskContext, TaskUpdate } from './task.ts';
import { clientsCsv } from './test-table.ts';
import { train } from './train.ts';
import type { TrainResult } from './train.ts';

let folder = '';
let found: TableProfile;
let trained: TrainResult;
const told: TrainingProgress[] = [];
const updates: TaskUpdate[] = [];
const at = (name: string): string => join(folder, name);

function context(signal = new AbortController().signal): TaskContext {
  return { signal, report: (update) => updates.push(update) };
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'semblance-tasks-'));
  writeFileSync(at('clients.csv'), clientsCsv(400));
  const source = await openSource(at('clients.csv'));
  try {
    found = await profile(source, context());
    const settings = { minutes: 0.5, stopEarly: true, seed: 3, holdout: 0.25 };
    trained = await train(
      { source, profile: found, columns: proposedColumns(found), settings, maxEpochs: 3 },
      context(),
      (progress) => told.push(progress),
    );
  } finally {
    await source.close();
  }
}, 60_000);

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function request(name: string, more: Partial<GenerateParams> = {}): GenerateParams {
  const { model, card, training } = trained;
  return {
    ...{ model, card, path: at(name), format: 'csv', rows: 500, seed: 1, overwrite: false },
    avoid: rowHashes(training),
    ...more,
  };
}

describe('real rows', () => {
  it('are not mixed into rows of a model that brings rules, unless these are left out', async () => {
    const source = await openSource(at('clients.csv'));
    try {
      const rules = [{ rule: { type: 'condition' as const, where: 'age >= 18' } }];
      const more = { model: { ...trained.model, rules }, mix: { share: 0.2, source } };
      await expect(generate(request('ruled.csv', more), context())).rejects.toMatchObject({
        code: 'output/unfit',
        said: { key: 'real_rows_constrained' },
      });
      const free = { ...more, constraints: { rules: [] } };
      expect(await generate(request('free.csv', free), context())).toMatchObject({ realRows: 100 });
    } finally {
      await source.close();
    }
  });
});

describe('training', () => {
  it('sets rows aside, scores the result against them and writes it all into a card', () => {
    const { card } = trained;
    expect(cardSchema.parse(card)).toEqual(card);
    expect(card.training.rows).toBe(300);
    expect(card.scores?.rows).toMatchObject({ training: 300, holdout: 100 });
    expect(card.source).toEqual({
      sha256: createHash('sha256')
        .update(readFileSync(at('clients.csv')))
        .digest('hex'),
      rows: 400,
      columns: 5,
    });
    expect(card.columns.map(({ name, role }) => [name, role])).toEqual([
      ['client', 'identifier'],
      ['age', 'keep'],
      ['plan', 'keep'],
      ['since', 'keep'],
      ['fee', 'keep'],
    ]);
    expect(card.warnings).toContain(
      'The table has only 400 rows: what is learned will be rough, and single rows weigh much.',
    );
    expect(card.warnings.join()).toContain('The 100 rows set aside are too few to share out');
    expect(new Set(card.warnings).size).toBe(card.warnings.length);
    expect(JSON.stringify(card)).not.toContain(folder);
  });

  it('scores with rows that had no part in choosing the state that is kept', async () => {
    writeFileSync(at('more.csv'), clientsCsv(1000, 4));
    const source = await openSource(at('more.csv'));
    const found = await profile(source, context());
    const settings = { minutes: 0.1, stopEarly: true, seed: 3, holdout: 0.5 };
    const params = { source, profile: found, columns: proposedColumns(found), settings, maxEpochs: 1 };
    const { card } = await train(params, context());
    await source.close();
    expect(card.scores?.rows).toMatchObject({ training: 500, holdout: 250 });
    expect(card.warnings.join()).not.toContain('too few to share out');
  });

  it('papers say which columns were left out, and what was odd about the table', async () => {
    const remarks = [
      'wrote a long letter about the weather',
      'called twice and was content, she said',
      'was angry as ever',
    ];
    const lines = clientsCsv(60).trimEnd().split('\n');
    const rows = lines
      .slice(1)
      .map((line, row) => `${line},Client ${row} ${remarks[row % 3] ?? ''} on day ${row * 31}`);
    // One row lacks its last field, and an é in Latin-1 makes the encoding a guess.
    const text = [`${lines[0] ?? ''},remarks`, ...rows.with(3, lines[4] ?? '')].join('\n');
    writeFileSync(at('odd-papers.csv'), Buffer.from(text.replace('letter', 'l\u00e9tter'), 'latin1'));
    const source = await openSource(at('odd-papers.csv'));
    const found = await profile(source, context());
    const columns = proposedColumns(found).map((choice) =>
      choice.name === 'fee' ? { ...choice, role: 'drop' as const } : choice,
    );
    const settings = { minutes: 0.1, stopEarly: true, seed: 3, holdout: 0.25 };
    const { card } = await train({ source, profile: found, columns, settings, maxEpochs: 1 }, context());
    await source.close();
    expect(card.columns.map(({ name, role }) => [name, role])).toEqual([
      ['client', 'identifier'],
      ['age', 'keep'],
      ['plan', 'keep'],
      ['since', 'keep'],
      ['fee', 'drop'],
      ['remarks', 'drop'],
    ]);
    const warnings = card.warnings.join('\n');
    expect(warnings).toMatch(/^remarks: Nearly every value is different text/m);
    expect(warnings).toMatch(/^1 row has fewer than 6 fields/m);
    expect(warnings).toMatch(/not UTF-8/);
    expect(warnings).not.toMatch(/^fee:/m);
  });

  it('tells its progress as it goes, and a comparison with generated rows', () => {
    expect(told.length).toBeGreaterThan(0);
    for (const progress of told) expect(trainingProgress.safeParse(progress).success).toBe(true);
    const last = told.at(-1);
    expect(last?.comparisons.map(({ name }) => name)).toEqual(['age', 'plan', 'since', 'fee']);
    expect(last?.sample.columns).toHaveLength(5);
    expect(last?.sample.rows[0]).toHaveLength(5);
    const shares = updates.flatMap(({ progress }) => (typeof progress === 'number' ? [progress] : []));
    expect(Math.max(...shares)).toBeLessThanOrEqual(1);
    expect(updates.some(({ phase }) => phase?.startsWith('Learning'))).toBe(true);
  });

  it('stops when it is cancelled', async () => {
    const controller = new AbortController();
    const source = await openSource(at('clients.csv'));
    const settings = { minutes: 10, stopEarly: false, seed: 3, holdout: 0.25 };
    try {
      await expect(
        train(
          { source, profile: found, columns: proposedColumns(found), settings },
          {
            signal: controller.signal,
            report: ({ phase }) => {
              if (phase?.startsWith('Learning')) controller.abort(new DOMException('', 'AbortError'));
            },
          },
        ),
      ).rejects.toMatchObject({ name: 'AbortError' });
    } finally {
      await source.close();
    }
  });

  it('refuses a table with too few rows and one that has changed', async () => {
    writeFileSync(at('few.csv'), clientsCsv(6));
    const source = await openSource(at('few.csv'));
    const settings = { minutes: 1, stopEarly: true, seed: 3, holdout: 0.25 };
    const few = await profile(source, context());
    const params = { source, profile: few, columns: proposedColumns(few), settings };
    await expect(train(params, context())).rejects.toMatchObject({ code: 'table/too-few-rows' });
    writeFileSync(at('few.csv'), clientsCsv(60));
    await expect(train(params, context())).rejects.toMatchObject({ code: 'source/changed' });
    await source.close();
  });
});

describe('generating', () => {
  it('writes rows as the source has them, and their card beside them', async () => {
    const result = await generate(request('out.csv'), context());
    const lines = readFileSync(at('out.csv'), 'utf8').trimEnd().split('\n');
    expect(lines[0]).toBe('client,age,plan,since,fee');
    expect(lines).toHaveLength(501);
    for (const line of lines.slice(1))
      expect(line).toMatch(/^C\d+,\d+,(basic|plus|pro),\d{4}-\d\d-\d\d,\d+\.\d\d$/);
    expect(new Set(lines.slice(1).map((line) => line.split(',')[0])).size).toBe(500);
    const card = cardSchema.parse(JSON.parse(readFileSync(cardPathOf(at('out.csv')), 'utf8')));
    expect(card).toEqual(result.card);
    expect(card.output).toEqual({
      format: 'csv',
      rows: 500,
      seed: 1,
      sha256: createHash('sha256')
        .update(readFileSync(at('out.csv')))
        .digest('hex'),
      replacedCopies: result.replacedCopies,
      commonRows: 0,
    });
  });

  it('counts the rows that stay because five or more real rows share them', async () => {
    // Every row five times over: the same combinations, none of them one person's.
    const sample = await sampleTable(trained.model, 100, 1);
    const fivefold = takeRows(
      sample,
      Uint32Array.from({ length: 500 }, (_, row) => row % 100),
    );
    const result = await generate(
      request('shared.csv', { rows: 100, avoid: openRowHashes(packRowHashes(fivefold)) }),
      context(),
    );
    expect([result.commonRows, result.replacedCopies]).toEqual([100, 0]);
    expect(result.card.output?.commonRows).toBe(100);
    expect(result.card.warnings).toContain(
      '100 rows repeat a combination that five or more real rows share.',
    );
  });

  it('never overwrites a file or a card unasked', async () => {
    await generate(request('kept.csv'), context());
    const before = readFileSync(at('kept.csv'));
    await expect(generate(request('kept.csv', { seed: 2 }), context())).rejects.toMatchObject({
      code: 'output/exists',
    });
    writeFileSync(at('papers.csv.card.json'), 'mine');
    await expect(generate(request('papers.csv'), context())).rejects.toMatchObject({ code: 'output/exists' });
    expect(readFileSync(at('kept.csv'))).toEqual(before);
    expect(readFileSync(at('papers.csv.card.json'), 'utf8')).toBe('mine');
    await generate(request('kept.csv', { seed: 2, overwrite: true }), context());
    expect(readFileSync(at('kept.csv'))).not.toEqual(before);
  });

  it('leaves what it was to replace as it is when it does not get to its end', async () => {
    await generate(request('older.csv', { rows: 50 }), context());
    const before = ['older.csv', 'older.csv.card.json'].map((name) => readFileSync(at(name), 'utf8'));
    const controller = new AbortController();
    const cancelled = generate(request('older.csv', { seed: 2, overwrite: true }), {
      signal: controller.signal,
      report: ({ phase, progress }) => {
        if (phase === 'Writing rows' && progress === 1) controller.abort(new DOMException('', 'AbortError'));
      },
    });
    await expect(cancelled).rejects.toMatchObject({ name: 'AbortError' });
    expect(['older.csv', 'older.csv.card.json'].map((name) => readFileSync(at(name), 'utf8'))).toEqual(
      before,
    );
    expect(readdirSync(folder).filter((name) => name.includes('older'))).toHaveLength(3);
  });

  it('leaves nothing when it is cancelled in the middle', async () => {
    const controller = new AbortController();
    const cancelled = generate(request('cancelled.csv', { rows: 1_000_000 }), {
      signal: controller.signal,
      report: ({ phase }) => {
        if (phase === 'Writing rows') controller.abort(new DOMException('', 'AbortError'));
      },
    });
    await expect(cancelled).rejects.toMatchObject({ name: 'AbortError' });
    expect(readdirSync(folder).filter((name) => name.includes('cancelled'))).toEqual([]);
  });

  it('says where copies could not be looked for', async () => {
    const { card } = await generate(request('unknown.csv', { avoid: null }), context());
    expect(card.warnings.join()).toContain('not checked for being copies');
  });

  it('gives the same rows from the stored fingerprints as from the rows themselves', async () => {
    const stored = openRowHashes(packRowHashes(trained.training));
    const direct = rowHashes(trained.training);
    const { low, high } = fingerprint(trained.training);
    expect(stored.size).toBeGreaterThan(0);
    for (let row = 0; row < trained.training.rows; row++) {
      expect(stored.has(low[row] ?? 0, high[row] ?? 0)).toBe(direct.has(low[row] ?? 0, high[row] ?? 0));
    }
    expect(stored.has(1, 2)).toBe(false);
    const one = await generate(request('direct.csv'), context());
    const two = await generate(request('stored.csv', { avoid: stored }), context());
    expect(two.card.output).toEqual(one.card.output);
  });

  it('shows rows as they would be written', async () => {
    const open = await openRows(trained.model);
    const { columns, rows } = await open.draw(7, 1);
    expect(await open.draw(7, 1)).toEqual({ columns, rows });
    await open.dispose();
    expect(columns).toEqual(['client', 'age', 'plan', 'since', 'fee']);
    expect(rows).toHaveLength(7);
    for (const [, age, , since] of rows) {
      expect(age).toMatch(/^\d+$/);
      expect(since).toMatch(/^\d{4}-\d\d-\d\d$/);
    }
  });
});

describe('an exported model', () => {
  it('comes back and generates the same rows', async () => {
    const { model, card } = trained;
    await exportModel({ model, card, path: at('m.semblance'), overwrite: false }, context());
    const loaded = await loadModel(at('m.semblance'));
    expect(loaded.card).toEqual(card);
    const one = await generate(request('one.csv'), context());
    const two = await generate(request('two.csv', { model: loaded.model }), context());
    expect(two.card.output?.sha256).toBe(one.card.output?.sha256);
    await expect(
      exportModel({ model, card, path: at('m.semblance'), overwrite: false }, context()),
    ).rejects.toMatchObject({ code: 'output/exists' });
  });
});

describe('evaluating files', () => {
  it('scores them with the kinds of the training table', async () => {
    writeFileSync(at('holdout.csv'), clientsCsv(200, 9));
    await generate(request('made.csv'), context());
    const params = {
      training: at('clients.csv'),
      holdout: at('holdout.csv'),
      synthetic: at('made.csv'),
      drop: [],
      seed: 1,
    };
    const { scores, problems } = await evaluate({ ...params, target: 'plan' }, context());
    expect(scores.rows).toEqual({ training: 400, holdout: 200, synthetic: 500 });
    expect(scores.columns.map(({ name }) => name)).toEqual(['age', 'plan', 'since', 'fee']);
    expect(scores.utility?.target).toBe('plan');
    expect(problems.filter(({ table }) => table !== 'training')).toEqual([]);

    // What does not fit in any of the three is told, with the table it is in.
    writeFileSync(
      at('odd.csv'),
      readFileSync(at('made.csv'), 'utf8')
        .replace(/^(C\d+),\d+/m, '$1,many')
        .replace(/,[^,]*\n$/, '\n'),
    );
    const odd = await evaluate({ ...params, synthetic: at('odd.csv') }, context());
    expect(odd.problems.filter(({ table }) => table === 'synthetic')).toMatchObject([
      { severity: 'warning', message: expect.stringContaining('fewer than 5 fields') },
      { severity: 'warning', column: 'age', message: expect.stringContaining('do not fit') },
    ]);
    writeFileSync(at('other.csv'), 'age,plan\n1,basic\n2,pro\n');
    await expect(evaluate({ ...params, synthetic: at('other.csv') }, context())).rejects.toMatchObject({
      code: 'table/unknown-column',
    });
    await expect(evaluate({ ...params, drop: ['nope'] }, context())).rejects.toMatchObject({
      code: 'table/unknown-column',
    });
  });
});

describe('choices of columns', () => {
  it('are carried over to a newer profile where the column is still the same', () => {
    const columns = proposedColumns(found).map((choice) =>
      choice.name === 'age' ? { ...choice, role: 'drop' as const } : choice,
    );
    expect(carriedColumns(found, { profile: found, columns })).toEqual(columns);
    const changed: TableProfile = {
      ...found,
      columns: found.columns.map((column) =>
        column.name === 'age' ? { ...column, kind: 'text' as const } : column,
      ),
    };
    expect(carriedColumns(changed, { profile: found, columns }).find(({ name }) => name === 'age')).toEqual({
      name: 'age',
      kind: 'text',
      role: 'keep',
    });
  });
});
