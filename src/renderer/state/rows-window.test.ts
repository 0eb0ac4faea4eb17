import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pagesOf, rowsWindow } from './rows-window.ts';

describe('rowsWindow', () => {
  it('renders what is in view and a little around it', () => {
    expect(rowsWindow(1000, 30, 0, 300, 4)).toEqual({ first: 0, length: 15, top: 0, height: 30000 });
    const middle = rowsWindow(1000, 30, 3000, 300, 4);
    expect(middle.first).toBe(96);
    expect(middle.top).toBe(96 * 30);
  });

  it('has nothing for an empty table', () => {
    expect(rowsWindow(0, 30, 0, 300)).toEqual({ first: 0, length: 0, top: 0, height: 0 });
  });

  it('reaches the first and the last row of any table, and covers the view everywhere', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 2_000_000_000 }),
        fc.integer({ min: 50, max: 2000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (rows, view, where) => {
          const height = rowsWindow(rows, 32, 0, view).height;
          const most = Math.max(0, height - view);
          const at = rowsWindow(rows, 32, where * most, view);
          expect(at.first).toBeGreaterThanOrEqual(0);
          expect(at.first + at.length).toBeLessThanOrEqual(rows);
          expect(at.length).toBeLessThan(view / 32 + 20);
          expect(at.top).toBeLessThanOrEqual(where * most + 1e-3);
          const bottom = at.top + at.length * 32;
          expect(bottom).toBeGreaterThanOrEqual(Math.min(where * most + view, rows * 32) - 1e-3);
          const end = rowsWindow(rows, 32, most, view);
          expect(end.first + end.length).toBe(rows);
        },
      ),
    );
  });
});

describe('pagesOf', () => {
  it('names every page touched', () => {
    expect(pagesOf(0, 10, 100)).toEqual([0]);
    expect(pagesOf(95, 10, 100)).toEqual([0, 1]);
    expect(pagesOf(100, 100, 100)).toEqual([1]);
    expect(pagesOf(5, 0, 100)).toEqual([]);
  });
});
