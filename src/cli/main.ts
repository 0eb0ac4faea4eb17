/** The terminal program: `semblance <command> …`. Runs the engine's tasks in its own process. */
import '../engine/no-network.ts';
import { styleText } from 'node:util';
import { startDrawThread } from '../engine/draw-thread.ts';
import { startMakerThread } from '../engine/maker-thread.ts';
import { unforeseen } from '../engine/jobs/unforeseen.ts';
import { version } from '../engine/jobs/version.ts';
import { allowMemory } from '../engine/tables/memory.ts';
import { removeOrphans } from '../engine/tables/temporary.ts';
import { AppError, toErrorShape } from '../shared/errors.ts';
import type { Command } from './command.ts';
import { exitCodeOf, exitCodes } from './exit-codes.ts';
import { commandHelp, commandNames, generalHelp } from './help.ts';
import type { CommandName } from './help.ts';
import { Options } from './options.ts';
import { createProgress } from './progress.ts';
import type { Progress } from './progress.ts';

/** Each loads what it needs only: the tensor library alone takes a second. */
const commands: Readonly<Record<CommandName, () => Promise<Command>>> = {
  synth: async () => (await import('./commands/synth.ts')).runSynth,
  profile: async () => (await import('./commands/profile.ts')).runProfile,
  generate: async () => (await import('./commands/generate.ts')).runGenerate,
  inspect: async () => (await import('./commands/inspect.ts')).runInspect,
  verify: async () => (await import('./commands/verify.ts')).runVerify,
  decrypt: async () => (await import('./commands/decrypt.ts')).runDecrypt,
  evaluate: async () => (await import('./commands/evaluate.ts')).runEvaluate,
  devices: async () => (await import('./commands/devices.ts')).runDevices,
  store: async () => (await import('./commands/store.ts')).runStore,
  dicom: async () => (await import('./commands/dicom.ts')).runDicom,
  deid: async () => (await import('./commands/deid.ts')).runDeid,
};

/** Lines fit this many characters: the terminal's, within what reads well. */
function lineWidth(): number {
  return Math.min(120, Math.max(80, process.stdout.columns ?? 100));
}

function isCommand(name: string): name is CommandName {
  return (commandNames as readonly string[]).includes(name);
}

/** Aborts at the first Ctrl-C (or SIGTERM, SIGHUP); a second one ends at once, and unfinished files go as it does. */
function cancelOnSignals(progress: () => Progress | null): AbortSignal {
  const controller = new AbortController();
  const cancel = (): void => {
    if (controller.signal.aborted) process.exit(exitCodes.cancelled);
    progress()?.end();
    controller.abort(new DOMException('Cancelled.', 'AbortError'));
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, cancel);
  return controller.signal;
}

async function run(args: readonly string[]): Promise<number> {
  const [first, ...rest] = args;
  if (first === '--version' || first === '-v') return print(version);
  if (first === undefined) return print(generalHelp.trimEnd(), exitCodes.usage);
  if (first === '--help' || first === '-h' || first === 'help') {
    const [topic] = rest;
    return print((topic !== undefined && isCommand(topic) ? commandHelp[topic] : generalHelp).trimEnd());
  }
  let json = args.includes('--json');
  let progress: Progress | null = null;
  const signal = cancelOnSignals(() => progress);
  try {
    if (!isCommand(first)) {
      throw new AppError('usage', `There is no command “${first}”.`, 'See: semblance --help');
    }
    if (rest.includes('--help') || rest.includes('-h')) return print(commandHelp[first].trimEnd());
    const options = new Options(first, rest);
    json = options.flag('json');
    allowMemory(options.bytes('memory') ?? Infinity);
    progress = createProgress(process.stderr, json);
    void removeOrphans();
    const command = await commands[first]();
    const result = await command(options, {
      ...{ signal, report: progress.report, startThread: startDrawThread, startMaker: startMakerThread },
    });
    progress.end();
    return print(
      json
        ? JSON.stringify({ ok: true, command: first, semblance: version, ...result.json })
        : result.text(lineWidth()).join('\n'),
      result.exitCode,
    );
  } catch (error) {
    progress?.end();
    // Whatever a cancelled command threw, it was cancelled.
    const shape = toErrorShape(signal.aborted ? signal.reason : error);
    const note = signal.aborted ? null : unforeseen(error);
    if (note !== null) process.stderr.write(`${note}\n`);
    if (json) print(JSON.stringify({ ok: false, error: shape }));
    else if (signal.aborted) process.stderr.write('Cancelled. Nothing half-written was left behind.\n');
    else process.stderr.write(`${styleText('red', 'semblance:')} ${shape.message}\n  ${shape.fix}\n`);
    return exitCodeOf(shape.code);
  }
}

function print(text: string, code: number = exitCodes.ok): number {
  process.stdout.write(`${text}\n`);
  return code;
}

// A reader that has seen enough (head, less) is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  process.exit(error.code === 'EPIPE' ? exitCodes.ok : exitCodes.internal);
});
process.exitCode = await run(process.argv.slice(2));
