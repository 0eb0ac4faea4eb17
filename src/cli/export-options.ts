/** How rows are to be written, as the options of `synth` and `generate` say it. */
import { extname } from 'node:path';
import { signingKeyFrom, type Signing } from '../engine/jobs/signing.ts';
import { checkRecipient, recipientProblemInWords } from '../shared/age-recipient.ts';
import { AppError } from '../shared/errors.ts';
import { delimiterLike, type Delimiter } from '../shared/delimiters.ts';
import { shortestPassphrase } from '../shared/output-limits.ts';
import { isSealedName, sealedName, unsealedName } from '../shared/output-names.ts';
import type { OutputFormat, Protection } from '../shared/output.ts';
import type { Options } from './options.ts';
import { readPassphrase } from './passphrase-file.ts';

export interface ExportOptions {
  /** Ends in `.age` where it is encrypted. */
  path: string;
  format: OutputFormat;
  protection: Protection | null;
  signing: Signing | null;
  /** Share of real rows; null where none are mixed in. */
  mix: number | null;
  /** File of the key of pseudonyms of real rows. */
  keyFile: string | undefined;
  dryRun: boolean;
  /** The delimiter of CSV, given that of the source. */
  delimiter: (source: string | undefined) => Delimiter;
}

/** Throws `usage`, and `source/…` for a file that cannot be read. */
export async function readExportOptions(options: Options): Promise<ExportOptions> {
  const { path, format } = options.output();
  const protection = await readProtection(options);
  if (protection === null && isSealedName(path)) {
    throw options.wrong('A name that ends in .age is for encrypted files: say for whom with --encrypt-to.');
  }
  const key = options.text('signing-key');
  const named = readDelimiter(options);
  const mix = readMix(options);
  const keyFile = options.text('key-file');
  if (keyFile !== undefined && mix === null) {
    throw options.wrong(
      '--key-file is for the made-up names of people in real rows: without --mix there are none.',
    );
  }
  const ending = extname(unsealedName(path)).toLowerCase();
  return {
    path: sealedName(path, protection !== null),
    format,
    protection,
    signing: key === undefined ? null : await signingKeyFrom(key),
    mix,
    keyFile,
    dryRun: options.flag('dry-run'),
    delimiter: (source) => {
      if (named !== undefined) return named;
      if (ending === '.tsv') return '\t';
      // Who ends a name in .csv does not mean tabs.
      return source === '\t' ? ',' : delimiterLike(source);
    },
  };
}

/** By `--encrypt-to` or `--encrypt-passphrase-file`; null without either. Throws `usage`, `source/…`. */
export async function readProtection(options: Options): Promise<Protection | null> {
  const typed = options.several('encrypt-to');
  const passphraseFile = options.text('encrypt-passphrase-file');
  if (typed.length > 0 && passphraseFile !== undefined) {
    throw options.wrong('Encrypt for recipients or with a passphrase, not both.');
  }
  if (passphraseFile !== undefined) {
    const passphrase = await readPassphrase(passphraseFile);
    if (passphrase.length < shortestPassphrase) {
      throw new AppError(
        'usage',
        `The passphrase has fewer than ${shortestPassphrase} characters.`,
        'Take a longer one, such as five random words: whoever has the file can try as often as they like.',
      );
    }
    return { by: 'passphrase', passphrase };
  }
  if (typed.length === 0) return null;
  const recipients = typed.map((text, at) => {
    const checked = checkRecipient(text);
    if (checked.ok) return checked.recipient;
    const { message, fix } = recipientProblemInWords(checked.problem);
    throw new AppError('usage', typed.length === 1 ? message : `Recipient ${at + 1}: ${message}`, fix);
  });
  return { by: 'recipients', recipients };
}

const delimiters: Readonly<Record<string, Delimiter | undefined>> = {
  ',': ',',
  comma: ',',
  ';': ';',
  semicolon: ';',
  '\t': '\t',
  '\\t': '\t',
  tab: '\t',
  '|': '|',
  pipe: '|',
};

function readDelimiter(options: Options): Delimiter | undefined {
  const name = options.text('delimiter');
  if (name === undefined) return undefined;
  const found = delimiters[name.toLowerCase()];
  if (found === undefined) throw options.wrong('--delimiter takes comma, semicolon, tab or pipe.');
  return found;
}

function readMix(options: Options): number | null {
  const share = options.share('mix');
  const may = options.flag('i-may-use-real-rows');
  if (share === undefined) {
    if (may) throw options.wrong('--i-may-use-real-rows says nothing without --mix.');
    return null;
  }
  if (may) return share;
  throw new AppError(
    'usage',
    'Mixing in real rows passes on rows of real people.',
    'If you have the right to do that, say so: --i-may-use-real-rows.',
  );
}
