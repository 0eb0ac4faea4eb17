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
const args = process.argv.slice(2);
/** Descriptors besides the usual three that an argument speaks of: `--passphrase-fd 3`, or a shell's `/dev/fd/63`. */
const descriptors = args.flatMap((arg, at) => {
  const number =
    /^\/dev\/fd\/(\d+)$/.exec(arg)?.[1] ?? (args[at - 1] === '--passphrase-fd' ? arg : undefined);
  return number === undefined || !/^\d{1,4}$/.test(number) ? [] : [Number(number)];
});
const count = Math.max(2, ...descriptors) + 1;
const child = spawn(node, ['--disable-warning=ExperimentalWarning', program, ...args], {
  stdio: Array.from({ length: count }, (_, at) =>
    at < 3 || descriptors.includes(at) ? 'inherit' : 'ignore',
  ),
});
// The child hears an interrupt from the terminal itself; a termination has to be passed on.
process.on('SIGINT', () => {});
for (const signal of /** @type {const} */ (['SIGTERM', 'SIGHUP']))
  process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => {
  process.exit(code ?? 128 + (signal === null ? 0 : (constants.signals[signal] ?? 0)));
});
