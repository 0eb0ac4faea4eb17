/** The store of `--store DIR`, opened for one command. */
import { requireTarget } from '../engine/jobs/target.ts';
import { saveRecoveryKey } from '../engine/save-recovery-key.ts';
import type { Store } from '../engine/store/open.ts';
import { lastGroupOf } from '../engine/store/recovery-key.ts';
import { Vault } from '../engine/store/vault.ts';
import { AppError } from '../shared/errors.ts';
import type { Options } from './options.ts';
import { ask, askHidden, isInteractive, readSecret } from './secret.ts';

export interface OpenedStore {
  vault: Vault;
  store: Store;
}

/** The folder of `--store`; throws `usage` without one. */
export function storeFolder(options: Options): string {
  return options.required('store');
}

/**
 * Opens the store of `--store`, asking for its passphrase or recovery key; to be closed by `vault.close()`. Where
 * there is none yet, it is made when `create` says so.
 *
 * Throws `usage`, `store/…`.
 */
export async function openStoreOf(
  options: Options,
  signal: AbortSignal,
  { create }: { create: boolean },
): Promise<OpenedStore> {
  const folder = storeFolder(options);
  const vault = new Vault({ folder });
  try {
    const state = await vault.state();
    if (state.state === 'problem') throw AppError.from(state.error);
    if (state.state === 'new') {
      if (!create) {
        throw new AppError(
          'store/missing',
          `There is no store in “${folder}”.`,
          'Name the folder of one, or make one: semblance store create --store DIR',
        );
      }
      await make(vault, options, signal);
    } else await vault.unlock((await readSecret(options, question(state), signal)).secret);
    if (vault.store === null) throw new Error('the store is not open');
    return { vault, store: vault.store };
  } catch (error) {
    vault.close();
    throw error;
  }
}

function question(state: Awaited<ReturnType<Vault['state']>>): string {
  return state.state === 'locked' && state.protection === 'system'
    ? 'Recovery key (the app opens this store by the key store of the system, the terminal cannot): '
    : 'Passphrase or recovery key: ';
}

/** Makes a store with a passphrase, and sees to it that its owner has the recovery key. */
async function make(vault: Vault, options: Options, signal: AbortSignal): Promise<void> {
  const keyFile = options.text('recovery-key-out');
  if (keyFile === undefined && !isInteractive()) {
    throw new AppError(
      'usage',
      'A new store needs a place for its recovery key.',
      'Name a file for it with --recovery-key-out FILE.',
    );
  }
  // Before the store is made: without its recovery key it should not be.
  if (keyFile !== undefined) await requireTarget(keyFile, false);
  const { secret, typed } = await readSecret(options, 'Passphrase of the new store: ', signal);
  if (typed && (await askHidden('The same once more: ', signal)) !== secret) {
    throw new AppError('usage', 'The two passphrases are not the same.', 'Try again.');
  }
  const recoveryKey = await vault.create({ kind: 'passphrase', passphrase: secret });
  if (keyFile !== undefined) {
    await saveRecoveryKey(keyFile, false, recoveryKey, vault.folder);
    vault.confirmRecoveryKey(lastGroupOf(recoveryKey));
    return;
  }
  process.stderr.write(
    `\nRecovery key. It opens the store when the passphrase is forgotten; it is shown this once.\n\n  ${recoveryKey}\n\n`,
  );
  for (;;) {
    try {
      vault.confirmRecoveryKey(await ask('Write it down, then type its last group: ', signal));
      return;
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'store/wrong-recovery-key') throw error;
      process.stderr.write(`${error.message}\n`);
    }
  }
}
