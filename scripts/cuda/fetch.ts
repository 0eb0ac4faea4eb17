/** Fetches what is pinned, with the clients people have set up for it: npm, and pip for what comes from PyPI. */
import { readdir } from 'node:fs/promises';
import { spawnSync } from 'node:child_process';
import { cachedFile } from '../setup/cached-file.ts';
import { root } from '../setup/root.mjs';
import { run } from '../setup/run.ts';
import type { PinnedPackage, PinnedWheel } from './pinned.ts';

/** The archive of a package of npm. @throws Error when it cannot be fetched or is another. */
export function fetchPackage(cache: string, pinned: PinnedPackage): Promise<string> {
  return cachedFile(cache, pinned, async (folder) => {
    console.log(`Fetching ${pinned.specifier} from the npm registry`);
    await run('npm', ['pack', pinned.specifier, '--pack-destination', folder, '--loglevel=error'], root);
  });
}

/** The wheel. @throws Error when it cannot be fetched or is another: with what to do then. */
export async function fetchWheel(cache: string, pinned: PinnedWheel): Promise<string> {
  try {
    return await cachedFile(cache, pinned, async (folder) => {
      console.log(`Fetching ${pinned.name} (${megabytes(pinned.size)}) from PyPI`);
      await run(pythonWithPip(), [...pipDownload, '--dest', folder, pinned.requirement], root, 3_600_000);
      const files = await readdir(folder);
      if (files.length !== 1) throw new Error(`pip has fetched ${files.join(', ') || 'nothing'}.`);
    });
  } catch (error) {
    throw new Error(byHand(pinned, error instanceof Error ? error.message : String(error)), { cause: error });
  }
}

/** The very wheel that is pinned, whatever Python pip itself runs on. */
const pipDownload = [
  ...['-m', 'pip', 'download', '--quiet', '--disable-pip-version-check', '--no-deps', '--only-binary=:all:'],
  ...['--implementation', 'cp', '--python-version', '3.11', '--abi', 'cp311'],
  ...['--platform', 'manylinux_2_27_x86_64'],
];

function pythonWithPip(): string {
  const found = [process.env.SEMBLANCE_PYTHON, 'python3', 'python'].find(
    (python) => python !== undefined && spawnSync(python, ['-m', 'pip', '--version']).status === 0,
  );
  if (found === undefined) throw new Error('No Python with pip was found here.');
  return found;
}

function byHand({ name, page }: PinnedWheel, reason: string): string {
  return `TensorFlow could not be fetched from PyPI: ${reason}
Either download ${name} from
  ${page}
on a machine that reaches it, and install from the file:
  npm run setup:cuda -- --wheel FILE
or, where TensorFlow is on this machine already, build against that:
  npm run setup:cuda -- --libtensorflow DIR
(the folder "tensorflow" of a Python's site-packages, or an unpacked libtensorflow).`;
}

export function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1e6)} MB`;
}
