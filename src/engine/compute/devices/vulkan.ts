/**
 * Whether Vulkan, through which WebGPU reaches a graphics card on Linux, is installed: its loader, and drivers, each
 * described by a JSON file (https://vulkan.lunarg.com/doc/view/latest/linux/LoaderDriverInterface.html).
 */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, dirname, isAbsolute, join, resolve } from 'node:path';

export interface VulkanDriver {
  /** Of its description. */
  readonly file: string;
  /** Of its library, as its description gives it. */
  readonly library: string;
  readonly version: string;
  /** When the library was last changed and how large it is, where it is found. */
  readonly stamp: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** The drivers that the loader would offer. */
export function vulkanDrivers(environment: Environment = process.env): VulkanDriver[] {
  return descriptions(environment).flatMap((file) => {
    const description = described(file);
    if (!description) return [];
    const { library, version } = description;
    const path = isAbsolute(library)
      ? library
      : library.includes('/')
        ? resolve(dirname(file), library)
        : null;
    return [{ file, library, version, stamp: path === null ? '' : stampOf(path) }];
  });
}

const loader = 'libvulkan.so.1';

/** Whether the loader is where the system's linker finds it. */
export function hasVulkanLoader(environment: Environment = process.env): boolean {
  const folders = paths(environment.LD_LIBRARY_PATH);
  if (folders.some((folder) => existsSync(join(folder, loader)))) return true;
  try {
    // The linker's own list of libraries: names, each ended by a zero.
    return readFileSync('/etc/ld.so.cache').includes(`${loader}\0`);
  } catch {
    return ['/usr/lib', '/usr/lib64', '/lib'].some((folder) => existsSync(join(folder, loader)));
  }
}

function descriptions(environment: Environment): string[] {
  // In this order of preference; each replaces all that is below.
  const named = environment.VK_DRIVER_FILES ?? environment.VK_ICD_FILENAMES;
  if (named !== undefined && named !== '') return paths(named).flatMap(filesAt);
  const data = environment.XDG_DATA_DIRS ?? '/usr/local/share:/usr/share';
  const own = environment.XDG_DATA_HOME ?? join(homedir(), '.local', 'share');
  return ['/etc', ...paths(data), own].flatMap((folder) => filesAt(join(folder, 'vulkan', 'icd.d')));
}

/** The file itself, or the descriptions in a folder. */
function filesAt(path: string): string[] {
  try {
    if (!statSync(path).isDirectory()) return [path];
    const names = readdirSync(path).filter((name) => name.endsWith('.json'));
    return names.sort().map((name) => join(path, name));
  } catch {
    return [];
  }
}

function described(file: string): { library: string; version: string } | undefined {
  try {
    const content: unknown = JSON.parse(readFileSync(file, 'utf8'));
    const icd: unknown = isObject(content) ? Reflect.get(content, 'ICD') : undefined;
    if (!isObject(icd)) return undefined;
    const library: unknown = Reflect.get(icd, 'library_path');
    const version: unknown = Reflect.get(icd, 'api_version');
    if (typeof library !== 'string') return undefined;
    return { library, version: typeof version === 'string' ? version : '' };
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function stampOf(path: string): string {
  try {
    const { size, mtimeMs } = statSync(path);
    return `${size} ${mtimeMs}`;
  } catch {
    return '';
  }
}

function paths(list: string | undefined): string[] {
  return (list ?? '').split(delimiter).filter((path) => path !== '');
}
