/** The graphics cards of this machine, as far as its system tells without being asked through a driver. */
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
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
}

export const systemFolders: SystemFolders = {
  pci: '/sys/bus/pci/devices',
  nvidia: '/proc/driver/nvidia',
  names: ['/usr/share/hwdata/pci.ids', '/usr/share/misc/pci.ids'],
  windowsDrivers: join(process.env.SystemRoot ?? 'C:\\Windows', 'System32', 'DriverStore', 'FileRepository'),
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

/** Windows tells of its cards only through calls that Node does not have; the drivers installed name their makers. */
function windowsCards({ windowsDrivers }: SystemFolders): GraphicsCard[] {
  const installed = list(windowsDrivers);
  const drivers: Readonly<Record<string, RegExp>> = {
    NVIDIA: /^nv_?disp|^nvlti?/i,
    AMD: /^u\d{7}|^amdgpu|^ati/i,
    Intel: /^iigd_|^igdlh|^ki\d+/i,
    Qualcomm: /^qcdx/i,
  };
  return Object.entries(drivers).flatMap(([maker, pattern]): GraphicsCard[] => {
    const driver = installed.filter((name) => pattern.test(name)).at(-1);
    return driver === undefined ? [] : [{ title: maker, driver, memory: null }];
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

function link(path: string): string | null {
  try {
    return basename(readlinkSync(path));
  } catch {
    return null;
  }
}
