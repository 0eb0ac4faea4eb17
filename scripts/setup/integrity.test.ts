import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { hasIntegrity } from './integrity.ts';

let folder: string;
let file: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'semblance-integrity-'));
  file = join(folder, 'abc');
  await writeFile(file, 'abc');
});
afterAll(() => rm(folder, { recursive: true }));

// SHA-512 of "abc", FIPS 180-4 example.
const ofAbc =
  'sha512-3a81oZNherrMQXNJriBBMRLm+k6JqX6iCp7u5ktV05ohkpkqJ0/BqDa6PCOj/uu9RU1EI2Q86A4qmslPpUyknw==';

it('accepts the file it was made for', async () => {
  expect(await hasIntegrity(file, ofAbc)).toBe(true);
});

it('refuses a file that differs', async () => {
  await writeFile(join(folder, 'abd'), 'abd');
  expect(await hasIntegrity(join(folder, 'abd'), ofAbc)).toBe(false);
});

it.each(['', 'md5-AAAA', ofAbc.replace('sha512-', '')])('refuses the hash %j', async (integrity) => {
  await expect(hasIntegrity(file, integrity)).rejects.toThrow('Not an integrity hash');
});
