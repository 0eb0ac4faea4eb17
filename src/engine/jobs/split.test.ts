import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fewestRows } from '../../shared/fewest-rows.ts';
import { shareHoldout, splitRows } from './split.ts';
import { Pace, stagesOf } from './task.ts';
import type { TaskUpdate } from './task.ts';

describe('the split into training and holdout', () => {
  it('puts every row in exactly one part, and enough of them in both', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: fewestRows, max: 3000 }),
        fc.double({ min: 0.05, max: 0.5, noNaN: true }),
        fc.nat(),
        (rows, share, seed) => {
          const { training, holdout } = splitRows(rows, share, seed);
          expect(training.length).toBeGreaterThanOrEqual(Math.floor(rows / 2));
          expect(holdout.length).toBeGreaterThanOrEqual(5);
          expect([...training, ...holdout].sort((a, b) => a - b)).toEqual(
            Array.from({ length: rows }, (_, row) => row),
          );
        },
      ),
      { numRuns: 40 },
    );
  });

  it('depends on the seed alone, and keeps to the share', () => {
    expect(splitRows(1000, 0.2, 5)).toEqual(splitRows(1000, 0.2, 5));
    expect(splitRows(1000, 0.2, 5)).not.toEqual(splitRows(1000, 0.2, 6));
    expect(splitRows(1000, 0.2, 5).holdout).toHaveLength(200);
  });

  it('shares the rows set aside out between watching and scoring, where there are enough', () => {
    const { holdout } = splitRows(2000, 0.2, 5);
    const { watching, scoring, apart } = shareHoldout(holdout, 5);
    expect([watching.length, scoring.length, apart]).toEqual([200, 200, true]);
    expect(Uint32Array.from([...watching, ...scoring]).sort()).toEqual(holdout);
    expect(shareHoldout(holdout, 5)).toEqual({ watching, scoring, apart });
    expect(shareHoldout(holdout, 6).scoring).not.toEqual(scoring);
    const few = holdout.slice(0, 399);
    expect(shareHoldout(few, 5)).toEqual({ watching: few, scoring: few, apart: false });
  });

  it('refuses a table too small to learn from', () => {
    for (const rows of [0, 1, fewestRows - 1]) {
      expect(() => splitRows(rows, 0.2, 1)).toThrow(expect.objectContaining({ code: 'table/too-few-rows' }));
    }
  });
});

describe('stages and pace', () => {
  it('shares progress out by the seconds each stage is expected to take', () => {
    const updates: TaskUpdate[] = [];
    const stages = stagesOf((update) => updates.push(update), { load: 1, learn: 8, score: 1 });
    stages.load(0.5, { phase: 'Reading' });
    stages.learn(0.5);
    stages.score(null);
    stages.score(2);
    expect(updates).toEqual([
      { phase: 'Reading', progress: 0.05 },
      { progress: 0.5 },
      { progress: 0.9 },
      { progress: 1 },
    ]);
  });

  it('measures rows a second over the last seconds', () => {
    let now = 0;
    const pace = new Pace('rows', () => now);
    expect(pace.update(0)).toBeNull();
    now = 1000;
    expect(pace.update(500)).toEqual({ value: 500, unit: 'rows' });
    for (now = 2000; now <= 12_000; now += 1000) pace.update(500 + (now - 1000) * 2);
    expect(pace.update(500 + 12_000 * 2)?.value).toBe(2000);
  });
});
