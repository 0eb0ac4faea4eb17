/**
 * The layers of Semblance and what each may import. Imports point one way:
 * renderer, preload, main → shared; cli → engine → shared.
 */

/**
 * @typedef {object} Zone
 * @property {string} name Folder below `src`, or a file directly in `src/engine` (`engine/entry`).
 * @property {readonly string[]} mayImport Other zones it may import from.
 * @property {readonly string[]} [onlyPackages] When given, the only npm packages it may import.
 * @property {boolean} [inPage] Runs in a page or beside one, without Node's built-in modules.
 */

const engineParts = [
  'engine/compute',
  'engine/tables',
  'engine/dicom',
  'engine/synthesis',
  'engine/quality',
  'engine/privacy',
  'engine/store',
  'engine/jobs',
];

/** @type {readonly Zone[]} */
export const zones = [
  { name: 'shared', mayImport: [], onlyPackages: ['zod'], inPage: true },
  { name: 'engine/compute', mayImport: ['shared'] },
  { name: 'engine/tables', mayImport: ['shared'] },
  { name: 'engine/dicom', mayImport: ['shared'] },
  { name: 'engine/synthesis', mayImport: ['engine/compute', 'engine/tables', 'engine/dicom', 'shared'] },
  { name: 'engine/quality', mayImport: ['engine/tables', 'shared'] },
  { name: 'engine/privacy', mayImport: ['engine/tables', 'shared'] },
  { name: 'engine/store', mayImport: ['shared'] },
  {
    name: 'engine/jobs',
    mayImport: [
      'engine/compute',
      'engine/tables',
      'engine/dicom',
      'engine/synthesis',
      'engine/quality',
      'engine/privacy',
      'engine/store',
      'shared',
    ],
  },
  { name: 'engine/entry', mayImport: [...engineParts, 'shared'] },
  { name: 'cli', mayImport: ['engine/entry', ...engineParts, 'shared'] },
  { name: 'main', mayImport: ['shared'] },
  { name: 'preload', mayImport: ['shared'] },
  { name: 'renderer', mayImport: ['shared'], inPage: true },
];

/**
 * Packages that belong to some zones, or to single files, only: a name covers its subpaths; a trailing `*` its
 * namesakes.
 *
 * @type {readonly { packages: readonly string[], zones: readonly string[], files?: readonly string[] }[]}
 */
export const packageHomes = [
  // Programs are written against the public functional API; only compute runs anything.
  { packages: ['@tensorflow/tfjs'], zones: ['engine/compute', 'engine/synthesis'] },
  { packages: ['@tensorflow/tfjs-*', 'onnxruntime-node'], zones: ['engine/compute'] },
  { packages: ['@duckdb/*'], zones: ['engine/tables'] },
  { packages: ['dicom-parser', 'dicom-character-set', 'yauzl'], zones: ['engine/dicom'] },
  { packages: ['yazl'], zones: [], files: ['src/engine/jobs/deidentify/archive-output.ts'] },
  {
    packages: ['better-sqlite3'],
    zones: ['engine/store'],
    files: ['src/engine/tables/sqlite-output.ts'],
  },
  {
    packages: ['age-encryption', '@noble/ciphers'],
    zones: [],
    files: ['src/engine/tables/age.ts', 'src/engine/tables/age-passphrase.ts'],
  },
  { packages: ['electron'], zones: ['main', 'preload'] },
];

/**
 * Zone of a file.
 *
 * @param {string} path Path from the repository root with forward slashes, e.g. `src/engine/tables/load.ts`.
 * @returns {Zone | undefined} Undefined outside `src`.
 */
export function zoneOf(path) {
  const [top, layer, part, rest] = path.split('/');
  if (top !== 'src' || layer === undefined) return undefined;
  const name = layer !== 'engine' ? layer : rest === undefined ? 'engine/entry' : `engine/${part}`;
  return zones.find((zone) => zone.name === name);
}

/**
 * Whether a package specifier matches one of `patterns`.
 *
 * @param {string} specifier e.g. `@tensorflow/tfjs/dist/ops`.
 * @param {readonly string[]} patterns
 */
export function matchesPackage(specifier, patterns) {
  return patterns.some((pattern) =>
    pattern.endsWith('*')
      ? specifier.startsWith(pattern.slice(0, -1))
      : specifier === pattern || specifier.startsWith(`${pattern}/`),
  );
}
