/** What goes between a process that tries a device and whoever has started it. */
import type { DeviceName } from '../../../shared/device-names.ts';
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
