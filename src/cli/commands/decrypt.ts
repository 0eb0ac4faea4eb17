import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { requireTarget } from '../../engine/jobs/target.ts';
import { unseal, type Opener } from '../../engine/tables/age.ts';
import { sourceError } from '../../engine/tables/source-file.ts';
import type { Command } from '../command.ts';
import type { Options } from '../options.ts';
import { readPassphrase } from '../passphrase-file.ts';
import { requireApart } from '../paths.ts';
import { bytesInWords } from '../words.ts';

export const runDecrypt: Command = async (options, { signal, report }) => {
  const from = options.positional('FILE');
  const out = options.required('out');
  const opener = await readOpener(options);
  await requireApart(out, [from, ...options.filesRead()]);
  await requireTarget(out, options.flag('force'));
  const { bytes, sha256 } = await unseal(from, out, opener, {
    overwrite: options.flag('force'),
    signal,
    onBytes: (done, of) => {
      report({ phase: 'Decrypting', progress: Math.min(1, done / of) });
    },
  });
  return {
    json: { output: { path: out, bytes, sha256 } },
    text: () => [`Opened   ${out}: ${bytesInWords(bytes)}`],
  };
};

async function readOpener(options: Options): Promise<Opener> {
  const keys = options.text('identity');
  const passphrase = options.text('passphrase-file');
  if ((keys === undefined) === (passphrase === undefined)) {
    throw options.wrong('Say what opens it: either --identity or --passphrase-file.');
  }
  if (passphrase !== undefined) return { by: 'passphrase', passphrase: await readPassphrase(passphrase) };
  const path = keys ?? '';
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw sourceError(error, basename(path), false);
  });
  return { by: 'identities', text };
}
