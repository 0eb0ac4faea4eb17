/** Puts TensorFlow where the engine finds it (src/engine/compute/eager/installation.ts): whole, or not at all. */
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { cacheFolder } from '../setup/cached-file.ts';
import { hasIntegrity } from '../setup/integrity.ts';
import { root } from '../setup/root.mjs';
import { run } from '../setup/run.ts';
import type { Installation } from '../../src/engine/compute/eager/installation.ts';
import { buildAddon, versionOf } from './build.ts';
import { fetchPackage, fetchWheel } from './fetch.ts';
import { tensorFlowIn } from './library.ts';
import { packages, type PinnedWheel } from './pinned.ts';
import { unpackWheel } from './unpack-wheel.ts';

export const usualTarget = join(root, '.runtime', 'tensorflow');

/** Where the library comes from: fetched, in a file that is the pinned one, or in a folder, where it stays. */
export type Source =
  { readonly wheel: PinnedWheel; readonly file?: string } | { readonly libtensorflow: string };

export interface Installed {
  readonly installation: Installation;
  /** The folder that holds TensorFlow's. */
  readonly beside: string;
}

/** @throws Error for people when something cannot be fetched, is not what was pinned, or cannot be built. */
export async function install(
  source: Source,
  target = usualTarget,
  cache = cacheFolder(),
): Promise<Installed> {
  await mkdir(dirname(target), { recursive: true });
  const work = await mkdtemp(`${target}-`);
  try {
    let library;
    // Where the addon will look: beside itself, or where the library is and stays.
    let libraryFolder = '$ORIGIN/tensorflow';
    if ('libtensorflow' in source) {
      library = tensorFlowIn(source.libtensorflow);
      libraryFolder = dirname(library.libraries[0] ?? '');
    } else {
      const wheel = await wheelOf(source, cache);
      console.log('Unpacking the library');
      await unpackWheel(wheel, work);
      library = tensorFlowIn(work);
    }
    for (const pinned of packages) {
      const archive = await fetchPackage(cache, pinned);
      const folder = join(work, pinned.folder);
      await mkdir(folder, { recursive: true });
      await run('tar', ['-xzf', archive, '-C', folder, '--strip-components=1', '--no-same-owner'], root);
    }
    const addon = join(work, 'tfjs_binding.node');
    await buildAddon(join(work, 'tfjs-node-gpu'), library, libraryFolder, addon);
    const installation: Installation = { tensorflow: await versionOf(addon), cuda: library.cuda };
    await writeFile(join(work, 'installation.json'), `${JSON.stringify(installation)}\n`);
    await rm(target, { recursive: true, force: true });
    await rename(work, target);
    const beside = 'libtensorflow' in source ? dirname(libraryFolder) : target;
    return { installation, beside };
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

async function wheelOf(
  { wheel, file }: Exclude<Source, { libtensorflow: string }>,
  cache: string,
): Promise<string> {
  if (file === undefined) return fetchWheel(cache, wheel);
  if (await hasIntegrity(file, wheel.integrity)) return file;
  throw new Error(`${file} is not ${wheel.name} as PyPI has it; nothing of it was used.`);
}
