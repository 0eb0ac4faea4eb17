import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { liesWithin } from './lies-within.ts';

const root = mkdtempSync(join(tmpdir(), 'semblance-within-'));
afterAll(() => {
  rmSync(root, { recursive: true, force: true });
});
const at = (...names: string[]) => join(root, ...names);
mkdirSync(at('in', '..later'), { recursive: true });
mkdirSync(at('inside'));
symlinkSync(at('in'), at('link'));
symlinkSync(at('inside'), at('in', 'elsewhere'));

it.each([
  [['in'], true],
  [['in', 'out'], true],
  [['in', 'not', 'there', 'yet'], true],
  [['in', '..later', 'out'], true],
  [['link', 'out'], true],
  [['out'], false],
  [['inside', 'out'], false],
  [['in', '..', 'out'], false],
  // A link in the source leads out of it.
  [['in', 'elsewhere', 'out'], false],
])('%j lies within a folder: %s', (names, expected) => {
  expect(liesWithin(at(...names), at('in'))).toBe(expected);
  expect(liesWithin(at(...names), at('link'))).toBe(expected);
});

it('takes the root of the drive for around everything', () => {
  expect(liesWithin(at('in'), realpathSync('/'))).toBe(true);
});
