/** What a folder with TensorFlow in it holds: its library, its headers, and what of NVIDIA's it was built for. */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Installation } from '../../src/engine/compute/eager/installation.ts';

export interface TensorFlowLibrary {
  /** The libraries to link, the one that needs the other first. */
  readonly libraries: readonly string[];
  readonly include: string;
  readonly cuda: Installation['cuda'];
}

/**
 * Looks at a folder: `tensorflow` of a Python's site-packages, a folder that holds that, or an unpacked libtensorflow.
 *
 * @throws Error naming what is missing.
 */
export function tensorFlowIn(folder: string): TensorFlowLibrary {
  const places = [folder, join(folder, 'tensorflow')].map((place) => resolve(place));
  for (const place of places) {
    const include = join(place, 'include');
    if (!existsSync(join(include, 'tensorflow', 'c', 'eager', 'c_api.h'))) continue;
    for (const [directory, name, framework] of kinds) {
      const libraries = [name, framework].map((file) => join(place, directory, file));
      if (libraries.every((file) => existsSync(file))) {
        return { libraries, include, cuda: builtFor(place, libraries) };
      }
    }
  }
  throw new Error(
    `${resolve(folder)} holds no TensorFlow with its headers: looked for include/tensorflow/c/eager/c_api.h and for
libtensorflow_cc.so.2 (of a Python's site-packages, TensorFlow 2.11 or later) or lib/libtensorflow.so.2.`,
  );
}

/** Of the wheel on PyPI, and of the archives of libtensorflow. */
const kinds = [
  ['.', 'libtensorflow_cc.so.2', 'libtensorflow_framework.so.2'],
  ['lib', 'libtensorflow.so.2', 'libtensorflow_framework.so.2'],
] as const;

function builtFor(place: string, libraries: readonly string[]): TensorFlowLibrary['cuda'] {
  const notes = join(place, 'python', 'platform', 'build_info.py');
  if (existsSync(notes)) {
    const text = readFileSync(notes, 'utf8');
    const of = (key: string): string | undefined => new RegExp(`'${key}', '([^']+)'`).exec(text)?.[1];
    const [cuda, cudnn] = [of('cuda_version'), of('cudnn_version')];
    return cuda !== undefined && cudnn !== undefined ? { cuda, cudnn } : null;
  }
  // The driver's library is named in what was built for CUDA, and in nothing else.
  const forCuda = libraries.some((file) => readFileSync(file).includes('libcuda.so.1'));
  return forCuda ? 'unknown' : null;
}
