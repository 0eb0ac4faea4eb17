/** The engine's service around the lock of its store: nothing but the lock is answered until the store is open. */
import { rm } from 'node:fs/promises';
import type { z } from 'zod';
import { contract } from '../shared/contract.ts';
import type { Output, Reply } from '../shared/contract.ts';
import { AppError, toErrorShape } from '../shared/errors.ts';
import type { StoreState } from '../shared/store.ts';
import { completedInputs } from '../shared/wire.ts';
import type { EngineInput } from '../shared/wire.ts';
import { writeBackup } from './jobs/write-backup.ts';
import { unforeseen } from './jobs/unforeseen.ts';
import { requireNoLinkedSource } from './linked-sources.ts';
import type { Emit } from './project-jobs.ts';
import { saveRecoveryKey } from './save-recovery-key.ts';
import { invalid, isProjectChannel } from './service.ts';
import type { EngineChannel, Service, VaultChannel } from './service.ts';
import { unpackBackup } from './store/backup.ts';
import type { Store } from './store/open.ts';
import { locked } from './store/vault.ts';
import type { Vault } from './store/vault.ts';

type Handlers = { readonly [C in VaultChannel]: (input: EngineInput<C>) => Promise<Output<C>> };
type InputSchemas = { readonly [C in VaultChannel]: { input: z.ZodType<EngineInput<C>> } };

/** As `Service`, for every channel of the engine. */
export interface EngineService {
  call(channel: EngineChannel, input: unknown): Promise<Reply<unknown>>;
  /** The machine goes to sleep or wakes. */
  power(asleep: boolean): void;
  close(): Promise<void>;
}

export interface VaultServiceOptions {
  vault: Vault;
  /** Folder of the bundled sample. */
  resources: string;
  /** Makes what answers all other channels, once the store is open. */
  serve: (store: Store) => Service;
  emit: Emit;
  /** Told of errors nobody foresaw, without any value and any secret. */
  log?: (text: string) => void;
}

export function createVaultService({
  vault,
  resources,
  serve,
  emit,
  log,
}: VaultServiceOptions): EngineService {
  let inner: Service | null = null;
  /** The calls that concern the lock, one after the other; first, opening without anyone's help. */
  let turn: Promise<unknown> = vault.tryOpen().then(follow);

  /** Serves an open store, and tells where it stands. */
  async function follow(): Promise<StoreState> {
    if (inner === null && vault.store !== null) inner = serve(vault.store);
    return vault.state();
  }

  async function changed(): Promise<StoreState> {
    const state = await follow();
    emit('store.changed', state);
    return state;
  }

  /** Ends jobs as interrupted, and closes the store. */
  async function stop(): Promise<void> {
    const service = inner;
    inner = null;
    await service?.close();
  }

  function requireOpen(): { store: Store; keyFile: NonNullable<Vault['keyFile']> } {
    const { store, keyFile } = vault;
    if (store === null || keyFile === null) throw locked();
    return { store, keyFile };
  }

  const handlers: Handlers = {
    'store.state': () => vault.state(),
    'store.retry': async () => {
      if (vault.store === null) await vault.tryOpen();
      return changed();
    },
    'store.create': async (choice) => {
      const recoveryKey = await vault.create(choice);
      await changed();
      return { recoveryKey };
    },
    'store.unlock': async ({ secret }) => {
      await vault.unlock(secret);
      return changed();
    },
    'store.recover': async ({ recoveryKey, protection }) => {
      await vault.recover(recoveryKey, protection);
      return changed();
    },
    'store.protect': async ({ protection, secret }) => {
      await vault.protect(protection, secret);
      return changed();
    },
    'store.newRecoveryKey': async ({ secret }) => {
      const recoveryKey = await vault.newRecoveryKey(secret);
      await changed();
      return { recoveryKey };
    },
    'store.confirmRecoveryKey': async ({ lastGroup }) => {
      vault.confirmRecoveryKey(lastGroup);
      return changed();
    },
    'store.saveRecoveryKey': async ({ path, overwrite, recoveryKey }) => {
      if (vault.store !== null) await requireNoLinkedSource(vault.store, path, resources);
      await saveRecoveryKey(path, overwrite, recoveryKey, vault.folder);
      return undefined;
    },
    'store.startOver': async () => {
      const state = await vault.state();
      if (state.state !== 'problem' && state.state !== 'locked') {
        throw AppError.of('request/invalid', 'store_usable', {});
      }
      vault.startOver();
      return changed();
    },
    'store.backup': async ({ path, overwrite }) => {
      const { store, keyFile } = requireOpen();
      await requireNoLinkedSource(store, path, resources);
      return { bytes: await writeBackup(store, keyFile, path, { overwrite }) };
    },
    'store.restore': async ({ path, secret }) => {
      vault.take();
      const staged = await unpackBackup(path, vault.folder);
      try {
        await vault.check(secret, staged);
      } catch (error) {
        await rm(staged.folder, { recursive: true, force: true });
        throw error;
      }
      await stop();
      const aside = vault.putInPlace();
      return { state: await changed(), aside };
    },
  };

  const inputs: InputSchemas = {
    ...contract,
    'store.backup': { input: completedInputs['store.backup'] },
    'store.saveRecoveryKey': { input: completedInputs['store.saveRecoveryKey'] },
  };

  async function answer<C extends VaultChannel>(channel: C, input: unknown): Promise<Reply<Output<C>>> {
    try {
      const checked = inputs[channel].input.safeParse(input);
      if (!checked.success) throw invalid(channel, checked.error);
      return { ok: true, value: await handlers[channel](checked.data) };
    } catch (error) {
      const note = unforeseen(error);
      if (note !== null) log?.(`${channel}: ${note}`);
      return { ok: false, error: toErrorShape(error) };
    }
  }

  return {
    call: async (channel, input) => {
      if (isProjectChannel(channel)) {
        // A store that opens by itself is waited for.
        if (inner === null) await turn;
        if (inner === null) return { ok: false, error: toErrorShape(locked()) };
        return inner.call(channel, input);
      }
      const mine = turn.then(() => answer(channel, input));
      turn = mine;
      return mine;
    },
    power: (asleep) => inner?.power(asleep),
    close: async () => {
      await turn;
      await stop();
      vault.close();
    },
  };
}
