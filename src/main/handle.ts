/**
 * The one way in from a page. Every call is checked for who sends it and what it carries,
 * and every answer for what it gives away; nothing is ever thrown across the boundary.
 */
import type { IpcMain } from 'electron';
import type { z } from 'zod';
import { contract, type Channel, type Input, type Output, type Reply } from '../shared/contract.ts';
import { AppError, toErrorShape } from '../shared/errors.ts';
import { originOf } from './page-origin.ts';

/** The part of Electron's event that says who called. */
export interface CallEvent {
  readonly sender: { readonly id: number };
  /** Null once the frame is gone. `parent` is null for the page itself and a frame for what is embedded in it. */
  readonly senderFrame: { readonly url: string; readonly parent: unknown } | null;
}

/** Whom to answer: the app's own windows, showing the app's own page. */
export interface Trust {
  readonly origin: string;
  isOwnWindow(id: number): boolean;
}

/** What answers a channel. Its result is checked against the contract before it leaves. */
export type Answer<C extends Channel> = (input: Input<C>) => unknown;

/** Told of what should not happen; never gets a value, only names. */
export type ReportDefect = (message: string) => void;

type Schemas = { readonly [C in Channel]: { input: z.ZodType<Input<C>>; output: z.ZodType<Output<C>> } };
const schemas: Schemas = contract;

/** Makes `answer` the answer to `channel`. */
export function handle<C extends Channel>(
  ipc: Pick<IpcMain, 'handle'>,
  channel: C,
  trust: Trust,
  answer: Answer<C>,
  report: ReportDefect,
): void {
  ipc.handle(channel, (event, input: unknown) => answerCall(channel, event, input, trust, answer, report));
}

/** Checks, answers, checks again. Exported for its tests. */
export async function answerCall<C extends Channel>(
  channel: C,
  event: CallEvent,
  input: unknown,
  trust: Trust,
  answer: Answer<C>,
  report: ReportDefect,
): Promise<Reply<Output<C>>> {
  try {
    if (!isTrusted(event, trust)) {
      throw AppError.of('request/forbidden', 'foreign_page', {});
    }
    const asked = schemas[channel].input.safeParse(input);
    if (!asked.success) {
      throw AppError.of('request/invalid', 'request_not_understood', {
        channel,
        places: placesOf(asked.error),
      });
    }
    const answered = schemas[channel].output.safeParse(await answer(asked.data));
    if (!answered.success) {
      report(`The answer to ${channel} breaks the contract at ${placesOf(answered.error)}.`);
      return { ok: false, error: toErrorShape(undefined) };
    }
    return { ok: true, value: answered.data };
  } catch (error) {
    if (!(error instanceof AppError)) report(`${channel} failed unexpectedly: ${nameOf(error)}.`);
    return { ok: false, error: toErrorShape(error) };
  }
}

function isTrusted(event: CallEvent, trust: Trust): boolean {
  const frame = event.senderFrame;
  return frame?.parent === null && originOf(frame.url) === trust.origin && trust.isOwnWindow(event.sender.id);
}

/** Where a value breaks its schema, without the value. */
function placesOf(error: z.ZodError): string {
  const places = error.issues.map((issue) => (issue.path.length === 0 ? 'itself' : issue.path.join('.')));
  return [...new Set(places)].slice(0, 5).join(', ');
}

/** Not its message: that may quote a value of the data set. */
function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}
