import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anonymityOf } from './anonymity.ts';
import { category, number, table } from './test-tables.ts';

function findPython(): string | undefined {
  const candidates = [process.env.SEMBLANCE_PYTHON, 'python3', 'python'];
  return candidates.find(
    (each) => each !== undefined && spawnSync(each, ['-c', 'import pandas']).status === 0,
  );
}

const python = findPython();
if (python === undefined)
  console.warn('SKIPPED: no Python with pandas to compare with; see SEMBLANCE_PYTHON.');

/** Group sizes and distinct counts by pandas; a missing value is a value. */
const byPandas = `
import json, sys
import pandas as pd
given = json.load(sys.stdin)
frame = pd.DataFrame(given["columns"]).astype(object).where(lambda f: f.notna(), "<missing>")
sizes = frame.groupby(given["quasi"], dropna=False).size()
l = frame.groupby(given["quasi"], dropna=False)[given["sensitive"]].nunique().min()
print(json.dumps({"k": int(sizes.min()), "classes": len(sizes), "unique": int((sizes == 1).sum()),
  "under5": int(sizes[sizes < 5].sum()), "l": int(l)}))
`;

describe('anonymity', () => {
  it('agrees with the example of the literature', async () => {
    // Sweeney 2002, figure 2: k = 2 for race, birth, gender and ZIP.
    const people = table(
      category('race', 'b', 'b', 'b', 'b', 'b', 'b', 'w', 'w', 'w', 'w', 'w'),
      number('birth', 1965, 1965, 1965, 1965, 1964, 1964, 1964, 1964, 1964, 1967, 1967),
      category('gender', 'm', 'm', 'f', 'f', 'f', 'f', 'm', 'm', 'm', 'm', 'm'),
      category('zip', '0214', '0214', '0213', '0213', '0213', '0213', '0213', '0213', '0213', '0213', '0213'),
      category('problem', 'breath', 'chest', 'tension', 'tension', 'obesity', 'chest', 'chest', 'obesity', 'breath', 'chest', 'chest'),
    ); // prettier-ignore
    const found = await anonymityOf(people, ['race', 'birth', 'gender', 'zip'], ['problem']);
    expect(found).toMatchObject({ k: 2, rows: 11, classes: 5, unique: 0, under5: 11 });
    expect(found.l).toEqual([{ column: 'problem', l: 1 }]);
    expect(found.sizes.slice(0, 4)).toEqual([
      { label: '1', rows: 0 },
      { label: '2', rows: 8 },
      { label: '3–4', rows: 3 },
      { label: '5–9', rows: 0 },
    ]);
    expect(await anonymityOf(people, [])).toMatchObject({ k: 11, classes: 1, unique: 0 });
  });

  it('counts every row once, and never rises with more columns', async () => {
    const cells = fc.array(fc.tuple(fc.constantFrom('a', 'b', null), fc.integer({ min: 0, max: 3 })), {
      minLength: 1,
      maxLength: 60,
    });
    await fc.assert(
      fc.asyncProperty(cells, async (rows) => {
        const made = table(
          category('c', ...rows.map(([text]) => text)),
          number('n', ...rows.map(([, value]) => value)),
        );
        const one = await anonymityOf(made, ['c']);
        const both = await anonymityOf(made, ['c', 'n']);
        for (const each of [one, both])
          expect(each.sizes.reduce((sum, bar) => sum + bar.rows, 0)).toBe(rows.length);
        expect(both.k).toBeLessThanOrEqual(one.k);
        expect(both.classes).toBeGreaterThanOrEqual(one.classes);
      }),
    );
  });

  it('names the column that cannot be looked at', async () => {
    await expect(anonymityOf(table(number('n', 1)), ['m'])).rejects.toThrow(/“m”/);
  });

  it.skipIf(python === undefined)('agrees with pandas', async () => {
    const pick = (row: number, step: number, below: number): number =>
      Math.floor((((row * step) % 997) / 997) * below);
    const rows = Array.from({ length: 2000 }, (_, row) => row);
    const columns = {
      age: rows.map((row) => (row % 31 === 0 ? null : pick(row, 13, 70))),
      sex: rows.map((row) => (row % 2 === 0 ? 'f' : 'm')),
      zip: rows.map((row) => `0${pick(row, 7, 9)}`),
      illness: rows.map((row) => `i${pick(row, 29, 12)}`),
    };
    const made = table(
      number('age', ...columns.age.map((value) => value ?? NaN)),
      category('sex', ...columns.sex),
      category('zip', ...columns.zip),
      category('illness', ...columns.illness),
    );
    const input = JSON.stringify({ columns, quasi: ['age', 'sex', 'zip'], sensitive: 'illness' });
    const { stdout, stderr } = spawnSync(python ?? '', ['-c', byPandas], { input, encoding: 'utf8' });
    expect(stderr).not.toMatch(/Traceback/);
    const { k, classes, unique, under5, l } = await anonymityOf(made, ['age', 'sex', 'zip'], ['illness']);
    expect({ k, classes, unique, under5, l: l[0]?.l }).toEqual(JSON.parse(stdout));
  });
});
