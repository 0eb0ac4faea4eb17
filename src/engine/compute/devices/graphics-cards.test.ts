import { mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { driverStamps, graphicsCards } from './graphics-cards.ts';
import type { SystemFolders } from './graphics-cards.ts';

let folder = '';
let folders: SystemFolders;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'semblance-cards-'));
  const at = (name: string) => join(folder, name);
  folders = {
    ...{ pci: at('pci'), nvidia: at('nvidia'), names: [at('pci.ids')] },
    ...{ windowsDrivers: at('FileRepository'), windowsLibraries: at('System32') },
  };
  for (const name of ['pci', 'nvidia', 'FileRepository', 'System32']) mkdirSync(at(name));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

it('names the cards of Linux by their model or by the list of PCI devices', () => {
  const card = (slot: string, files: Record<string, string>, driver: string) => {
    mkdirSync(join(folder, 'pci', slot));
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, 'pci', slot, name), text);
    symlinkSync(join(folder, 'drivers', driver), join(folder, 'pci', slot, 'driver'));
  };
  card('0000:01:00.0', { class: '0x030000', vendor: '0x10de', device: '0x2330' }, 'nvidia');
  card(
    '0000:02:00.0',
    { class: '0x038000', vendor: '0x1002', device: '0x744c', mem_info_vram_total: '8589934592' },
    'amdgpu',
  );
  card('0000:03:00.0', { class: '0x020000', vendor: '0x8086', device: '0x1521' }, 'igb');
  mkdirSync(join(folder, 'nvidia', 'gpus', '0000:01:00.0'), { recursive: true });
  writeFileSync(join(folder, 'nvidia', 'gpus', '0000:01:00.0', 'information'), 'Model: \t\t NVIDIA H100\n');
  writeFileSync(join(folder, 'nvidia', 'version'), 'NVRM version: NVIDIA UNIX x86_64  580.159.04  Release');
  writeFileSync(join(folder, 'pci.ids'), '# list\n1002  AMD/ATI\n\t744c  Navi 31\n10de  NVIDIA\n');
  expect(graphicsCards(folders, 'linux')).toMatchObject([
    { title: 'NVIDIA H100', driver: 'nvidia 580.159.04', memory: null },
    { title: 'AMD Navi 31', memory: 8_589_934_592 },
  ]);
  expect(driverStamps(folders, 'linux')).toEqual([]);
});

/** A package of a driver as Windows keeps it, installed at a time in seconds. */
function install(name: string, seconds: number): void {
  const path = join(folder, 'FileRepository', name);
  mkdirSync(path, { recursive: true });
  utimesSync(path, seconds, seconds);
}

it('names the newest driver of Windows, whatever its name sorts after', () => {
  install('nv_dispi.inf_amd64_ffff', 1000);
  install('nv_dispi.inf_amd64_0000', 2000);
  install('iigd_dch.inf_amd64_1234', 500);
  install('usbaudio.inf_amd64_1234', 3000);
  expect(graphicsCards(folders, 'win32')).toEqual([
    { title: 'NVIDIA', driver: 'nv_dispi.inf_amd64_0000', memory: null },
    { title: 'Intel', driver: 'iigd_dch.inf_amd64_1234', memory: null },
  ]);
});

it('notices every change of a driver on Windows, and no other', () => {
  const library = join(folder, 'System32', 'nvapi64.dll');
  writeFileSync(library, 'version 1');
  install('nv_dispi.inf_amd64_ffff', 1000);
  const seen = [driverStamps(folders, 'win32')];
  const isNew = () => {
    const now = driverStamps(folders, 'win32');
    const differs = seen.every((stamps) => JSON.stringify(stamps) !== JSON.stringify(now));
    seen.push(now);
    return differs;
  };
  install('nv_dispi.inf_amd64_0000', 2000);
  writeFileSync(library, 'version 2!');
  expect(isNew(), 'an update').toBe(true);
  writeFileSync(library, 'version 1');
  expect(isNew(), 'rolled back to what was there before').toBe(true);
  install('nv_dispi.inf_amd64_0000', 4000);
  expect(isNew(), 'installed anew under its name').toBe(true);
  install('usbaudio.inf_amd64_1234', 3000);
  expect(isNew(), 'of no graphics card').toBe(false);
});
