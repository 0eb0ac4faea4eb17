import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { linesOf } from './lines.ts';

const folder = mkdtempSync(join(tmpdir(), 'semblance-lines-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function lines(text: string, start?: number, end?: number): string[] {
  const path = join(folder, 'text');
  writeFileSync(path, text);
  const descriptor = openSync(path, 'r');
  try {
    return [...linesOf(descriptor, start, end)];
  } finally {
    closeSync(descriptor);
  }
}

it('reads lines of any length, and the last without an end', () => {
  const long = 'ü'.repeat(100_001);
  expect(lines(`a\n\n${long}\nb`)).toEqual(['a', '', long, 'b']);
  expect(lines('')).toEqual([]);
  expect(lines('a\n')).toEqual(['a']);
});

it('reads a part of a file', () => {
  expect(lines('ab\ncd\nef\n', 3, 6)).toEqual(['cd']);
});
