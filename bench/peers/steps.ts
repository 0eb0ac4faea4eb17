/**
 * `npm run bench:steps`: training steps of Semblance and of PyTorch, eager and by torch.compile, one after the other in the
 * same run, with as many threads: the WGAN-GP critic and the convolutional discriminator of the design. Each is measured
 * twice, before and after its peer, and the better counts, as something else may be running. Says so and ends well where
 * there is no Python.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { describeDevice } from '../../src/engine/compute/compile.ts';
import { formatValue } from '../benchmark.ts';
import { compiledCritic } from '../steps/critic.ts';
import { convolutionalStep } from '../steps/discriminator.ts';
import { medianStep, type MeasuredStep, type StepTimes } from '../steps/median-step.ts';
import { preparePython } from './python.ts';

const steps = {
  critic: { what: 'WGAN-GP critic, 500 × 300-256-256-1', step: compiledCritic, bar: 1.5 },
  discriminator: {
    what: 'convolutional discriminator with R1, 16 × 64 × 64 × 1',
    step: convolutionalStep,
    bar: 1.3,
  },
} as const satisfies Record<string, { what: string; step: MeasuredStep; bar: number }>;
type StepName = keyof typeof steps;
const names = Object.keys(steps) as StepName[];

type PeerStep = { stepMs: number; firstMs: number } | { reason: string };

interface Peer {
  torch: string;
  threads: number;
  steps: Record<StepName, { eager: PeerStep; compiled?: PeerStep }>;
}

function measurePeer(python: string, compiled: boolean): Peer {
  const folder = mkdtempSync(join(tmpdir(), 'semblance-steps-'));
  try {
    const settings = join(folder, 'settings.json');
    writeFileSync(settings, JSON.stringify({ steps: 100, warm: 10, compile: compiled }));
    const script = join(import.meta.dirname, 'training_steps.py');
    const { status, stdout } = spawnSync(python, ['-W', 'ignore', script, settings], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    if (status !== 0) throw new Error('PyTorch could not be measured.');
    return JSON.parse(stdout) as Peer;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function measureOwn(): Promise<Record<StepName, StepTimes>> {
  const critic = await medianStep(steps.critic.step, 200);
  const discriminator = await medianStep(steps.discriminator.step, 60);
  return { critic, discriminator };
}

function inWords(step: PeerStep | undefined): string {
  if (step === undefined) return 'not measured';
  return 'reason' in step ? `not to be had: ${step.reason}` : `${formatValue(step.stepMs)} ms`;
}

const { values } = parseArgs({ options: { 'without-compile': { type: 'boolean', default: false } } });
const prepared = preparePython();
if ('reason' in prepared) {
  console.log(`SKIPPED: the comparison with PyTorch, because ${prepared.reason}.`);
} else {
  const loads: number[] = [];
  const noteLoad = (): number => loads.push((loadavg()[0] ?? 0) / availableParallelism());
  noteLoad();
  const before = await measureOwn();
  console.error('PyTorch …');
  const peer = measurePeer(prepared.python, !values['without-compile']);
  noteLoad();
  const after = await measureOwn();
  noteLoad();
  console.log(`PyTorch ${peer.torch}, ${String(peer.threads)} threads. Semblance, ${describeDevice()}.\n`);
  console.log('| step | Semblance | PyTorch eager | torch.compile | ratio to eager | bar |');
  console.log('| --- | ---: | ---: | ---: | ---: | --- |');
  for (const name of names) {
    const { what, bar } = steps[name];
    const own = Math.min(before[name].stepMs, after[name].stepMs);
    const { eager, compiled } = peer.steps[name];
    const ratio = 'reason' in eager ? 'none' : formatValue(eager.stepMs / own);
    console.log(
      `| ${what} | ${formatValue(own)} ms | ${inWords(eager)} | ${inWords(compiled)} | ${ratio} | at least ${String(bar)} |`,
    );
  }
  console.log(
    `\nRunnable processes per core before, between and after (1 is what the measured one makes): ${loads.map((load) => load.toFixed(1)).join(', ')}.`,
  );
  if (Math.max(...loads) > 1.5)
    console.log('The machine was busy with other work: do not quote these figures.');
}
