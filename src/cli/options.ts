import { extname } from 'node:path';
import { parseArgs } from 'node:util';
import type { ParseArgsOptionsConfig } from 'node:util';
import { AppError } from '../shared/errors.ts';
import { deviceChoice } from '../shared/devices.ts';
import type { DeviceChoice } from '../shared/devices.ts';
import { unsealedName } from '../shared/output-names.ts';
import type { OutputFormat } from '../shared/output.ts';
import type { CommandName } from './help.ts';

/** Those about personal data. */
const personal = ['personal', 'defaults', 'fake', 'generalise', 'keep', 'quasi', 'sensitive'];

/** How a command names a store and gets into it: see open-store.ts. */
const ofStore = ['store', 'passphrase-file', 'passphrase-fd', 'recovery-key-out'] as const;
/** How what is written is protected, and what is written with it. */
const exporting = ['delimiter', 'encrypt-passphrase-file', 'mix', 'key-file', 'signing-key'] as const;

/** Every option of a command that takes a value. */
const valued: Readonly<Record<CommandName, readonly string[]>> = {
  synth: [
    'rows',
    'out',
    'minutes',
    'learn-rows',
    'device',
    'seed',
    'drop',
    'target',
    'model-out',
    'report',
    'where',
    'rules',
    ...personal,
    ...ofStore,
    ...exporting,
  ],
  profile: ['show', ...personal, ...ofStore],
  generate: ['rows', 'out', 'seed', 'source', 'keep', 'report', 'where', 'rules', ...ofStore, ...exporting],
  store: [...ofStore],
  inspect: ['onnx'],
  devices: ['device'],
  dicom: ['tag', 'profile', 'out'],
  deid: [
    'profile',
    'map',
    'changes',
    'template',
    'key-file',
    'project',
    'review-dir',
    'encrypt-passphrase-file',
    ...ofStore,
  ],
  verify: ['signed-by'],
  decrypt: ['out', 'identity', 'passphrase-file'],
  evaluate: ['train', 'holdout', 'synthetic', 'target', 'drop', 'seed', 'report'],
};

/** Options that may name a file that is read. */
const read = [
  'source',
  'rules',
  'passphrase-file',
  'encrypt-passphrase-file',
  'key-file',
  'signing-key',
  'signed-by',
  'identity',
  'encrypt-to',
  'profile',
];

/** Commands that write a file. */
const writing: readonly CommandName[] = [
  'synth',
  'generate',
  'inspect',
  'evaluate',
  'decrypt',
  'store',
  'dicom',
  'deid',
];
/** Commands by a profile of de-identification. */
const deidentifying: readonly CommandName[] = ['dicom', 'deid'];
/** Commands that write rows. */
const generating: readonly CommandName[] = ['synth', 'generate'];

/** The arguments of one command, read with checks. Everything throws `usage`. */
export class Options {
  readonly command: CommandName;
  readonly #values: Readonly<Record<string, unknown>>;
  readonly #positionals: readonly string[];

  constructor(command: CommandName, args: readonly string[]) {
    this.command = command;
    const options: ParseArgsOptionsConfig = {
      json: { type: 'boolean' },
      memory: { type: 'string' },
      ...(command === 'devices' && { test: { type: 'boolean' as const } }),
      ...(command === 'dicom' && { studies: { type: 'boolean' as const } }),
      ...(command === 'synth' && { anew: { type: 'boolean' as const } }),
      ...(writing.includes(command) && { force: { type: 'boolean' as const } }),
      ...(generating.includes(command) && {
        'i-may-use-real-rows': { type: 'boolean' as const },
      }),
      ...((generating.includes(command) || command === 'deid') && {
        'dry-run': { type: 'boolean' as const },
        'encrypt-to': { type: 'string' as const, multiple: true },
      }),
      ...(deidentifying.includes(command) && { option: { type: 'string' as const, multiple: true } }),
      ...(command === 'deid' && { dicomdir: { type: 'boolean' as const } }),
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

  /** Files that options name to be read, whatever else some of these may name: nothing is written over them. */
  filesRead(): string[] {
    return read.flatMap((name) => {
      const given = this.#values[name];
      return (Array.isArray(given) ? given : [given]).filter((value) => typeof value === 'string');
    });
  }

  flag(
    name: 'json' | 'force' | 'dry-run' | 'i-may-use-real-rows' | 'test' | 'anew' | 'studies' | 'dicomdir',
  ): boolean {
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

  /** A whole number where one is given. */
  wholeIfGiven(name: string, bounds: { min: number; max: number }): number | undefined {
    return this.text(name) === undefined ? undefined : this.whole(name, bounds);
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

  /** An amount of memory where one is given: 2GB, 1.5 GiB, 800MB. At least 512 MB. */
  bytes(name: string): number | undefined {
    const value = this.text(name);
    if (value === undefined) return undefined;
    const [, digits = '', unit = ''] = /^(\d+\.?\d*|\.\d+)\s*([MG])(?:i?B)?$/i.exec(value) ?? [];
    const bytes = digits === '' ? NaN : Number(digits) * (unit.toUpperCase() === 'G' ? 2 ** 30 : 2 ** 20);
    if (Number.isNaN(bytes) || bytes < 2 ** 29) {
      throw this.#wrong(`--${name} takes an amount of at least 512MB, such as 2GB.`);
    }
    return bytes;
  }

  /** The device to compute on; `auto` unless given. */
  device(): DeviceChoice {
    const value = this.text('device') ?? 'auto';
    const found = deviceChoice.options.find((name) => name === value);
    if (found !== undefined) return found;
    throw this.#wrong(`--device takes ${deviceChoice.options.join(', ')}.`);
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

  /** What an option that may be given several times was given, each a list separated by commas or spaces. */
  several(name: 'encrypt-to' | 'option'): string[] {
    const values = this.#values[name];
    if (values === undefined) return [];
    const given: unknown[] = Array.isArray(values) ? values : [values];
    const items = given.flatMap((value) => (typeof value === 'string' ? value.split(/[\s,]+/) : []));
    const named = items.filter((item) => item !== '');
    if (named.length === 0) throw this.#wrong(`--${name} needs a value.`);
    return named;
  }

  /** A share above 0 and below 1, also as a percentage. */
  share(name: string): number | undefined {
    const value = this.text(name);
    if (value === undefined) return undefined;
    const [, digits = '', percent = ''] = /^(\d+\.?\d*|\.\d+)\s*(%?)$/.exec(value) ?? [];
    const share = digits === '' ? NaN : Number(digits) / (percent === '%' ? 100 : 1);
    if (Number.isNaN(share) || share <= 0 || share >= 1) {
      throw this.#wrong(`--${name} takes a share between 0 and 1, such as 0.2 or 20%.`);
    }
    return share;
  }

  /** The output and its format, told by its ending; an ending `.age` after it is set aside. */
  output(): { path: string; format: OutputFormat } {
    const path = this.required('out');
    const format = formats[extname(unsealedName(path)).toLowerCase()];
    if (format !== undefined) return { path, format };
    throw new AppError(
      'usage',
      `The format of “${path}” cannot be told from its name.`,
      'End it with .csv, .tsv, .parquet, .jsonl or .sqlite.',
    );
  }

  /** An error about how this command was called. */
  wrong(message: string): AppError {
    return this.#wrong(message);
  }

  #wrong(message: string): AppError {
    return new AppError('usage', message, `See: semblance ${this.command} --help`);
  }
}

const formats: Readonly<Record<string, OutputFormat | undefined>> = {
  '.csv': 'csv',
  '.tsv': 'csv',
  '.parquet': 'parquet',
  '.jsonl': 'jsonl',
  '.ndjson': 'jsonl',
  '.sqlite': 'sqlite',
  '.sqlite3': 'sqlite',
  '.db': 'sqlite',
};

export const seedBounds = { min: 0, max: 0xffffffff };

function firstSentence(text: string): string {
  return `${text.split(/[.\n]/)[0] ?? text}.`;
}

function group(value: number): string {
  return value.toLocaleString('en-GB');
}
