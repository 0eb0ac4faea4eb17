import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { SortedEntries } from './sorted-entries.ts';

const folder = mkdtempSync(join(tmpdir(), 'semblance-sorted-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function sortedBy(longest: number, texts: readonly string[]): string[] {
  const entries = new SortedEntries(join(folder, 'manifest.json'), longest);
  try {
    for (const text of texts) entries.add(text);
    return [...entries.inOrder()];
  } finally {
    entries.close();
  }
}

const entry = (name: string, bytes: number) => JSON.stringify({ bytes, name });

describe('entries', () => {
  it('come in the order of their names, each once, as they were last', () => {
    const names = Array.from({ length: 1000 }, (_, i) => `p${(i * 7919) % 500}/ü${i % 3}.dcm`);
    const texts = names.map((name, i) => entry(name, i));
    const last = new Map(names.map((name, i) => [name, i]));
    const expected = [...last].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, i]) => entry(name, i));
    for (const longest of [1, 7, 100, 10_000]) expect(sortedBy(longest, texts)).toEqual(expected);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('are those that are whole', () => {
    expect(sortedBy(2, ['', '{"run":"r"}', '{"name":"cut o', entry('a', 1)])).toEqual([entry('a', 1)]);
  });
});
