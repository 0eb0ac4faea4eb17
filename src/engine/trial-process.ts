/**
 * Starts the process in which a device is tried: see compute/devices/probe.ts. In a utility process of Electron main
 * does it: trials-by-main.ts.
 */
import { fileURLToPath } from 'node:url';
import { isTrialAnswer } from './compute/devices/trial-messages.ts';
import type { TrialProcess } from './compute/devices/probe.ts';
import { forkOwn } from './no-network.ts';

/** Beside this file, as source or built. */
function trialEntry(): string {
  const name = import.meta.url.endsWith('.ts') ? './device-trial.ts' : './device-trial.mjs';
  return fileURLToPath(new URL(name, import.meta.url));
}

/** @param entry What the process runs, for tests. */
export function startTrialProcess(entry = trialEntry()): TrialProcess {
  const child = forkOwn(entry, {
    // Typed arrays are passed on as they are.
    serialization: 'advanced',
    execArgv: ['--disable-warning=ExperimentalWarning'],
    // What drivers print is not for whoever reads the engine's output.
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  return {
    ask: (request) => {
      // A process that is gone already is heard of by its end.
      child.send(request, () => {});
    },
    onAnswer: (listener) => {
      child.once('message', (answer) => {
        if (isTrialAnswer(answer)) listener(answer);
      });
    },
    onEnd: (listener) => {
      child.once('exit', (code, signal) => {
        listener(signal ?? `code ${code ?? 'unknown'}`);
      });
      child.once('error', (error) => {
        listener(error.message);
      });
    },
    kill: () => {
      child.kill('SIGKILL');
    },
  };
}
