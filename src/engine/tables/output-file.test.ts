import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'semblance-output-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

it('leaves no unfinished file when the process exits at once, and keeps what is finished', () => {
  const module = JSON.stringify(pathToFileURL(join(import.meta.dirname, 'output-file.ts')).href);
  const script = `
    const { createOutput } = await import(${module});
    const done = await createOutput('done.csv', false);
    await done.write(Buffer.from('a\\n'));
    await done.commit();
    const half = await createOutput('half.csv', false);
    await half.write(Buffer.from('a\\n'));
    console.log((await import('node:fs')).readdirSync('.').length);
    process.exit(130);`;
  const { status, stdout } = spawnSync(process.execPath, ['--input-type=module', '--eval', script], {
    cwd: folder,
    encoding: 'utf8',
  });
  expect([status, stdout.trim()]).toEqual([130, '2']);
  expect(readdirSync(folder)).toEqual(['done.csv']);
});
