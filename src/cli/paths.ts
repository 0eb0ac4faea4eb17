import { realpath } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { AppError } from '../shared/errors.ts';

/** Throws `usage` when `output` is one of the inputs: those are never written to, not even with --force. */
export async function requireApart(output: string, inputs: readonly (string | undefined)[]): Promise<void> {
  const target = await real(output);
  for (const input of inputs) {
    if (input === undefined || (await real(input)) !== target) continue;
    throw new AppError(
      'usage',
      `“${basename(output)}” is read and cannot be written as well.`,
      'Choose another name for the output.',
    );
  }
}

async function real(path: string): Promise<string> {
  return realpath(path).catch(() => resolve(path));
}
