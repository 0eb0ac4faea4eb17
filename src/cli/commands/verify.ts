import { styleText } from 'node:util';
import { verifyManifest } from '../../engine/jobs/manifest.ts';
import type { Verification } from '../../shared/manifest.ts';
import type { Command } from '../command.ts';
import { exitCodes } from '../exit-codes.ts';
import { printable } from '../text-table.ts';
import { bytesInWords, count, wrap } from '../words.ts';

export const runVerify: Command = async (options, { signal }) => {
  const path = options.positional('MANIFEST');
  const found = await verifyManifest(path, { signedBy: options.text('signed-by'), signal });
  const { manifest, files, signature, fingerprint, ok } = found;
  return {
    exitCode: ok ? exitCodes.ok : exitCodes.unverified,
    json: { ok, files, signature, fingerprint, created: manifest.created, realRows: manifest.realRows ?? 0 },
    text: (width) => [
      ...files.map(({ name, bytes, state, encrypted }) => {
        const colour = state === 'as-written' ? 'green' : 'red';
        const word = styleText(colour, stateWords[state].padEnd(10));
        return `  ${word} ${printable(name)} (${bytesInWords(bytes)}${encrypted ? ', encrypted' : ''})`;
      }),
      ...wrap(signatureInWords(found), width),
      ...(manifest.realRows === undefined
        ? []
        : wrap(`Note: ${count(manifest.realRows, 'row')} of these are real rows of the source.`, width)),
      verdict(found),
    ],
  };
};

function verdict({ ok, signature }: Verification): string {
  if (!ok) return styleText('red', 'This is not what was written.');
  return signature === 'none'
    ? 'The files are as the manifest says, which is not signed.'
    : 'Everything is as it was written.';
}

const stateWords = { 'as-written': 'as written', changed: 'CHANGED', missing: 'MISSING' } as const;

function signatureInWords({ signature, fingerprint, manifest }: Verification): string {
  switch (signature) {
    case 'valid':
      return `Signed ${printable(manifest.created)} by ${fingerprint ?? ''}. Compare this fingerprint with the one the sender tells you.`;
    case 'other-signer':
      return `Signed by ${fingerprint ?? ''}, which is not the signer asked for.`;
    case 'invalid':
      return 'THE SIGNATURE DOES NOT HOLD: the manifest was changed after it was signed.';
    case 'none':
      return 'Not signed: the files belong together, but anyone may have written them.';
  }
}
