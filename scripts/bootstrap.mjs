/**
 * Where every command starts. Needs only Node 20 and npm; makes the rest be there, then runs a file on Node 24:
 *
 *   node scripts/bootstrap.mjs [--window | --hidden-window] [FILE [ARGUMENT…]]
 *
 * `--window`: the command shows a window. `--hidden-window`: one on a virtual screen will do.
 * Done once, the set-up only looks whether everything is in place.
 */
import { spawn } from 'node:child_process';
import { delimiter, dirname, join } from 'node:path';
import { installDependencies } from './setup/dependencies.mjs';
import { linkCommands } from './setup/commands.mjs';
import { findNode24, noNode24 } from './setup/node24.mjs';
import { root } from './setup/root.mjs';
import { adviceFor, installPackages, missingPackages, missingTestTools } from './setup/system-libraries.mjs';

const [first, ...others] = process.argv.slice(2);
const window = first === '--window' || first === '--hidden-window';
const [file, ...args] = window ? others : first === undefined ? [] : [first, ...others];

if (Number.parseInt(process.versions.node, 10) < 20) {
  console.error(`Semblance needs Node 20 or newer to set itself up; this is ${process.version}.`);
  process.exit(1);
}
if (!installDependencies()) process.exit(1);
const node = findNode24();
if (node === undefined) {
  console.error(noNode24);
  process.exit(1);
}
linkCommands(node);
const { compileMessages } = await import('./messages/compile.mjs');
await compileMessages();
if (window) {
  const packages = missingPackages({ hidden: first === '--hidden-window' });
  // Not the end: whatever opens a window stops there, and the rest of the command is still of use.
  if (!installPackages(packages)) console.error(adviceFor(packages));
  // Apart: a release that lacks one of these must not keep a window from opening.
  if (first === '--hidden-window') installPackages(missingTestTools());
}
if (file !== undefined) {
  const PATH = [join(root, 'node_modules', '.bin'), dirname(node), process.env.PATH ?? ''].join(delimiter);
  const child = spawn(node, ['--disable-warning=ExperimentalWarning', join(root, file), ...args], {
    stdio: 'inherit',
    env: { ...process.env, PATH },
  });
  // The child hears an interrupt from the terminal itself and decides when to end.
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)));
}
