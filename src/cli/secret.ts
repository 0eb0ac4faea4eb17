/** Secrets of a store on the terminal: never an argument, never the environment, never shown. */
import { readFileSync } from 'node:fs';
import { AppError } from '../shared/errors.ts';
import type { Options } from './options.ts';

/** Options by which a command takes the passphrase or recovery key of a store. */
export const secretOptions = ['passphrase-file', 'passphrase-fd'] as const;

/**
 * The passphrase or recovery key: the first line of a file, of an open file descriptor, or what is typed, unseen.
 * Throws `usage` where there is no terminal and no file.
 */
export async function readSecret(
  options: Options,
  question: string,
  signal: AbortSignal,
): Promise<{ secret: string; typed: boolean }> {
  const file = options.text('passphrase-file');
  const descriptor = options.text('passphrase-fd');
  if (file !== undefined) return { secret: firstLine(file, `the file “${file}”`), typed: false };
  if (descriptor !== undefined) {
    const number = options.whole('passphrase-fd', { min: 0, max: 1023 });
    return { secret: firstLine(number, `file descriptor ${number}`), typed: false };
  }
  return { secret: await askHidden(question, signal), typed: true };
}

function firstLine(from: string | number, name: string): string {
  try {
    return readFileSync(from, 'utf8').split(/\r?\n/, 1)[0] ?? '';
  } catch (error) {
    throw new AppError(
      'usage',
      `The passphrase cannot be read from ${name}.`,
      'Check that it is there and open.',
      {
        cause: error,
      },
    );
  }
}

/** Asks on the terminal without showing what is typed. Throws `usage` where there is none. */
export function askHidden(question: string, signal: AbortSignal): Promise<string> {
  return askTerminal(question, signal, false);
}

/** Asks on the terminal. Throws `usage` where there is none. */
export function ask(question: string, signal: AbortSignal): Promise<string> {
  return askTerminal(question, signal, true);
}

export function isInteractive(): boolean {
  return process.stdin.isTTY;
}

function askTerminal(question: string, signal: AbortSignal, shown: boolean): Promise<string> {
  const { stdin, stderr } = process;
  if (!isInteractive()) {
    throw new AppError(
      'usage',
      'There is no terminal to ask for the passphrase.',
      'Give a file with --passphrase-file FILE, or an open file descriptor with --passphrase-fd N.',
    );
  }
  signal.throwIfAborted();
  // Before the question: what is typed at once would be shown by the terminal itself.
  stdin.setRawMode(true);
  stdin.setEncoding('utf8');
  stderr.write(question);
  return new Promise((resolve, reject) => {
    let typed = '';
    const end = (): void => {
      stdin.off('data', hear);
      signal.removeEventListener('abort', cancel);
      stdin.setRawMode(false);
      stdin.pause();
      stderr.write('\n');
    };
    const cancel = (): void => {
      end();
      reject(signal.reason instanceof Error ? signal.reason : new DOMException('Cancelled.', 'AbortError'));
    };
    const hear = (chunk: string): void => {
      for (const character of chunk) {
        if (character === '\r' || character === '\n') {
          end();
          resolve(typed);
          return;
        }
        // In raw mode Ctrl-C is a character.
        if (character === '\u0003') process.kill(process.pid, 'SIGINT');
        else if (character === '\u007f' || character === '\b') typed = [...typed].slice(0, -1).join('');
        else if (character >= ' ') typed += character;
        if (shown && character >= ' ' && character !== '\u007f') stderr.write(character);
      }
    };
    signal.addEventListener('abort', cancel);
    stdin.on('data', hear);
    stdin.resume();
  });
}
