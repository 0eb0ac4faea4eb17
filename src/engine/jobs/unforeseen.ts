import { AppError } from '../../shared/errors.ts';

/**
 * What may be logged of an error nobody foresaw: its class, its code and where it was thrown. Never its message,
 * which may quote a value of the data set. Null for errors that were meant.
 */
export function unforeseen(error: unknown): string | null {
  if (error instanceof AppError) return null;
  if (!(error instanceof Error)) return `unforeseen ${typeof error}`;
  if (error.name === 'AbortError') return null;
  const code = 'code' in error && typeof error.code === 'string' ? ` ${error.code}` : '';
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return [`unforeseen ${error.name}${code}`, ...frames].join('\n');
}
