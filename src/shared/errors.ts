/**
 * The closed list of things that can go wrong, as people will read them.
 * `message` says what happened and to which file or column; `fix` says what to do.
 * Neither may ever hold a value taken from a data set.
 */
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
  'request/invalid',
  'request/forbidden',
  'engine/stopped',
  'usage',
  'internal',
] as const;

export type ErrorCode = (typeof errorCodes)[number];

/** An error as it crosses a process boundary. */
export interface ErrorShape {
  code: ErrorCode;
  message: string;
  fix: string;
}

/** An error meant for a person. Everything the engine throws on purpose is one of these. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly fix: string;

  constructor(code: ErrorCode, message: string, fix: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'AppError';
    this.code = code;
    this.fix = fix;
  }
}

/**
 * The shape of any thrown thing, for a process boundary. An unforeseen error keeps its text to itself:
 * it may quote a value of the data set.
 */
export function toErrorShape(error: unknown): ErrorShape {
  if (error instanceof AppError) return { code: error.code, message: error.message, fix: error.fix };
  if (error instanceof Error && error.name === 'AbortError') {
    return { code: 'job/cancelled', message: 'The job was cancelled.', fix: 'Start it again when you like.' };
  }
  return {
    code: 'internal',
    message: 'Something went wrong inside Semblance.',
    fix: 'Try again. If it happens again, restart Semblance; your source files are untouched.',
  };
}
