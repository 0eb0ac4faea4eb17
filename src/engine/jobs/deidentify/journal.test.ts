import { appendFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { Journal } from './journal.ts';

const folder = mkdtempSync(join(tmpdir(), 'semblance-journal-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const file = (name: string) => ({
  ...{ name, bytes: 3, sha256: 'a', sopClass: '1.2', transferSyntax: '1.2', source: `of ${name}` },
});

it('tells what was written under which settings, also after a line that was cut off', () => {
  const path = join(folder, 'journal');
  const first = new Journal(path);
  first.begin('one');
  first.note(file('a'));
  first.close();
  appendFileSync(path, '{"name":"cut o');
  const second = new Journal(path);
  second.begin('two');
  second.note(file('b'));
  expect([...second.filesOf('one')]).toEqual([{ name: 'a', bytes: 3, source: 'of a' }]);
  expect([...second.filesOf('two')]).toEqual([{ name: 'b', bytes: 3, source: 'of b' }]);
  second.remove();
  expect(existsSync(path)).toBe(false);
});
