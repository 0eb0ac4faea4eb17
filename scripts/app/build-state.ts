import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Time of the newest file in a folder, in milliseconds; of the file itself when it is one. */
function newest(path: string): number {
  const stats = statSync(path);
  if (!stats.isDirectory()) return stats.mtimeMs;
  return Math.max(0, ...readdirSync(path).map((name) => newest(join(path, name))));
}

const outputs = [
  'out/engine/main.mjs',
  'out/main/index.cjs',
  'out/preload/index.cjs',
  'out/renderer/index.html',
];
const sources = [
  'src',
  'messages',
  'project.inlang/settings.json',
  'resources',
  'package-lock.json',
  'electron.vite.config.ts',
  'vite.engine.config.ts',
  'svelte.config.js',
];

/** Whether every part of the app is built and younger than all it is built from. */
export function isBuilt(root: string): boolean {
  const paths = outputs.map((path) => join(root, path));
  if (!paths.every((path) => existsSync(path))) return false;
  const built = Math.min(...paths.map((path) => statSync(path).mtimeMs));
  return sources.every((path) => !existsSync(join(root, path)) || newest(join(root, path)) <= built);
}
