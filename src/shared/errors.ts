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
  'seal/needed',
  'seal/invalid',
  'seal/failed',
  'manifest/invalid',
  'dicom/not-dicom',
  'dicom/damaged',
  'dicom/truncated',
  'dicom/unsupported',
  'dicom/unfit',
  'dicom/duplicate',
  'dicom/conflict',
  'dicom/leak',
  'dicom/profile',
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
  'compute/device-failed',
  'checkpoint/unusable',
  'privacy/untreated',
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

/**
 * A value within a message: a name, a number, a list as the language writes it, or a message in its turn. Never a
 * value of a data set.
 */
export type ErrorValue = string | number | readonly string[] | ErrorPart;

/** A message within a message, in no language: what was expected, why a file cannot be used. */
export interface ErrorPart {
  /** Its key in the catalogue, area and all. */
  part: string;
  values: Record<string, ErrorValue>;
}

/** The values that the two messages of an error take. */
export type ErrorValues<K extends ErrorKey> = {
  [V in keyof (InputsOf<`errors_${K}`> & InputsOf<`errors_${K}_fix`>)]: ErrorValue;
};

/** A message as a value of another. */
export function partOf<K extends MessageKey>(
  key: K,
  values: { [V in keyof InputsOf<K>]: ErrorValue },
): ErrorPart {
  return { part: key, values: { ...values } };
}

/** The words of an error as values of another's, which says where it came about. */
export function partsOf({ message, fix, said }: AppError): { what: ErrorValue; fix: ErrorValue } {
  if (said === undefined) return { what: message, fix };
  const { key, values } = said;
  return { what: { part: `errors_${key}`, values }, fix: { part: `errors_${key}_fix`, values } };
}

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

  /** For the terminal, which speaks English: everything else is made by `AppError.of`, as a lint rule holds. */
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

  /** The same error under another code: what is wrong with a part is what is wrong with the whole. */
  as(code: ErrorCode): AppError {
    return new AppError(code, this.message, this.fix, { cause: this }, this.said);
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
  const message = inWords({ part: `errors_${key}`, values }, locale);
  const fix = inWords({ part: `errors_${key}_fix`, values }, locale);
  return message === undefined || fix === undefined ? undefined : { message, fix };
}

type Message = (values: Record<string, string | number>, options: { locale?: Locale }) => string;

/** Undefined where a message is unknown, or one within it. */
function inWords({ part, values }: ErrorPart, locale: Locale | undefined): string | undefined {
  const messages: Readonly<Record<string, unknown>> = m;
  const message = messages[part];
  if (!isMessage(message)) return undefined;
  const options = locale === undefined ? {} : { locale };
  const worded: Record<string, string | number> = {};
  for (const [name, value] of Object.entries(values)) {
    const words =
      typeof value === 'string' || typeof value === 'number'
        ? value
        : isPart(value)
          ? inWords(value, locale)
          : value.join(m.units_list_separator({}, options));
    if (words === undefined) return undefined;
    worded[name] = words;
  }
  return message(worded, options);
}

function isPart(value: readonly string[] | ErrorPart): value is ErrorPart {
  return 'part' in value;
}

/** Each message has inputs of its own; which ones is checked where the error is made. */
function isMessage(value: unknown): value is Message {
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
