/**
 * How fast a folder of DICOM files is de-identified, and what memory that takes, over 100,000 files: copies of the
 * radiographs in the folder SEMBLANCE_RADIOGRAPHS, else of a fixture, each of another patient.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defaultTemplate, namesBy } from '../src/engine/dicom/deidentify/output-name.ts';
import { basicChoices, Profile } from '../src/engine/dicom/deidentify/profile/profile.ts';
import { importDicom } from '../src/engine/dicom/import/import-dicom.ts';
import { deidentifySet } from '../src/engine/jobs/deidentify/deidentify-set.ts';
import { runMark } from '../src/engine/jobs/deidentify/set-marks.ts';
import { FolderOutput } from '../src/engine/jobs/deidentify/folder-output.ts';
import { startMakerThread } from '../src/engine/maker-thread.ts';
import { freshKey } from '../src/engine/privacy/pseudonyms/key.ts';
import type { Figure } from './benchmark.ts';
import { writeCopies } from './dicom-copies.ts';

export const name = 'dicom de-identification';

const wanted = 100_000;
const ofEach = Math.ceil(wanted / 700);

export async function run(): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'semblance-deid-bench-'));
  try {
    const source = join(folder, 'source');
    const files = writeCopies(process.env.SEMBLANCE_RADIOGRAPHS, source, ofEach);
    return await measure(files, source, join(folder, 'output'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measure(files: number, source: string, target: string): Promise<Figure[]> {
  const fail = ({ error }: { readonly error: Error }) => {
    throw error;
  };
  const { index } = await importDicom([source], { onQuarantined: fail });
  const key = freshKey();
  /** Resident memory after each tenth. */
  const memory: number[] = [];
  let seen = 0;
  const [before, cpuBefore] = [performance.now(), process.cpuUsage()];
  const { written } = await deidentifySet(
    {
      ...{ index, key, profile: new Profile(basicChoices), naming: namesBy(defaultTemplate) },
      output: new FolderOutput(target, { overwrite: false, run: runMark(key, []) }),
      onWithheld: fail,
    },
    {
      signal: new AbortController().signal,
      startMaker: startMakerThread,
      report: () => {
        if (++seen % Math.floor(files / 10) === 0) memory.push(process.memoryUsage.rss());
      },
    },
  );
  const seconds = (performance.now() - before) / 1000;
  const { user, system } = process.cpuUsage(cpuBefore);
  if (written !== files) throw new Error(`${written} of ${files} files`);
  console.error(`After each tenth, MiB: ${memory.map((bytes) => (bytes / 2 ** 20).toFixed(0)).join(', ')}`);
  const [second = 0, last = 0] = [memory[1], memory.at(-1)];
  return [
    { metric: `files de-identified and written, ${files}`, value: files / seconds, unit: 'files/s' },
    { metric: 'processor time a file', value: (user + system) / files / 1000, unit: 'ms' },
    { metric: 'memory after a fifth of them', value: second / 2 ** 20, unit: 'MiB' },
    { metric: 'memory after all', value: last / 2 ** 20, unit: 'MiB' },
    { metric: 'of a file, at most', value: (last - second) / (files * 0.8), unit: 'bytes', bar: 'constant' },
  ];
}
