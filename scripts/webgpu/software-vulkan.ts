/**
 * Vulkan in software: SwiftShader, which comes with Electron and Chromium. Through it the tests reach WebGPU on a machine
 * without a graphics card; slowly, but computing the same.
 */
import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { root } from '../setup/root.mjs';

const driver = 'vk_swiftshader_icd.json';
const library = 'libvk_swiftshader.so';
const loader = 'libvulkan.so.1';

/** Folders that may hold it: of the Electron of a checkout, the pinned one of the tests, and a Chromium of the system. */
function places(checkout: string): string[] {
  const runtimes = join(checkout, '.runtime');
  const pinned = existsSync(runtimes) ? readdirSync(runtimes).map((name) => join(runtimes, name)) : [];
  return [
    join(checkout, 'node_modules', 'electron', 'dist'),
    ...pinned,
    '/usr/lib/chromium',
    '/usr/lib/chromium-browser',
    '/opt/google/chrome',
  ];
}

/**
 * The environment in which a process finds SwiftShader, and nothing else, when it looks for Vulkan; null where it is not
 * to be had. The linker reads it when a process starts: it cannot be set from within.
 */
export function softwareVulkan(folders = places(root)): Record<string, string> | null {
  if (process.platform !== 'linux' || process.arch !== 'x64') return null;
  const folder = folders.find((place) =>
    [driver, library, loader].every((name) => existsSync(join(place, name))),
  );
  if (folder === undefined) return null;
  const before = process.env.LD_LIBRARY_PATH;
  const paths = [folder, ...(before === undefined || before === '' ? [] : [before])];
  return { LD_LIBRARY_PATH: paths.join(delimiter), VK_ICD_FILENAMES: join(folder, driver) };
}
