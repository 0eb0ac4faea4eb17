/**
 * `npm run setup:cuda`: makes TensorFlow's own library a device that Semblance can compute on. It is fetched from PyPI,
 * checked against its hash, and the addon that reaches it is built here.
 */
import { rm } from 'node:fs/promises';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { cacheFolder } from '../setup/cached-file.ts';
import { megabytes } from './fetch.ts';
import { install, usualTarget, type Source } from './install.ts';
import { wheels } from './pinned.ts';
import { requirements } from './requirements.ts';

const usage = `npm run setup:cuda [-- OPTION…]: TensorFlow's own library as a device (Linux on x64).

  (none)               TensorFlow 2.21.0 for CUDA 12.5 and cuDNN 9, from PyPI (${megabytes(wheels.cuda.size)}); needs pip and g++.
                       Where there is no card of NVIDIA's it computes on the processor.
  --cpu                the same for the processor only (${megabytes(wheels.cpu.size)})
  --wheel FILE         from one of these two wheels, fetched elsewhere
  --libtensorflow DIR  build against a TensorFlow that is on this machine: the folder "tensorflow" of a Python's
                       site-packages (2.11 or later), or an unpacked libtensorflow; it has to stay there
  --remove             undo it
  --help               this`;

function fail(message: string): never {
  console.error(message);
  process.exit(1);
}

const { values } = (() => {
  try {
    const options = {
      cpu: { type: 'boolean' },
      wheel: { type: 'string' },
      libtensorflow: { type: 'string' },
      remove: { type: 'boolean' },
      help: { type: 'boolean' },
    } as const;
    return parseArgs({ options });
  } catch (error) {
    return fail(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
  }
})();

if (values.help) {
  console.log(usage);
  process.exit(0);
}
if (values.remove) {
  await rm(usualTarget, { recursive: true, force: true });
  console.log(`TensorFlow is removed. What was fetched for it is kept in ${cacheFolder()}.`);
  process.exit(0);
}
if (process.platform !== 'linux' || process.arch !== 'x64') {
  fail(
    `TensorFlow's library can be set up on Linux on x64 only; this is ${process.platform} on ${process.arch}. Windows and macOS reach the graphics card without it: npx semblance devices.`,
  );
}
const { wheel: file } = values;
const named = Object.values(wheels).find(({ name }) => file !== undefined && name === basename(file));
const wheel = named ?? (values.cpu ? wheels.cpu : wheels.cuda);
const source: Source =
  values.libtensorflow === undefined
    ? { wheel, ...(file !== undefined && { file }) }
    : { libtensorflow: values.libtensorflow };
try {
  const { installation, beside } = await install(source);
  console.log(requirements(installation, beside).join('\n'));
  console.log(`Installed in ${usualTarget}.
Whether it computes rightly here, and how fast: npx semblance devices --test --device tensorflow`);
} catch (error) {
  fail(error instanceof Error ? error.message : String(error));
}
