/** The graphics cards of this machine, as far as its system tells without being asked through a driver. */
import { readdirSync, readFileSync, readlinkSync, statSync } from 'node:fs';
import { cpus, release, totalmem } from 'node:os';
import { basename, join } from 'node:path';

export interface GraphicsCard {
  /** As its maker calls it, or at least its maker. */
  readonly title: string;
  readonly driver: string | null;
  /** Bytes of its own memory; null where the system does not tell. */
  readonly memory: number | null;
}

/** Folders to look in, for tests. */
export interface SystemFolders {
  readonly pci: string;
  readonly nvidia: string;
  readonly names: readonly string[];
  readonly windowsDrivers: string;
  readonly windowsLibraries: string;
}

const system32 = join(process.env.SystemRoot ?? 'C:\\Windows', 'System32');

export const systemFolders: SystemFolders = {
  pci: '/sys/bus/pci/devices',
  nvidia: '/proc/driver/nvidia',
  names: ['/usr/share/hwdata/pci.ids', '/usr/share/misc/pci.ids'],
  windowsDrivers: join(system32, 'DriverStore', 'FileRepository'),
  windowsLibraries: system32,
};

export function graphicsCards(
  folders: SystemFolders = systemFolders,
  platform: NodeJS.Platform = process.platform,
): GraphicsCard[] {
  if (platform === 'linux') return linuxCards(folders);
  if (platform === 'darwin') {
    // One chip with one memory.
    return [{ title: cpus()[0]?.model ?? 'Apple', driver: `Metal, macOS ${release()}`, memory: totalmem() }];
  }
  if (platform === 'win32') return windowsCards(folders);
  return [];
}

/** Graphics controllers have a class that begins with 03 (https://pci-ids.ucw.cz/read/PD/03). */
function linuxCards({ pci, nvidia, names }: SystemFolders): GraphicsCard[] {
  return list(pci).flatMap((slot): GraphicsCard[] => {
    const folder = join(pci, slot);
    if (!text(join(folder, 'class')).startsWith('0x03')) return [];
    const vendor = text(join(folder, 'vendor')).replace('0x', '');
    const device = text(join(folder, 'device')).replace('0x', '');
    const model = /^Model:\s*(.+)$/m.exec(text(join(nvidia, 'gpus', slot, 'information')))?.[1];
    const memory = Number(text(join(folder, 'mem_info_vram_total')));
    return [
      {
        title: model ?? pciName(vendor, device, names),
        driver: linuxDriver(folder, nvidia),
        memory: memory > 0 ? memory : null,
      },
    ];
  });
}

function linuxDriver(folder: string, nvidia: string): string | null {
  const name = link(join(folder, 'driver'));
  if (name === null) return null;
  if (name !== 'nvidia') return `${name}, Linux ${release()}`;
  const version = /\b\d+\.\d+(?:\.\d+)?\b/.exec(text(join(nvidia, 'version')))?.[0];
  return version === undefined ? name : `${name} ${version}`;
}

const makers: Readonly<Record<string, string>> = {
  '10de': 'NVIDIA',
  '1002': 'AMD',
  '8086': 'Intel',
  '1af4': 'Virtio',
  '15ad': 'VMware',
  '1414': 'Microsoft',
};

/** The name in the system's list of PCI devices: a line a maker, below it, indented, one a device. */
function pciName(vendor: string, device: string, files: readonly string[]): string {
  const maker = makers[vendor] ?? `PCI ${vendor}`;
  for (const file of files) {
    const known = text(file);
    const from = known.indexOf(`\n${vendor}  `);
    if (from < 0) continue;
    const lines = known.slice(from + 1).split('\n');
    for (const line of lines.slice(1)) {
      if (line.startsWith(`\t${device}  `)) return `${maker} ${line.slice(device.length + 3).trim()}`;
      if (line !== '' && !/^[\t#]/.test(line)) break;
    }
  }
  return `${maker} ${vendor}:${device}`;
}

/** How the packages of drivers begin that Windows keeps, by maker. */
const windowsPackages: Readonly<Record<string, RegExp>> = {
  NVIDIA: /^nv_?disp|^nvlti?/i,
  AMD: /^u\d{7}|^amdgpu|^ati/i,
  Intel: /^iigd_|^igdlh|^ki\d+/i,
  Qualcomm: /^qcdx/i,
};

/** What a driver for each maker's cards, and the loader of Vulkan, put beside the system's own libraries. */
const windowsLibraries = [
  'nvapi64.dll',
  'nvcuda.dll',
  'amdxc64.dll',
  'atiadlxx.dll',
  'ControlLib.dll',
  'vulkan-1.dll',
];

/**
 * Windows tells of its cards only through calls that Node does not have; the drivers installed name their makers. Of
 * several packages of one maker the newest is named.
 */
function windowsCards({ windowsDrivers }: SystemFolders): GraphicsCard[] {
  const installed = list(windowsDrivers);
  return Object.entries(windowsPackages).flatMap(([maker, pattern]): GraphicsCard[] => {
    const [driver] = installed
      .filter((name) => pattern.test(name))
      .sort((a, b) => changed(join(windowsDrivers, b)) - changed(join(windowsDrivers, a)));
    return driver === undefined ? [] : [{ title: maker, driver, memory: null }];
  });
}

/**
 * Changes whenever a driver of a graphics card is installed, updated, removed or rolled back, where the cards' own
 * descriptions need not: on Windows an older package stays beside a newer one, and what is in use shows in the libraries
 * alone. Empty on other systems, whose drivers tell their version.
 */
export function driverStamps(
  { windowsDrivers, windowsLibraries: libraries }: SystemFolders = systemFolders,
  platform: NodeJS.Platform = process.platform,
): string[] {
  if (platform !== 'win32') return [];
  const patterns = Object.values(windowsPackages);
  const packages = list(windowsDrivers)
    .filter((name) => patterns.some((pattern) => pattern.test(name)))
    .map((name) => join(windowsDrivers, name));
  const inUse = windowsLibraries.map((name) => join(libraries, name));
  return [...packages, ...inUse].flatMap((path) => {
    const found = statSync(path, { throwIfNoEntry: false });
    return found === undefined ? [] : [`${path} ${found.size} ${found.mtimeMs}`];
  });
}

function list(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}

function text(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    return '';
  }
}

/** When a file or folder was changed last, in milliseconds; 0 where there is none. */
function changed(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

function link(path: string): string | null {
  try {
    return basename(readlinkSync(path));
  } catch {
    return null;
  }
}
