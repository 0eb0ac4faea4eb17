/** What this machine could compute on. Nothing is asked of a driver here: that is done in a process of its own. */
import { createHash } from 'node:crypto';
import { existsSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { cpus, release, totalmem } from 'node:os';
import { dirname, join } from 'node:path';
import type { AbsentDevice, FoundDevice } from '../../../shared/devices.ts';
import { findTensorFlow, type FoundTensorFlow } from '../eager/installation.ts';
import { driverStamps, graphicsCards } from './graphics-cards.ts';
import type { GraphicsCard } from './graphics-cards.ts';
import { hasVulkanLoader, vulkanDrivers } from './vulkan.ts';
import type { VulkanDriver } from './vulkan.ts';

export interface FoundDevices {
  readonly devices: readonly FoundDevice[];
  /** What could be here as well, and why it is not. */
  readonly absent: readonly AbsentDevice[];
  /** Changes with devices, drivers and libraries: what was tried before has to be tried again then. */
  readonly fingerprint: string;
}

export function findDevices(tensorflow = findTensorFlow()): FoundDevices {
  const cards = graphicsCards();
  const drivers = process.platform === 'linux' && hasVulkanLoader() ? vulkanDrivers() : [];
  const cuda = cudaLibrary();
  const devices: FoundDevice[] = [
    { name: 'cpu', title: cpuTitle(), driver: null, memory: totalmem() },
    ...webgpu(cards, drivers),
    ...(process.platform === 'win32' ? [{ name: 'dml' as const, ...cardOf(cards) }] : []),
    ...(cuda === null ? [] : [{ name: 'cuda' as const, ...cardOf(cards, /NVIDIA/i) }]),
    ...(tensorflow ? [tensorflowDevice(tensorflow, cards)] : []),
  ];
  const stamps = [runtimeStamp(), cuda, tensorflow?.stamp ?? null, driverStamps()];
  const facts = [process.platform, process.arch, release(), stamps, cards, drivers, devices];
  // The set-up makes it for Linux only.
  const absent: AbsentDevice[] =
    tensorflow || process.platform !== 'linux' ? [] : [{ name: 'tensorflow', reason: 'not-installed' }];
  return { devices, absent, fingerprint: createHash('sha256').update(JSON.stringify(facts)).digest('hex') };
}

function cpuTitle(): string {
  return cpus()[0]?.model.replaceAll(/\s+/g, ' ').trim() ?? '';
}

function webgpu(cards: readonly GraphicsCard[], drivers: readonly VulkanDriver[]): FoundDevice[] {
  // The runtime's builds for other platforms have no WebGPU.
  const there =
    process.platform === 'win32' ||
    (process.platform === 'darwin' && process.arch === 'arm64') ||
    (process.platform === 'linux' && process.arch === 'x64' && drivers.length > 0);
  if (!there) return [];
  if (cards.length > 0) return [{ name: 'webgpu', ...cardOf(cards) }];
  // A driver without a card: one that computes in software, or one whose card the system hides.
  const [driver] = drivers;
  const title = driver?.library.split('/').at(-1) ?? '';
  return [{ name: 'webgpu', title, driver: driver ? `Vulkan ${driver.version}` : null, memory: null }];
}

/** The card that is most likely used: the runtime asks for the fast one, and those are the ones with their own memory. */
function cardOf(cards: readonly GraphicsCard[], maker = /NVIDIA|AMD|Apple/i): GraphicsCard {
  const [first] = cards;
  return cards.find(({ title }) => maker.test(title)) ?? first ?? { title: '', driver: null, memory: null };
}

/** On the card, where it was built for CUDA and there is one with its driver; else on the processor. */
function tensorflowDevice(
  { tensorflow, cuda }: FoundTensorFlow,
  cards: readonly GraphicsCard[],
): FoundDevice {
  const library = `TensorFlow ${tensorflow}`;
  if (cuda && hasNvidiaDriver()) {
    const card = cardOf(cards, /NVIDIA/i);
    const builtFor = cuda === 'unknown' ? 'CUDA' : `CUDA ${cuda.cuda} and cuDNN ${cuda.cudnn}`;
    const driver = [card.driver, `${library} for ${builtFor}`];
    return { name: 'tensorflow', ...card, driver: driver.filter((part) => part).join(', ') };
  }
  return { name: 'tensorflow', title: cpuTitle(), driver: library, memory: totalmem() };
}

function hasNvidiaDriver(): boolean {
  return existsSync('/proc/driver/nvidia/version') || existsSync('/dev/nvidiactl');
}

/** Stamp of the runtime's library for CUDA, where it was installed beside the runtime; null without it or a driver. */
function cudaLibrary(): string | null {
  if (process.platform !== 'linux' || process.arch !== 'x64') return null;
  if (!hasNvidiaDriver()) return null;
  return stamp(join(runtimeFolder(), 'libonnxruntime_providers_cuda.so'));
}

function runtimeStamp(): string | null {
  const names = {
    linux: 'libonnxruntime.so.1',
    win32: 'onnxruntime.dll',
    darwin: 'libonnxruntime.1.dylib',
  } as const;
  const name = process.platform in names ? names[process.platform as keyof typeof names] : '';
  return stamp(join(runtimeFolder(), name));
}

function runtimeFolder(): string {
  const entry = createRequire(import.meta.url).resolve('onnxruntime-node');
  return join(dirname(dirname(entry)), 'bin', 'napi-v6', process.platform, process.arch);
}

function stamp(path: string): string | null {
  try {
    const { size, mtimeMs } = statSync(path);
    return `${size} ${mtimeMs}`;
  } catch {
    return null;
  }
}
