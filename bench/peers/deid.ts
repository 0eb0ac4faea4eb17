/**
 * `npm run bench:deid-speed [-- FOLDER] [--copies N] [--rounds N]`: dicognito from PyPI and Semblance de-identify the same
 * files, one after the other in the same run, with their defaults, and write them. FOLDER holds DICOM files (700 images
 * made from a fixture when absent); N copies of each patient with other UIDs (1). Neither's start counts, nor that of
 * Semblance's threads; all that comes after does. Each is measured several times by turns (3), in a process of its own,
 * and the median counts. Says so and ends well where there is no Python.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { formatValue } from '../benchmark.ts';
import { writeCopies } from '../dicom-copies.ts';
import { preparePython } from './python.ts';

const took = z.object({ seconds: z.number(), cpu: z.number(), what: z.string() });
type Took = z.infer<typeof took>;

/** Files a second that count as much faster. */
const bar = 5;

/** What was written before is on the drive before the clock starts, or who waits for the drive waits for it as well. */
function measured(command: string, args: readonly string[]): Took {
  spawnSync('sync');
  const { status, stdout } = spawnSync(command, args, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (status !== 0) throw new Error(`${command} failed.`);
  return took.parse(JSON.parse(stdout));
}

function median(rounds: readonly Took[], of: 'seconds' | 'cpu'): number {
  return rounds.map((round) => round[of]).sort((a, b) => a - b)[rounds.length >> 1] ?? NaN;
}

function report(files: number, peer: readonly Took[], own: readonly Took[]): string {
  const line = (metric: string, theirs: number, ours: number, unit: string, ratio: number, held = '') =>
    `| ${metric} | ${formatValue(theirs)} ${unit} | ${formatValue(ours)} ${unit} | ${formatValue(ratio)} | ${held} |`;
  const [theirs, ours] = [median(peer, 'seconds'), median(own, 'seconds')];
  const [theirCpu, ourCpu] = [median(peer, 'cpu'), median(own, 'cpu')];
  return [
    `${files} files, ${cpus()[0]?.model.trim() ?? ''}, ${availableParallelism()} cores. ${peer[0]?.what ?? ''}. ${own[0]?.what ?? ''}.`,
    '',
    '| | dicognito | Semblance | ratio | bar |',
    '| --- | ---: | ---: | ---: | --- |',
    line('files de-identified and written', files / theirs, files / ours, 'files/s', theirs / ours, `at least ${bar}`),
    line('processor time a file', (1000 * theirCpu) / files, (1000 * ourCpu) / files, 'ms', theirCpu / ourCpu),
    '',
  ].join('\n'); // prettier-ignore
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { copies: { type: 'string', default: '1' }, rounds: { type: 'string', default: '3' } },
});
const prepared = preparePython('dicom');
if ('reason' in prepared) {
  console.log(`SKIPPED: the comparison with dicognito, because ${prepared.reason}.`);
} else {
  const folder = mkdtempSync(join(tmpdir(), 'semblance-deid-peers-'));
  try {
    const source = join(folder, 'source');
    const files = writeCopies(positionals[0], source, Number(values.copies));
    const [peer, own, loads]: [Took[], Took[], number[]] = [[], [], []];
    const scripts = { peer: 'dicognito_rate.py', own: 'deid-rate.ts' };
    for (let round = 0; round < Number(values.rounds); round++) {
      loads.push((loadavg()[0] ?? 0) / availableParallelism());
      const script = (name: keyof typeof scripts) => join(import.meta.dirname, scripts[name]);
      // Folders of their own: a file system is slow to use again what was removed a moment ago.
      peer.push(measured(prepared.python, [script('peer'), source, join(folder, `peer-${round}`)]));
      own.push(
        measured(process.execPath, [
          '--disable-warning=ExperimentalWarning',
          ...[script('own'), source, join(folder, `own-${round}`)],
        ]),
      );
    }
    console.log(report(files, peer, own));
    console.log(
      `Runnable processes per core before each round (1 is what the measured one makes): ${loads.map((load) => load.toFixed(1)).join(', ')}.`,
    );
    if (Math.max(...loads) > 1.5)
      console.log('The machine was busy with other work: do not quote these figures.');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
