import { expect, it } from 'vitest';
import { pageAt, withName } from './columns-list.ts';

it('finds columns by a part of their name', () => {
  const columns = ['Age', 'age_2', 'Größe', 'income'].map((name) => ({ name }));
  expect(withName(columns, ' AGE ').map(({ name }) => name)).toEqual(['Age', 'age_2']);
  expect(withName(columns, 'GRÖ')).toEqual([{ name: 'Größe' }]);
  expect(withName(columns, '')).toBe(columns);
  expect(withName(columns, '%')).toEqual([]);
});

it('walks through a list in pages', () => {
  expect(pageAt(0, 5000, 100)).toEqual({ first: 0, end: 100, before: null, after: 100 });
  expect(pageAt(4950, 5000, 100)).toEqual({ first: 4900, end: 5000, before: 4800, after: null });
  expect(pageAt(150, 230, 100)).toEqual({ first: 100, end: 200, before: 0, after: 200 });
  expect(pageAt(9999, 230, 100)).toEqual({ first: 200, end: 230, before: 100, after: null });
  expect(pageAt(-5, 30, 100)).toEqual({ first: 0, end: 30, before: null, after: null });
  expect(pageAt(0, 0, 100)).toEqual({ first: 0, end: 0, before: null, after: null });
});
