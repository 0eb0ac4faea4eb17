/** The other end of probe.ts, in a process of its own: a driver that crashes takes nothing else with it. */
import { toErrorShape } from '../../../shared/errors.ts';
import { runTrial } from './trial.ts';
import type { Cook } from './trial.ts';
import type { TrialAnswer, TrialRequest } from './trial-messages.ts';

/** Answers a request. Never throws. */
export async function answerTrial(
  { device, trial, hopeless }: TrialRequest,
  cook?: Cook,
): Promise<TrialAnswer> {
  try {
    const result = await runTrial(trial, device, hopeless ?? Infinity, cook);
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
