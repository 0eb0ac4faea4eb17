/** The key store of the operating system, which only the process that started the engine can reach. */
import { z } from 'zod';
import { AppError } from '../../shared/errors.ts';
import { idLength, secretLength } from './cipher.ts';
import type { StoreKey } from './cipher.ts';

export interface SystemKeyStore {
  /** What it is called, e.g. “Keychain”; null where there is none that protects. */
  name(): Promise<string | null>;
  /** Seals a text for this user of this computer; base 64. */
  seal(text: string): Promise<string>;
  /** What was sealed; null when this computer cannot open it. */
  unseal(sealed: string): Promise<string | null>;
}

export const noSystemKeyStore: SystemKeyStore = {
  name: () => Promise.resolve(null),
  seal: () => Promise.reject(unavailable()),
  unseal: () => Promise.resolve(null),
};

const content = z.object({
  store: z.hex().length(2 * idLength),
  key: z.hex().length(2 * secretLength),
});

/** Throws `store/system-unavailable`. */
export async function sealWithSystem(
  system: SystemKeyStore,
  { id, secret }: StoreKey,
): Promise<{ keeper: string; sealed: string }> {
  const keeper = await system.name();
  if (keeper === null) throw unavailable();
  const text = JSON.stringify({
    store: Buffer.from(id).toString('hex'),
    key: Buffer.from(secret).toString('hex'),
  });
  return { keeper, sealed: await system.seal(text) };
}

/** Null when it cannot be opened here or holds the key of another store. */
export async function unsealWithSystem(
  system: SystemKeyStore,
  store: string,
  sealed: string,
): Promise<StoreKey | null> {
  if ((await system.name()) === null) return null;
  const text = await system.unseal(sealed);
  if (text === null) return null;
  try {
    const { store: id, key } = content.parse(JSON.parse(text));
    return id === store ? { id: Buffer.from(id, 'hex'), secret: Buffer.from(key, 'hex') } : null;
  } catch {
    return null;
  }
}

export function unavailable(): AppError {
  return AppError.of('store/system-unavailable', 'store_no_system', {});
}
