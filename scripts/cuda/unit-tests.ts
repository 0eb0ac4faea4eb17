/**
 * `npm run unit:tensorflow`: the tests of the compute engine once more, op by op on TensorFlow's own library: fetched
 * from PyPI, built here, and kept apart from the one that `npm run setup:cuda` installs. `--if-there`, as in `npm test`:
 * the steps of the table GAN and random programs, only where it was fetched before, or SEMBLANCE_TEST_TENSORFLOW=1 asks for
 * it. Says so, loudly, where it is not run.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder } from '../setup/cached-file.ts';
import { root } from '../setup/root.mjs';
import { install } from './install.ts';
import { wheels } from './pinned.ts';

const target = join(root, '.runtime', 'tensorflow-for-tests');
const [first, ...others] = process.argv.slice(2);
const ifThere = first === '--if-there';
const usual = ifThere
  ? ['eager', 'state-on-device', 'lowerings/programs', 'learning-thread']
  : ['src/engine/compute', 'eager', 'learning-thread'];
const named = ifThere || first === undefined ? others : [first, ...others];
const chosen = named.length > 0 ? named : usual;

function skip(reason: string): never {
  console.log(`SKIPPED: the tests on TensorFlow. ${reason}`);
  process.exit(0);
}

if (process.platform !== 'linux' || process.arch !== 'x64') skip('They need Linux on x64.');
const fetched = existsSync(join(cacheFolder(), wheels.cpu.name));
if (ifThere && !fetched && process.env.SEMBLANCE_TEST_TENSORFLOW !== '1') {
  skip(
    'They fetch 274 MB from PyPI, once: npm run unit:tensorflow, or SEMBLANCE_TEST_TENSORFLOW=1 npm test.',
  );
}
if (!existsSync(join(target, 'installation.json'))) {
  try {
    await install({ wheel: wheels.cpu }, target);
  } catch (error) {
    skip(error instanceof Error ? error.message : String(error));
  }
}
const { status } = spawnSync('npx', ['vitest', 'run', '--project', 'node', ...chosen], {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, SEMBLANCE_TENSORFLOW: target, SEMBLANCE_TEST_DEVICE: 'tensorflow' },
});
process.exit(status ?? 1);
