import { describe, expect, it } from 'vitest';
import type { Column } from '../tables/table.ts';
import { areaUnderCurve, determination, macroAreaUnderCurve } from './auc.ts';
import { fitBoosting } from './boosting.ts';
import { cooperate, finish } from './cooperate.ts';
import { createDraws } from '../tables/draws.ts';
import type { Task } from './loss.ts';
import { category, number } from './test-tables.ts';

const fit = (columns: Column[], targets: number[], task: Task, seed = 1) =>
  finish(fitBoosting(columns, Float64Array.from(targets), task, { seed }));
const uniform = (rows: number, seed: number): number[] => {
  const draws = createDraws(seed);
  return Array.from({ length: rows }, () => draws.uniform());
};

describe('boosting', () => {
  it('learns an interaction that no single column shows', () => {
    const [x, y] = [uniform(3000, 1), uniform(3000, 2)];
    const targets = x.map((value, row) => (value > 0.5 !== (y[row] ?? 0) > 0.5 ? 1 : 0));
    const columns = [number('x', ...x), number('y', ...y)];
    const [chances] = finish(fit(columns, targets, { kind: 'binary' }).predict(columns));
    expect(areaUnderCurve(chances ?? new Float64Array(0), Uint8Array.from(targets))).toBeGreaterThan(0.99);
  });

  it('predicts probabilities, not only an order', () => {
    const x = uniform(8000, 3);
    const luck = createDraws(4);
    const targets = x.map((value) => (luck.uniform() < (value < 0.5 ? 0.2 : 0.7) ? 1 : 0));
    const model = fit([number('x', ...x)], targets, { kind: 'binary' });
    const [chances] = finish(model.predict([number('x', 0.1, 0.9)]));
    expect(chances?.[0]).toBeCloseTo(0.2, 1);
    expect(chances?.[1]).toBeCloseTo(0.7, 1);
  });

  it('learns from which values are missing, and stands nulls it never met', () => {
    const x = uniform(2000, 5).map((value, row) => (row % 3 === 0 ? NaN : value));
    const targets = x.map((value) => (Number.isNaN(value) ? 1 : 0));
    const model = fit([number('x', ...x)], targets, { kind: 'binary' });
    const [chances] = finish(model.predict([number('x', NaN, 0.5)]));
    expect(chances?.[0]).toBeGreaterThan(0.95);
    expect(chances?.[1]).toBeLessThan(0.05);
    const whole = fit([number('x', ...uniform(2000, 6))], targets, { kind: 'binary' });
    expect(finish(whole.predict([number('x', NaN)]))[0]?.[0]).toBeGreaterThan(0);
  });

  it('splits categories into sets, whatever their order, and stands new ones', () => {
    const names = Array.from({ length: 40 }, (_, index) => `k${String(index)}`);
    const values = Array.from({ length: 4000 }, (_, row) => names[(row * 7) % 40] ?? '');
    const isOdd = (name: string): boolean => Number(name.slice(1)) % 2 === 1;
    const model = fit(
      [category('x', ...values)],
      values.map((name) => Number(isOdd(name))),
      { kind: 'binary' },
    );
    const [chances] = finish(model.predict([category('x', 'k1', 'k2', 'k39', 'new', null)]));
    expect(chances?.[0]).toBeGreaterThan(0.9);
    expect(chances?.[1]).toBeLessThan(0.1);
    expect(chances?.[2]).toBeGreaterThan(0.9);
    expect(chances?.every((chance) => chance > 0 && chance < 1)).toBe(true);
  });

  it('predicts numbers in their own unit', () => {
    const [x, y] = [uniform(4000, 7), uniform(4000, 8)];
    const truth = x.map((value, row) => 1e6 + 5e4 * value * value + 1e4 * (y[row] ?? 0));
    const columns = [number('x', ...x), number('y', ...y)];
    const [predicted] = finish(fit(columns, truth, { kind: 'numbers' }).predict(columns));
    expect(determination(predicted ?? new Float64Array(0), Float64Array.from(truth))).toBeGreaterThan(0.99);
  });

  it('tells several classes apart with probabilities that add up to one', () => {
    const x = uniform(3000, 9);
    const labels = x.map((value) => Math.floor(value * 4));
    const columns = [number('x', ...x)];
    const chances = finish(fit(columns, labels, { kind: 'classes', count: 4 }).predict(columns));
    expect(macroAreaUnderCurve(chances, Float64Array.from(labels))).toBeGreaterThan(0.99);
    expect(chances.reduce((sum, each) => sum + (each[17] ?? 0), 0)).toBeCloseTo(1, 9);
  });

  it('stops early where there is nothing to learn', () => {
    const luck = createDraws(10);
    const targets = uniform(3000, 11).map(() => luck.integer(2));
    const model = fit([number('x', ...uniform(3000, 12))], targets, { kind: 'binary' });
    expect(model.rounds).toBeLessThan(20);
    const [chances] = finish(model.predict([number('x', ...uniform(500, 13))]));
    expect(Math.max(...(chances ?? []))).toBeLessThan(0.65);
  });

  it('is the same to the bit for the same seed', () => {
    const x = uniform(1000, 14);
    const targets = x.map((value) => Number(value > 0.3));
    const columns = [number('x', ...x), number('y', ...uniform(1000, 15))];
    const predict = (seed: number) =>
      finish(fit(columns, targets, { kind: 'binary' }, seed).predict(columns));
    expect(predict(1)).toEqual(predict(1));
    expect(predict(1)).not.toEqual(predict(2));
  });

  it('stands tables of a row, constant columns and a single class', () => {
    for (const rows of [1, 2, 30, 500]) {
      const columns = [
        number('x', ...new Array<number>(rows).fill(3)),
        number('n', ...new Array<number>(rows).fill(NaN)),
      ];
      for (const task of [{ kind: 'binary' }, { kind: 'numbers' }, { kind: 'classes', count: 3 }] as const) {
        const predicted = finish(fit(columns, new Array<number>(rows).fill(1), task).predict(columns));
        expect(predicted.every((each) => each.every(Number.isFinite))).toBe(true);
      }
    }
  });

  it('leaves the event loop free and can be cancelled', async () => {
    const columns = Array.from({ length: 10 }, (_, index) =>
      number(`x${String(index)}`, ...uniform(20_000, index)),
    );
    const targets = Float64Array.from(uniform(20_000, 99), (value) => Number(value > 0.5));
    const stop = new AbortController();
    let turns = 0;
    const timer = setInterval(() => {
      if (++turns === 3) stop.abort();
    }, 1);
    const running = cooperate(fitBoosting(columns, targets, { kind: 'binary' }, { seed: 1 }), {
      signal: stop.signal,
    });
    await expect(running).rejects.toThrow(/abort/i);
    clearInterval(timer);
    expect(turns).toBeGreaterThanOrEqual(3);
  });
});
