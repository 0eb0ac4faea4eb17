/**
 * How fast a folder of DICOM files becomes an index, and what memory that takes: 100,000 images of 1,000 series made
 * from one real file, with small pixels, since pixels are not read.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { importDicom } from '../src/engine/dicom/import/import-dicom.ts';
import { readDicomFile } from '../src/engine/dicom/read/part10.ts';
import { type Edit } from '../src/engine/dicom/write/edits.ts';
import { writeDicom } from '../src/engine/dicom/write/part10.ts';
import type { Figure } from './benchmark.ts';

export const name = 'dicom import';

const fixture = join(import.meta.dirname, '../test/fixtures/dicom/MR_small_implicit.dcm');
const files = 100_000;
const ofSeries = 100;

export async function run(): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'semblance-dicom-bench-'));
  try {
    writeFiles(folder);
    return await measure(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function writeFiles(folder: string): void {
  const image = readDicomFile(readFileSync(fixture));
  const set = (tag: number, value: string): Edit => ({ kind: 'set', tag, value });
  for (let i = 0; i < files; i++) {
    const series = Math.floor(i / ofSeries);
    if (i % ofSeries === 0) mkdirSync(join(folder, String(series)));
    const bytes = writeDicom(image, [
      set(0x00080018, `1.2.3.${i}`),
      set(0x00100020, `P${Math.floor(series / 4)}`),
      set(0x0020000d, `1.2.4.${Math.floor(series / 2)}`),
      set(0x0020000e, `1.2.5.${series}`),
      set(0x00200013, String(i % ofSeries)),
      { kind: 'set', tag: 0x7fe00010, vr: 'OW', value: new Uint8Array(256) },
    ]);
    writeFileSync(join(folder, String(series), `${i}.dcm`), bytes);
  }
}

async function measure(folder: string): Promise<Figure[]> {
  const memory: number[] = [];
  let tenth = 0;
  const before = performance.now();
  const cpuBefore = process.cpuUsage();
  const { counts, index } = await importDicom([folder], {
    onQuarantined: ({ error }) => {
      throw error;
    },
    onProgress: ({ files: seen }) => {
      if (seen < tenth * (files / 10)) return;
      memory.push(process.memoryUsage().rss);
      tenth++;
    },
  });
  const seconds = (performance.now() - before) / 1000;
  const { user, system } = process.cpuUsage(cpuBefore);
  if (index.counts.instances !== files) throw new Error(`${index.counts.instances} of ${files} files`);
  const [first = 0, last = 0] = [memory[1], process.memoryUsage().rss];
  return [
    {
      metric: `files indexed, ${files}`,
      value: counts.files / seconds,
      unit: 'files/s',
      bar: 'at least 2,000',
    },
    { metric: 'processor time a file', value: (user + system) / files, unit: 'µs' },
    { metric: 'memory after a tenth of them', value: first / 2 ** 20, unit: 'MiB' },
    { metric: 'memory after all', value: last / 2 ** 20, unit: 'MiB' },
    { metric: 'index of a file, at most', value: (last - first) / (files * 0.9), unit: 'bytes' },
  ];
}
