import { parseRecoveryKey } from './store/recovery-key.ts';
import { createOutput } from './tables/output-file.ts';

/**
 * Writes a recovery key for a person to print or to keep elsewhere, readable by its owner only.
 * Throws `store/wrong-recovery-key` when it is none, and the `output/…` errors.
 *
 * @param folder Of the store it opens.
 */
export async function saveRecoveryKey(
  path: string,
  overwrite: boolean,
  recoveryKey: string,
  folder: string,
): Promise<void> {
  parseRecoveryKey(recoveryKey);
  const output = await createOutput(path, overwrite, { mode: 0o600 });
  try {
    await output.write(
      Buffer.from(
        [
          'Recovery key of a Semblance store',
          '',
          recoveryKey,
          '',
          `Store: ${folder}`,
          `Made: ${new Date().toISOString().slice(0, 10)}`,
          '',
          'Whoever has this key and the files of the store can open it. Keep it apart from the computer,',
          'on paper or in a password manager.',
          '',
        ].join('\n'),
      ),
    );
    await output.commit();
  } finally {
    await output.discard();
  }
}
