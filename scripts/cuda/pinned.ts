/**
 * What the set-up of TensorFlow fetches, each pinned by its hash. Of a tfjs-node 4.22 installed in the usual way this
 * would be TensorFlow 2.9.1 (CUDA 11.2, cuDNN 8.1) and a ready-made addon, from a host that gives no hashes and by an
 * install script, which Semblance runs none of. PyPI's wheel of TensorFlow carries the same library, newer, with a hash.
 */
import type { PinnedFile } from '../setup/cached-file.ts';

export interface PinnedWheel extends PinnedFile {
  /** As pip takes it. */
  readonly requirement: string;
  /** Bytes. */
  readonly size: number;
  /** Where it lies, for whoever has to fetch it by hand. */
  readonly page: string;
}

function wheel(project: string, file: string, sha256: string, size: number): PinnedWheel {
  const version = '2.21.0';
  return {
    name: file,
    integrity: `sha256-${Buffer.from(sha256, 'hex').toString('base64')}`,
    what: `PyPI's ${file}`,
    requirement: `${project}==${version}`,
    size,
    page: `https://pypi.org/project/${project}/${version}/#files`,
  };
}

/** Any release for any Python would do: only the library and its headers are taken. Linux on x64, glibc 2.27. */
export const wheels = {
  cuda: wheel(
    'tensorflow',
    'tensorflow-2.21.0-cp311-cp311-manylinux_2_27_x86_64.whl',
    '9056fbc9ba04235810b71ae6cbd958a196e8804fb53bbcffbf3e23b56155f124',
    572_440_367,
  ),
  cpu: wheel(
    'tensorflow-cpu',
    'tensorflow_cpu-2.21.0-cp311-cp311-manylinux_2_27_x86_64.whl',
    '2b847d217b02ee7731ed91431daf3250daa0196c3c94614d23be27232e6e5b6c',
    273_829_956,
  ),
} as const;

export interface PinnedPackage extends PinnedFile {
  /** As npm takes it. */
  readonly specifier: string;
  /** Folder it is unpacked to, below that of the installation. */
  readonly folder: string;
}

/**
 * The addon's sources and the kernels on top of it, and the one package these load. Its other dependencies, some forty
 * packages, serve its install script and its files of models.
 */
export const packages: readonly PinnedPackage[] = [
  {
    name: 'tfjs-node-gpu-4.22.0.tgz',
    specifier: '@tensorflow/tfjs-node-gpu@4.22.0',
    integrity:
      'sha512-p//NN6DGiN4hInUmIkRffaFVMcdTREUMjPyjW04J7OXvB2zBlQimj61eFKSgRrH3f5TnOfKzb0n56he/B6a4bw==',
    what: '@tensorflow/tfjs-node-gpu@4.22.0',
    folder: 'tfjs-node-gpu',
  },
  {
    name: 'google-protobuf-3.21.4.tgz',
    specifier: 'google-protobuf@3.21.4',
    integrity:
      'sha512-MnG7N936zcKTco4Jd2PX2U96Kf9PxygAPKBug+74LHzmHXmceN16MmRcdgZv+DGef/S9YvQAfRsNCn4cjf9yyQ==',
    what: 'google-protobuf@3.21.4',
    folder: 'node_modules/google-protobuf',
  },
];
