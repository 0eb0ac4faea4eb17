import { extname } from 'node:path';
import { parseArgs } from 'node:util';
import type { ParseArgsOptionsConfig } from 'node:util';
import { AppError } from '../shared/errors.ts';
import type { TableFormat } from '../shared/table.ts';
import type { CommandName } from './help.ts';

/** Those about personal data. */
const personal = ['defaults', 'fake', 'generalise', 'keep', 'quasi', 'sensitive'];

/** How a command names a store and gets into it: see open-store.ts. */
const ofStore = ['store', 'passphrase-file', 'passphrase-fd', 'recovery-key-out'] as const;

/** Every option of a command that takes a value. */
const valued: Readonly<Record<CommandName, readonly string[]>> = {
  synth: [
    'rows',
    'out',
    'minutes',
    'seed',
    'drop',
    'target',
    'model-out',
    'report',
    'where',
    'rules',
    ...personal,
    ...ofStore,
  ],
  profile: ['show', ...personal],
  generate: ['rows', 'out', 'seed', 'source', 'where', 'rules', ...ofStore],
  store: [...ofStore],
  evaluate: ['train', 'holdout', 'synthetic', 'target', 'drop', 'seed', 'report'],
};

/** Commands that write a file. */
const writing: readonly CommandName[] = ['synth', 'generate', 'evaluate', 'store'];

/** The arguments of one command, read with checks. Everything throws `usage`. */
export class Options {
  readonly command: CommandName;
  readonly #values: Readonly<Record<string, unknown>>;
  readonly #positionals: readonly string[];

  constructor(command: CommandName, args: readonly string[]) {
    this.command = command;
    const options: ParseArgsOptionsConfig = {
      json: { type: 'boolean' },
      ...(writing.includes(command) && { force: { type: 'boolean' as const } }),
      ...Object.fromEntries(valued[command].map((name) => [name, { type: 'string' as const }])),
    };
    try {
      const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
      this.#values = values;
      this.#positionals = positionals;
    } catch (error) {
      throw this.#wrong(
        error instanceof Error ? firstSentence(error.message) : 'These arguments are not understood.',
      );
    }
  }

  /** The only argument without a name, called `name` in the help; null takes none. */
  positional(name: string): string;
  positional(name: null): null;
  positional(name: string | null): string | null {
    const [first, second] = this.#positionals;
    const extra = name === null ? first : second;
    if (extra !== undefined) throw this.#wrong(`“${extra}” is one argument too many.`);
    if (name === null) return null;
    if (first === undefined || first === '') throw this.#wrong(`${name} is missing.`);
    return first;
  }

  /** All arguments without a name, from `least` to `most` of them. */
  words(least: number, most: number): readonly string[] {
    const found = this.#positionals;
    const extra = found[most];
    if (extra !== undefined) throw this.#wrong(`“${extra}” is one argument too many.`);
    if (found.length < least) throw this.#wrong('Something is missing.');
    return found;
  }

  flag(name: 'json' | 'force'): boolean {
    return this.#values[name] === true;
  }

  text(name: string): string | undefined {
    const value = this.#values[name];
    if (value === undefined) return undefined;
    if (typeof value !== 'string' || value === '') throw this.#wrong(`--${name} needs a value.`);
    return value;
  }

  required(name: string): string {
    const value = this.text(name);
    if (value === undefined) throw this.#wrong(`--${name} is missing.`);
    return value;
  }

  /** A list separated by commas; a comma in a name is written \\, */
  list(name: string): string[] {
    const value = this.text(name);
    if (value === undefined) return [];
    return value
      .split(/(?<!\\),/)
      .map((item) => item.replaceAll('\\,', ',').trim())
      .filter((item) => item !== '');
  }

  /** A whole number; underscores and spaces may group its digits. */
  whole(name: string, bounds: { min: number; max: number }, fallback?: number): number {
    const value = this.text(name);
    if (value === undefined && fallback !== undefined) return fallback;
    const text = (value ?? this.required(name)).replaceAll(/[_\s]/g, '');
    const number = Number(text);
    if (!/^\d+$/.test(text) || number < bounds.min || number > bounds.max) {
      const plain = Number(value);
      const meant = Number.isInteger(plain) && plain >= bounds.min && plain <= bounds.max;
      throw this.#wrong(
        `--${name} takes a whole number from ${group(bounds.min)} to ${group(bounds.max)}` +
          (meant ? `: write ${plain}.` : '.'),
      );
    }
    return number;
  }

  minutes(fallback: number): number {
    const value = this.text('minutes');
    if (value === undefined) return fallback;
    const number = /^(\d+\.?\d*|\.\d+)$/.test(value) ? Number(value) : NaN;
    if (Number.isNaN(number) || number <= 0 || number > 1440) {
      throw this.#wrong('--minutes takes a number above 0, at most 1440.');
    }
    return number;
  }

  /** The output and its format, told by its ending. */
  output(): { path: string; format: TableFormat } {
    const path = this.required('out');
    const format = formats[extname(path).toLowerCase()];
    if (format !== undefined) return { path, format };
    throw new AppError(
      'usage',
      `The format of “${path}” cannot be told from its name.`,
      'End it with .csv, .parquet or .jsonl.',
    );
  }

  #wrong(message: string): AppError {
    return new AppError('usage', message, `See: semblance ${this.command} --help`);
  }
}

const formats: Readonly<Record<string, TableFormat | undefined>> = {
  '.csv': 'csv',
  '.parquet': 'parquet',
  '.jsonl': 'jsonl',
};

export const seedBounds = { min: 0, max: 0xffffffff };

function firstSentence(text: string): string {
  return `${text.split(/[.\n]/)[0] ?? text}.`;
}

function group(value: number): string {
  return value.toLocaleString('en-GB');
}
