import { expect, it } from 'vitest';
import type { Table } from '../../tables/table.ts';
import { fingerprint, rowHashes } from './row-hashes.ts';

function table(rows: [number, string | null][], spelling: string[] = ['a', 'b', 'c']): Table {
  return {
    rows: rows.length,
    columns: [
      { type: 'number', name: 'n', values: Float64Array.from(rows, ([value]) => value) },
      {
        type: 'category',
        name: 'c',
        categories: spelling,
        codes: Int32Array.from(rows, ([, name]) => (name === null ? -1 : spelling.indexOf(name))),
      },
    ],
  };
}

function found(training: Table, generated: Table): boolean[] {
  const known = rowHashes(training);
  const { low, high } = fingerprint(generated);
  return Array.from(low, (word, row) => known.has(word, high[row]!));
}

it('recognises equal rows whatever the numbering of categories', () => {
  const training = table([
    [1, 'a'],
    [2.5, 'b'],
    [NaN, null],
    [0, 'c'],
  ]);
  const generated = table(
    [
      [2.5, 'b'],
      [2.5, 'a'],
      [NaN, null],
      [-0, 'c'],
      [1, null],
      [1, 'a'],
    ],
    ['c', 'x', 'b', 'a'],
  );
  expect(found(training, generated)).toEqual([true, false, true, true, false, true]);
});

it('does not take a combination that many rows share for the copy of a person', () => {
  const training = table([
    [1, 'a'],
    [1, 'a'],
    [1, 'a'],
    [1, 'a'],
    [1, 'a'],
    [2, 'b'],
    [2, 'b'],
  ]);
  expect(
    found(
      training,
      table([
        [1, 'a'],
        [2, 'b'],
      ]),
    ),
  ).toEqual([false, true]);
  const known = rowHashes(training);
  const { low, high } = fingerprint(
    table([
      [1, 'a'],
      [2, 'b'],
      [3, 'c'],
    ]),
  );
  expect(Array.from(low, (word, row) => known.isCommon(word, high[row]!))).toEqual([true, false, false]);
});

it('tells a hundred thousand different rows apart', () => {
  const rows = Array.from({ length: 100_000 }, (_, row): [number, string] => [row, 'abc'[row % 3]!]);
  const shifted = rows.map(([value, name]): [number, string] => [value + 0.5, name]);
  expect(rowHashes(table(rows)).size).toBe(100_000);
  expect(found(table(rows), table(shifted)).some(Boolean)).toBe(false);
});
