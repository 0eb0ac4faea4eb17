import { spawnSync } from 'node:child_process';
import { readlinkSync } from 'node:fs';
import { mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { linkCommand } from './commands.mjs';
import { findNode24 } from './node24.mjs';

let checkout: string;
beforeEach(async () => {
  checkout = await mkdtemp(join(tmpdir(), 'semblance-commands-'));
});
afterEach(() => rm(checkout, { recursive: true }));

describe.skipIf(process.platform === 'win32')('a command of the checkout', () => {
  const target = join('..', '..', 'bin', 'semblance.mjs');
  const folder = () => join(checkout, 'node_modules', '.bin');
  const program = () => join(checkout, 'bin', 'semblance.mjs');

  it('is linked from the folder of commands to the program', () => {
    linkCommand('semblance', program(), folder());
    linkCommand('semblance', program(), folder());
    expect(readlinkSync(join(folder(), 'semblance'))).toBe(target);
  });

  it('replaces a link that leads elsewhere', async () => {
    await mkdir(folder(), { recursive: true });
    await symlink('../elsewhere.mjs', join(folder(), 'semblance'));
    linkCommand('semblance', program(), folder());
    expect(readlinkSync(join(folder(), 'semblance'))).toBe(target);
  });
});

it('finds a Node that runs TypeScript as it is', () => {
  const node = findNode24();
  expect(node).toBeDefined();
  const program = 'const answer: number = 42; console.log(answer satisfies number);';
  const { stdout } = spawnSync(node ?? '', ['--input-type=module-typescript', '-e', program], {
    encoding: 'utf8',
  });
  expect(stdout).toBe('42\n');
});
