/** The other end of probe.ts, in a process of its own: a driver that crashes takes nothing else with it. */
import { toErrorShape } from '../../../shared/errors.ts';
import type { DeviceName } from '../../../shared/devices.ts';
import { runTrial } from './trial.ts';
import type { Trial, TrialResult } from './trial.ts';

/** What is asked of the child: one trial, then it ends. */
export interface TrialRequest {
  readonly device: DeviceName;
  readonly trial: Trial;
  /** Milliseconds a step may take at most to be of any use; null: any. */
  readonly hopeless: number | null;
}

export type TrialAnswer =
  | { readonly kind: 'result'; readonly result: TrialResult }
  | { readonly kind: 'hopeless'; readonly milliseconds: number }
  | { readonly kind: 'failed'; readonly detail: string };

export function isTrialRequest(message: unknown): message is TrialRequest {
  return typeof message === 'object' && message !== null && 'trial' in message && 'device' in message;
}

export function isTrialAnswer(message: unknown): message is TrialAnswer {
  return typeof message === 'object' && message !== null && 'kind' in message;
}

/** Answers a request. Never throws. */
export async function answerTrial({ device, trial, hopeless }: TrialRequest): Promise<TrialAnswer> {
  try {
    const result = await runTrial(trial, device, hopeless ?? Infinity);
    return 'hopeless' in result
      ? { kind: 'hopeless', milliseconds: result.hopeless }
      : { kind: 'result', result };
  } catch (error) {
    return { kind: 'failed', detail: detailOf(error) };
  }
}

/** What the runtime said, in one line. It knows sizes and names of operators, and no values. */
function detailOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : undefined;
  const text = (cause ?? toErrorShape(error).message).replaceAll(/\s+/g, ' ').trim();
  return text.length > 300 ? `${text.slice(0, 299)}…` : text;
}
