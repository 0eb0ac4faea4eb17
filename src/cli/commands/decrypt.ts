import { requireTarget } from '../../engine/jobs/target.ts';
import { readIdentities, unseal, type Opener } from '../../engine/tables/age.ts';
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
  return readIdentities(keys ?? '');
}
