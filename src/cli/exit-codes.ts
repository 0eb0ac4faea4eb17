import type { ErrorCode } from '../shared/errors.ts';

/** What the shell is told. Part of the terminal's contract: `semblance --help` lists them. */
export const exitCodes = {
  ok: 0,
  internal: 1,
  usage: 2,
  input: 3,
  output: 4,
  model: 5,
  store: 6,
  /** `verify`: a file or the signature is not as it should be. */
  unverified: 7,
  /** 128 + SIGINT, as shells count it. */
  cancelled: 130,
} as const;

export function exitCodeOf(code: ErrorCode): number {
  if (code === 'job/cancelled') return exitCodes.cancelled;
  if (code === 'usage' || code === 'request/invalid') return exitCodes.usage;
  // What is asked for cannot be done as it is asked for.
  if (/^(condition|rule|privacy)\//.test(code)) return exitCodes.usage;
  switch (code.slice(0, code.indexOf('/'))) {
    case 'source':
    case 'seal':
    case 'manifest':
    case 'table':
    case 'dicom':
      return exitCodes.input;
    case 'output':
      return exitCodes.output;
    case 'model':
    case 'training':
    case 'compute':
      return exitCodes.model;
    case 'project':
    case 'store':
    case 'backup':
      return exitCodes.store;
    default:
      return exitCodes.internal;
  }
}
