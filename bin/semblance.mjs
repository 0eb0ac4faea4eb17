#!/usr/bin/env node
/** The command `semblance`: runs the terminal program on Node 24, whatever Node this is. */
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { fileURLToPath } from 'node:url';
import { compileMessages } from '../scripts/messages/compile.mjs';
import { findNode24, noNode24 } from '../scripts/setup/node24.mjs';

const node = findNode24();
if (node === undefined) {
  console.error(noNode24);
  process.exit(1);
}
await compileMessages();
const program = fileURLToPath(new URL('../src/cli/main.ts', import.meta.url));
const child = spawn(node, ['--disable-warning=ExperimentalWarning', program, ...process.argv.slice(2)], {
  stdio: 'inherit',
});
// The child hears an interrupt from the terminal itself; a termination has to be passed on.
process.on('SIGINT', () => {});
for (const signal of /** @type {const} */ (['SIGTERM', 'SIGHUP']))
  process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => {
  process.exit(code ?? 128 + (signal === null ? 0 : (constants.signals[signal] ?? 0)));
});
