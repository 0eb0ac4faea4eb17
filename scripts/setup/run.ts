import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/**
 * Runs a program to its end without showing what it prints.
 *
 * @param limit Milliseconds it may take.
 * @throws Error with what it printed, when it fails or takes longer.
 */
export async function run(program: string, args: string[], cwd: string, limit = 600_000): Promise<string> {
  try {
    const options = { cwd, timeout: limit, maxBuffer: 2 ** 26, shell: process.platform === 'win32' };
    return (await execute(program, args, options)).stdout;
  } catch (error) {
    const printed = error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : '';
    throw new Error(`${program} ${args[0] ?? ''} failed. ${printed.slice(-2000)}`, { cause: error });
  }
}
