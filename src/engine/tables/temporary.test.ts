import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openSource } from './source.ts';
import { temporaryFolder } from './temporary.ts';

const fixtures = join(import.meta.dirname, '../../../test/fixtures/tables');
const script = (body: string): string =>
  `import { temporaryFolder } from ${JSON.stringify(join(import.meta.dirname, 'temporary.ts'))};\n` +
  `const folder = await temporaryFolder();\nconsole.log(folder);\n${body}`;

function run(body: string): string {
  const child = spawnSync(process.execPath, ['--input-type=module', '-e', script(body)], {
    encoding: 'utf8',
  });
  return child.stdout.trim();
}

it('is this user’s alone, and goes with the process', () => {
  if (process.platform !== 'win32') {
    const mode = run(
      `import { statSync } from 'node:fs'; console.log((statSync(folder).mode & 0o777).toString(8));`,
    );
    expect(mode.endsWith('700')).toBe(true);
  }
  expect(existsSync(run('process.exit(3);'))).toBe(false);
});

it('a folder left by a killed process goes when the next one starts', () => {
  const left = run(`process.kill(process.pid, 'SIGKILL');`);
  expect(statSync(left).isDirectory()).toBe(true);
  run('');
  expect(existsSync(left)).toBe(false);
});

it('a folder left by a killed process goes when a command starts that needs none', () => {
  const left = run(`process.kill(process.pid, 'SIGKILL');`);
  const cli = join(import.meta.dirname, '../../cli/main.ts');
  spawnSync(process.execPath, [cli, 'verify', join(left, 'nothing.json')]);
  expect(existsSync(left)).toBe(false);
});

it('leaves folders alone whose process lives', async () => {
  const other = join(tmpdir(), `semblance-tables-${process.ppid}-alive`);
  await mkdir(other, { recursive: true });
  await writeFile(join(other, 'x'), '');
  run('');
  expect(existsSync(other)).toBe(true);
  await rm(other, { recursive: true });
});

it('decoded text is removed when its source is closed', async () => {
  const source = await openSource(join(fixtures, 'bestellungen-windows1252.csv'));
  await source.relation();
  const texts = async () => (await readdir(await temporaryFolder())).filter((name) => name.endsWith('.txt'));
  expect(await texts()).toHaveLength(1);
  await source.close();
  expect(await texts()).toHaveLength(0);
});
