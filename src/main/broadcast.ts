import { isEventName } from '../shared/channels.ts';
import { events, type EventName, type EventPayload } from '../shared/contract.ts';
import type { ReportDefect } from './handle.ts';

/** A window's page, to send to. */
export interface Receiver {
  send(event: EventName, payload: unknown): void;
}

/** Sends an event to pages. */
export function broadcast<E extends EventName>(
  receivers: readonly Receiver[],
  event: E,
  payload: EventPayload<E>,
): void {
  for (const receiver of receivers) receiver.send(event, payload);
}

/** Sends on what the engine says, if the contract knows it and it is as the contract wants it. */
export function relay(
  receivers: readonly Receiver[],
  event: string,
  payload: unknown,
  report: ReportDefect,
): void {
  if (!isEventName(event)) {
    report('The engine sent an event that is not in the contract.');
    return;
  }
  const checked = events[event].safeParse(payload);
  if (!checked.success) {
    const places = checked.error.issues.map((issue) => issue.path.join('.')).slice(0, 5);
    report(`The event ${event} breaks the contract at ${places.join(', ')}.`);
    return;
  }
  for (const receiver of receivers) receiver.send(event, checked.data);
}
