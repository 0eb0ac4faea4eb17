/** For tests only: makes every device but the CPU compute on the CPU, with a fault. */
import { deviceFailed, GraphExecutor } from '../executor.ts';
import type { Numbers } from '../slots.ts';

export const faults = ['none', 'wrong', 'not-a-number', 'slow', 'crash', 'stuck', 'fails'] as const;
export type Fault = (typeof faults)[number];

/**
 * @param steps That go well before the fault shows.
 * @returns Puts everything back.
 */
export function injectFault(fault: Fault, steps = 1): () => void {
  const open = GraphExecutor.open.bind(GraphExecutor);
  GraphExecutor.open = async (model, slots, options, variables) => {
    const { device = 'cpu' } = options;
    const executor = await open(model, slots, { ...options, device: 'cpu' }, variables);
    if (device === 'cpu') return executor;
    const run = executor.run.bind(executor);
    const readState = executor.readState.bind(executor);
    let taken = 0;
    executor.run = async (inputs) => {
      const results = await run(inputs);
      if (taken++ < steps) return results;
      switch (fault) {
        case 'slow':
          await new Promise((resolve) => setTimeout(resolve, 300));
          break;
        case 'crash':
          process.kill(process.pid, 'SIGSEGV');
          break;
        case 'stuck':
          // Kept alive by it.
          await new Promise((resolve) => setTimeout(resolve, 3_600_000));
          break;
        case 'fails':
          throw deviceFailed(device, new Error('Device lost.'));
        default:
      }
      return results;
    };
    executor.readState = async () => {
      const state = await readState();
      if (fault === 'wrong') return changed(state, (value) => value * 1.01);
      return fault === 'not-a-number' ? changed(state, () => NaN) : state;
    };
    return executor;
  };
  return () => {
    GraphExecutor.open = open;
  };
}

function changed(
  state: Readonly<Record<string, Numbers>>,
  change: (value: number) => number,
): Record<string, Numbers> {
  return Object.fromEntries(Object.entries(state).map(([name, values]) => [name, values.map(change)]));
}

export function faultOf(text: string | undefined): Fault {
  const fault = faults.find((name) => name === text);
  if (!fault) throw new RangeError(`Faults are ${faults.join(', ')}.`);
  return fault;
}
