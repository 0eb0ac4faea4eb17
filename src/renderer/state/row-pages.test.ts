import { expect, it } from 'vitest';
import { RowPages } from './row-pages.ts';

const page = (name: string) => [[`${name}0`], [`${name}1`]];

it('asks for a page once and finds its rows', () => {
  const pages = new RowPages(2, 3);
  expect(pages.ask(1)).toBe(true);
  expect(pages.ask(1)).toBe(false);
  expect(pages.row(2)).toBeUndefined();
  expect(pages.put(1, page('b'))).toBe(true);
  expect(pages.row(3)).toEqual(['b1']);
});

it('keeps no more than it may, and asks again for what went', () => {
  const pages = new RowPages(2, 2);
  for (const [index, name] of ['a', 'b', 'c'].entries()) {
    pages.ask(index);
    pages.put(index, page(name));
  }
  expect(pages.row(0)).toBeUndefined();
  expect(pages.row(4)).toEqual(['c0']);
  expect(pages.ask(0)).toBe(true);
});

it('does not take in what was asked before a new beginning', () => {
  const pages = new RowPages(2, 2);
  pages.ask(0);
  pages.clear();
  expect(pages.put(0, page('old'))).toBe(false);
  expect(pages.row(0)).toBeUndefined();
});

it('keeps fewer pages of a table of thousands of columns, but never less than two', () => {
  const pages = new RowPages(200, 40);
  const wide = Array.from({ length: 200 }, () => Array<string>(4000).fill('x'));
  for (let index = 0; index < 6; index++) {
    pages.ask(index);
    pages.put(index, wide);
  }
  expect([0, 1, 2, 3, 4, 5].filter((index) => pages.row(200 * index) !== undefined)).toEqual([4, 5]);
});
