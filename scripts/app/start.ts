/** `npm start`: opens the app, built first when the sources are newer. */
import { spawn, spawnSync } from 'node:child_process';
import { root } from '../setup/root.mjs';
import { isBuilt } from './build-state.ts';
import { appEnvironment, runtimeForAWindow } from './launch.ts';

const runtime = await runtimeForAWindow();
if (!isBuilt(root)) {
  console.log('building the app');
  const { status } = spawnSync('npm', ['run', '--silent', 'build'], {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (status !== 0) process.exit(status ?? 1);
}
const app = spawn(runtime.executable, ['.', ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
  env: appEnvironment(),
});
process.on('SIGINT', () => {});
app.on('exit', (code) => process.exit(code ?? 1));
