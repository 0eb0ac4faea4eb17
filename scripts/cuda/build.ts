/** Builds the addon of tfjs-node against a TensorFlow library: one call of the compiler. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { run } from '../setup/run.ts';
import type { TensorFlowLibrary } from './library.ts';

/** The version of Node's stable interface for addons that the sources are written for. */
const napi = 8;

/**
 * Compiles `sources`/binding/*.cc into `addon`. Headers of Node are those of the Node this runs on, which come with it
 * from npm.
 *
 * @param libraryFolder Where the addon looks for the libraries at run time; `$ORIGIN` is its own folder.
 * @throws Error with what the compiler says, or that there is none.
 */
export async function buildAddon(
  sources: string,
  { libraries, include }: TensorFlowLibrary,
  libraryFolder: string,
  addon: string,
): Promise<void> {
  const compiler = process.env.CXX ?? 'g++';
  if (spawnSync(compiler, ['--version']).status !== 0) {
    throw new Error(
      `A C++ compiler is needed and ${compiler} was not found. On Debian and Ubuntu: apt-get install g++; or name one in CXX.`,
    );
  }
  const node = join(dirname(dirname(process.execPath)), 'include', 'node');
  if (!existsSync(join(node, 'node_api.h'))) {
    throw new Error(`The headers of Node are not where they come with it: ${node}.`);
  }
  console.log(`Building the addon with ${compiler}`);
  const args = [
    ...['-std=c++17', '-O2', '-shared', '-fPIC', '-fvisibility=hidden', `-DNAPI_VERSION=${napi}`],
    ...[sources, include, node].map((folder) => `-I${folder}`),
    ...['tfjs_backend.cc', 'tfjs_binding.cc'].map((file) => join(sources, 'binding', file)),
    ...['-o', addon, `-L${dirname(libraries[0] ?? '')}`],
    ...libraries.map((file) => `-l:${basename(file)}`),
    `-Wl,-rpath,${libraryFolder}`,
  ];
  await run(compiler, args, sources);
}

/**
 * Loads the addon in a process of its own, as it will be, and asks for TensorFlow's version.
 *
 * @throws Error with what the system's loader says.
 */
export async function versionOf(addon: string): Promise<string> {
  const ask = `process.stdout.write(require(${JSON.stringify(addon)}).TF_Version)`;
  const version = (await run(process.execPath, ['-e', ask], dirname(addon))).trim();
  if (!/^\d+\.\d+/.test(version)) throw new Error(`The addon tells no version of TensorFlow: ${version}`);
  return version;
}
