/** What of NVIDIA's a TensorFlow needs at run time, and whether it is here. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { Installation } from '../../src/engine/compute/eager/installation.ts';

/**
 * Libraries that TensorFlow opens for itself, by the beginnings of their names. Some of CUDA's count their versions in
 * their own way.
 */
function needed({ cuda, cudnn }: { cuda: string; cudnn: string }): string[] {
  const major = (version: string): string => (/^\d+/.test(version) ? (version.split('.')[0] ?? '') : '');
  return [
    ...[`libcudart.so.${major(cuda)}`, `libcublas.so.${major(cuda)}`],
    ...['libcufft.so.', 'libcusolver.so.', 'libcusparse.so.', `libcudnn.so.${major(cudnn)}`],
  ];
}

/**
 * Says what is needed, in lines.
 *
 * @param folder The one that holds TensorFlow's, beside which it looks for NVIDIA's packages of PyPI.
 */
export function requirements({ tensorflow, cuda }: Installation, folder: string): string[] {
  if (cuda === null)
    return [`TensorFlow ${tensorflow} was built for the processor only: it needs nothing of NVIDIA's.`];
  const found = existsSync('/proc/driver/nvidia/version') || existsSync('/dev/nvidiactl');
  const driver = `NVIDIA's driver: ${found ? 'found' : 'not found; without it TensorFlow computes on the processor'}.`;
  if (cuda === 'unknown') {
    const known = 'for which CUDA and cuDNN it does not tell (libtensorflow 2.9: CUDA 11.2 and cuDNN 8.1)';
    return [`TensorFlow ${tensorflow} was built for CUDA; ${known}.`, driver];
  }
  const built = `TensorFlow ${tensorflow} was built for CUDA ${cuda.cuda} and cuDNN ${cuda.cudnn}.`;
  const missing = missingLibraries(needed(cuda), folder);
  if (missing.length === 0) return [built, driver, "CUDA's libraries and cuDNN: found."];
  const [major = ''] = cuda.cuda.split('.');
  return [
    built,
    driver,
    `Not found: ${missing.join(', ')}. Any CUDA ${major} from ${cuda.cuda} on and cuDNN ${cuda.cudnn} will do, where the system's linker finds them or LD_LIBRARY_PATH names them${major === '12' ? '; or, from PyPI' : ''}.`,
    ...(major === '12' ? [`  python3 -m pip install --target '${folder}' ${fromPyPI.join(' ')}`] : []),
  ];
}

/** As TensorFlow 2.21 asks for them (its "and-cuda"). It looks for them beside its own folder. */
const fromPyPI = [
  "'nvidia-cuda-runtime-cu12>=12.5.82,<13'",
  "'nvidia-cublas-cu12>=12.5.3.2,<13'",
  "'nvidia-cufft-cu12>=11.2.3.61,<12'",
  "'nvidia-cusolver-cu12>=11.6.3.83,<12'",
  "'nvidia-cusparse-cu12>=12.5.1.3,<13'",
  "'nvidia-nvjitlink-cu12>=12.5.82,<13'",
  "'nvidia-cuda-cupti-cu12>=12.5.82,<13'",
  "'nvidia-cuda-nvrtc-cu12>=12.5.82,<13'",
  "'nvidia-nccl-cu12>=2.27.7,<3'",
  "'nvidia-cudnn-cu12>=9.3.0.75,<10'",
];

function missingLibraries(names: readonly string[], folder: string): string[] {
  const known = spawnSync('ldconfig', ['-p'], { encoding: 'utf8' }).stdout ?? '';
  const packages = join(folder, 'nvidia');
  const folders = [
    ...(process.env.LD_LIBRARY_PATH ?? '').split(delimiter),
    ...list(packages).map((name) => join(packages, name, 'lib')),
  ];
  const files = folders.flatMap(list);
  return names.filter((name) => !known.includes(name) && !files.some((file) => file.startsWith(name)));
}

function list(folder: string): string[] {
  try {
    return folder === '' ? [] : readdirSync(folder);
  } catch {
    return [];
  }
}
