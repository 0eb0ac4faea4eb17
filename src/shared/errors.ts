/**
 * The closed list of things that can go wrong, as people will read them.
 * `message` says what happened and to which file or column; `fix` says what to do.
 * Neither may ever hold a value taken from a data set.
 *
 * The words stand in `messages/LANGUAGE/errors.json`: `errors_KEY` and `errors_KEY_fix`. What crosses a boundary or is
 * stored is the key with its values, beside the English text for terminal and logs; the window puts it in words.
 */
import type { Locale } from './language.ts';
import { m } from './messages/messages.js';

export const errorCodes = [
  'source/not-found',
  'source/no-permission',
  'source/is-directory',
  'source/empty',
  'source/not-a-table',
  'source/malformed',
  'source/changed',
  'table/too-few-rows',
  'table/no-usable-column',
  'table/unknown-column',
  'output/exists',
  'output/disk-full',
  'output/no-permission',
  'output/failed',
  'output/unfit',
  'seal/invalid',
  'seal/failed',
  'manifest/invalid',
  'condition/invalid',
  'condition/impossible',
  'rule/invalid',
  'rule/contradiction',
  'model/invalid',
  'model/too-new',
  'training/diverged',
  'compute/unsupported',
  'compute/failed',
  'compute/out-of-memory',
  'checkpoint/unusable',
  'job/cancelled',
  'job/not-found',
  'job/conflict',
  'project/not-found',
  'store/unusable',
  'store/locked',
  'store/wrong-passphrase',
  'store/wrong-recovery-key',
  'store/weak-passphrase',
  'store/too-soon',
  'store/system-unavailable',
  'store/in-use',
  'store/damaged',
  'store/foreign',
  'store/newer',
  'store/missing',
  'store/key-missing',
  'store/key-mismatch',
  'store/key-damaged',
  'store/item-not-found',
  'backup/invalid',
  'request/invalid',
  'request/forbidden',
  'engine/stopped',
  'usage',
  'internal',
] as const;

export type ErrorCode = (typeof errorCodes)[number];

type MessageKey = keyof typeof m;

/** What can be said of an error: every `KEY` with both `errors_KEY` and `errors_KEY_fix` among the messages. */
export type ErrorKey = {
  [K in MessageKey]: K extends `errors_${infer Name}`
    ? `errors_${Name}_fix` extends MessageKey
      ? Name
      : never
    : never;
}[MessageKey];

type InputsOf<K> = K extends MessageKey ? NonNullable<Parameters<(typeof m)[K]>[0]> : never;

/** A value within a message: names and numbers, never a value of a data set. */
export type ErrorValue = string | number;

/** The values that the two messages of an error take. */
export type ErrorValues<K extends ErrorKey> = {
  [V in keyof (InputsOf<`errors_${K}`> & InputsOf<`errors_${K}_fix`>)]: ErrorValue;
};

/** An error in no language: the key of its messages and what they take. */
export interface SaidError {
  key: string;
  values: Record<string, ErrorValue>;
}

/** An error as it crosses a process boundary. `message` and `fix` are in English. */
export interface ErrorShape {
  code: ErrorCode;
  message: string;
  fix: string;
  said?: SaidError | undefined;
}

/** An error meant for a person. Everything the engine throws on purpose is one of these. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly fix: string;
  readonly said: SaidError | undefined;

  /** For words that are not shown in the window: everything else is made by `AppError.of`. */
  constructor(code: ErrorCode, message: string, fix: string, options?: ErrorOptions, said?: SaidError) {
    super(message, options);
    this.name = 'AppError';
    this.code = code;
    this.fix = fix;
    this.said = said;
  }

  /** @param key of its messages, `errors_KEY` and `errors_KEY_fix`. */
  static of<K extends ErrorKey>(
    code: ErrorCode,
    key: K,
    values: ErrorValues<K>,
    options?: ErrorOptions,
  ): AppError {
    const said: SaidError = { key, values: { ...values } };
    const { message, fix } = wordsOf(said, 'en') ?? { message: key, fix: '' };
    return new AppError(code, message, fix, options, said);
  }

  /** The error that another process has told of. */
  static from({ code, message, fix, said }: ErrorShape): AppError {
    return new AppError(code, message, fix, undefined, said);
  }
}

/**
 * An error in words.
 *
 * @param locale The language of the process unless given.
 * @returns Undefined where no message has this key: it was stored by another version.
 */
export function wordsOf(
  { key, values }: SaidError,
  locale?: Locale,
): { message: string; fix: string } | undefined {
  const messages: Readonly<Record<string, unknown>> = m;
  const [what, fix] = [messages[`errors_${key}`], messages[`errors_${key}_fix`]];
  if (!isMessage(what) || !isMessage(fix)) return undefined;
  const options = locale === undefined ? {} : { locale };
  return { message: what(values, options), fix: fix(values, options) };
}

/** Each message has inputs of its own; which ones is checked where the error is made. */
function isMessage(
  value: unknown,
): value is (values: SaidError['values'], options: { locale?: Locale }) => string {
  return typeof value === 'function';
}

/**
 * The shape of any thrown thing, for a process boundary. An unforeseen error keeps its text to itself:
 * it may quote a value of the data set.
 */
export function toErrorShape(error: unknown): ErrorShape {
  if (error instanceof AppError) {
    const { code, message, fix, said } = error;
    return { code, message, fix, ...(said && { said }) };
  }
  if (error instanceof Error && error.name === 'AbortError') {
    return toErrorShape(AppError.of('job/cancelled', 'cancelled', {}));
  }
  return toErrorShape(AppError.of('internal', 'internal', {}));
}
