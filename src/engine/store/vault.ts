/** The store with its lock: makes it, opens it, and changes how its key is kept. */
import { AppError, toErrorShape } from '../../shared/errors.ts';
import type { ProtectionChoice, StoreState } from '../../shared/store.ts';
import { freshKey } from './cipher.ts';
import type { StoreKey } from './cipher.ts';
import { lockFolder } from './folder-lock.ts';
import type { FolderLock } from './folder-lock.ts';
import { writeKeyFile } from './key-file.ts';
import type { KeyFile, KeyProtection } from './key-file.ts';
import { openStore, unusable } from './open.ts';
import type { Store } from './open.ts';
import { freshRecoveryKey, lastGroupOf, looksLikeRecoveryKey, parseRecoveryKey } from './recovery-key.ts';
import { finishRestore, putInPlace, setAside } from './set-aside.ts';
import { survey } from './survey.ts';
import type { SystemKeyStore } from './system-key.ts';
import { noSystemKeyStore, sealWithSystem, unsealWithSystem } from './system-key.ts';
import {
  requireStrong,
  unwrapWithPassphrase,
  unwrapWithRecovery,
  usualCost,
  wrapWithPassphrase,
  wrapWithRecovery,
} from './wrapping.ts';
import type { ScryptCost } from './wrapping.ts';

export interface VaultOptions {
  /** Folder of the store. */
  folder: string;
  /** Key store of the operating system; none unless given. */
  system?: SystemKeyStore;
  /** What a passphrase costs to try. */
  cost?: ScryptCost;
  /** Milliseconds since some fixed moment; never goes back. */
  clock?: () => number;
}

interface Opened {
  store: Store;
  key: StoreKey;
  keyFile: KeyFile;
}

/**
 * One at a time: whoever starts the engine sees to it. Every secret is a parameter and forgotten when the call ends;
 * what stays in memory while the store is open is the key itself.
 */
export class Vault {
  readonly #folder: string;
  readonly #system: SystemKeyStore;
  readonly #cost: ScryptCost;
  readonly #clock: () => number;
  #lock: FolderLock | null = null;
  #opened: Opened | null = null;
  /** Why an attempt to open it with the right key failed; stays until tried again. */
  #problem: AppError | null = null;
  #failures = 0;
  #notBefore = -Infinity;
  /** Key of a backup that may be put in place. */
  #checked: Omit<Opened, 'store'> | null = null;
  /** Last group of a recovery key that has been shown and not confirmed. */
  #shownGroup: string | null = null;

  constructor({ folder, system = noSystemKeyStore, cost = usualCost, clock }: VaultOptions) {
    this.#folder = folder;
    this.#system = system;
    this.#cost = cost;
    this.#clock = clock ?? (() => performance.now());
  }

  get folder(): string {
    return this.#folder;
  }

  /** The open store, or null. */
  get store(): Store | null {
    return this.#opened?.store ?? null;
  }

  /** The key file of the open store, which a backup takes along. */
  get keyFile(): KeyFile | null {
    return this.#opened?.keyFile ?? null;
  }

  async state(): Promise<StoreState> {
    const system = await this.#system.name();
    if (this.#opened) {
      const { protection, recovery } = this.#opened.keyFile;
      const recoveryConfirmed = recovery.confirmed;
      return { state: 'open', protection: protection.kind, recoveryConfirmed, system };
    }
    try {
      if (this.#problem) throw this.#problem;
      const found = this.#look();
      if (found.kind !== 'keyed') return { state: 'new', plain: found.kind === 'plain', system };
      const protection = found.keyFile.protection.kind;
      return { state: 'locked', protection, waitSeconds: this.#waitSeconds(), system };
    } catch (error) {
      const told = unusable(error, this.#folder);
      return { state: 'problem', error: toErrorShape(told), replaceable: isReplaceable(told), system };
    }
  }

  /** Opens it when nobody has to be asked: where the operating system keeps the key. Never throws. */
  async tryOpen(): Promise<void> {
    this.#problem = null;
    try {
      const found = this.#look();
      if (found.kind !== 'keyed' || found.keyFile.protection.kind !== 'system') return;
      const key = await unsealWithSystem(this.#system, found.keyFile.store, found.keyFile.protection.sealed);
      if (key !== null) this.#open(key, found.keyFile);
    } catch {
      // `state` says why.
    }
  }

  /**
   * Makes the store, encrypting one that an earlier Semblance left readable. Returns the recovery key, which is
   * shown once and kept nowhere. Throws `store/weak-passphrase`, `store/system-unavailable`, and as `openStore`.
   */
  async create(choice: ProtectionChoice): Promise<string> {
    if (this.#opened || this.#look().kind === 'keyed') {
      throw AppError.of('request/invalid', 'store_exists', {});
    }
    const key = freshKey();
    const protection = await this.#protect(key, choice);
    const recoveryKey = freshRecoveryKey();
    const keyFile: KeyFile = {
      semblance: 'store key',
      version: 1,
      cipher: 'sqlcipher-4',
      store: Buffer.from(key.id).toString('hex'),
      protection,
      recovery: { ...wrapWithRecovery(key, parseRecoveryKey(recoveryKey)), confirmed: false },
    };
    // First, so that there is never an encrypted database without it.
    writeKeyFile(this.#folder, keyFile);
    this.#open(key, keyFile);
    this.#shownGroup = lastGroupOf(recoveryKey);
    return recoveryKey;
  }

  /**
   * Opens it with the passphrase, or with the recovery key. Throws `store/wrong-passphrase`,
   * `store/wrong-recovery-key`, `store/too-soon`, and as `openStore`.
   */
  async unlock(secret: string): Promise<void> {
    const keyFile = this.#keyFileOfLocked();
    this.#open(await this.#guarded(() => keyFrom(keyFile, secret)), keyFile);
  }

  /** Opens it with the recovery key and gives it another protection: the passphrase is forgotten, or the computer new. */
  async recover(recoveryKey: string, choice: ProtectionChoice): Promise<void> {
    const before = this.#keyFileOfLocked();
    const key = await this.#guarded(() => Promise.resolve(keyFromRecovery(before, recoveryKey)));
    const keyFile = { ...before, protection: await this.#protect(key, choice) };
    writeKeyFile(this.#folder, keyFile);
    this.#open(key, keyFile);
  }

  /**
   * Gives the open store another passphrase or another kind of protection. The key stays, and with it the recovery key.
   *
   * @param secret The present passphrase, or the recovery key; not asked for where the system keeps the key.
   */
  async protect(choice: ProtectionChoice, secret: string | null): Promise<void> {
    await this.#requireOwner(secret);
    await this.reprotect(choice);
  }

  /** Throws as `unlock` where a passphrase protects the open store and `secret` is neither it nor the recovery key. */
  async #requireOwner(secret: string | null): Promise<void> {
    const { keyFile } = this.#requireOpen();
    if (keyFile.protection.kind === 'passphrase') await this.#guarded(() => keyFrom(keyFile, secret ?? ''));
  }

  /** As `protect`, by whoever has just opened it. */
  async reprotect(choice: ProtectionChoice): Promise<void> {
    this.#rewrite({ protection: await this.#protect(this.#requireOpen().key, choice) });
  }

  /**
   * Replaces the recovery key; the one before opens nothing any more. Shown once, as that of `create`. Throws as `unlock`.
   *
   * @param secret As for `protect`: whoever finds the store open must not get a key that opens it for good.
   */
  async newRecoveryKey(secret: string | null): Promise<string> {
    await this.#requireOwner(secret);
    const { key } = this.#requireOpen();
    const recoveryKey = freshRecoveryKey();
    this.#rewrite({
      recovery: { ...wrapWithRecovery(key, parseRecoveryKey(recoveryKey)), confirmed: false },
    });
    this.#shownGroup = lastGroupOf(recoveryKey);
    return recoveryKey;
  }

  /** Its owner has written the recovery key down and proves it. Throws `store/wrong-recovery-key`. */
  confirmRecoveryKey(lastGroup: string): void {
    const { keyFile } = this.#requireOpen();
    if (this.#shownGroup === null || lastGroup.trim().toUpperCase() !== this.#shownGroup) {
      throw AppError.of('store/wrong-recovery-key', 'recovery_last_group', {});
    }
    this.#shownGroup = null;
    this.#rewrite({ recovery: { ...keyFile.recovery, confirmed: true } });
  }

  /** Moves what is there aside, whatever it is, so that an empty store can be made. Returns the name of its folder. */
  startOver(): string | null {
    this.#take();
    this.#closeStore();
    this.#problem = null;
    return setAside(this.#folder);
  }

  /**
   * Opens what a backup has brought to a folder, to see that the secret is right and all of it can be read. Changes
   * nothing. Throws as `unlock`.
   *
   * @param secret Passphrase or recovery key of the backup; empty to let the operating system open it.
   */
  async check(secret: string, staged: { folder: string; keyFile: KeyFile }): Promise<void> {
    const { keyFile } = staged;
    const key = await this.#guarded(() => this.#keyOfBackup(keyFile, secret));
    openStore(staged.folder, { key }).close();
    this.#checked = { key, keyFile };
  }

  /**
   * Puts what was checked last in the place of the present store, which is moved aside, and opens it. Returns the
   * name of the folder of the store moved aside; null when there was none.
   */
  putInPlace(): string | null {
    if (this.#checked === null) throw new Error('nothing was checked');
    const { key, keyFile } = this.#checked;
    this.#checked = null;
    this.#closeStore();
    const aside = putInPlace(this.#folder);
    this.#open(key, keyFile);
    return aside;
  }

  /** Takes the folder for this process, without opening anything. Throws `store/in-use`. */
  take(): void {
    this.#take();
  }

  close(): void {
    this.#closeStore();
    this.#lock?.release();
    this.#lock = null;
  }

  async #keyOfBackup(keyFile: KeyFile, secret: string): Promise<StoreKey> {
    const { protection, store } = keyFile;
    if (secret === '' && protection.kind === 'system') {
      const key = await unsealWithSystem(this.#system, store, protection.sealed);
      if (key !== null) return key;
      throw AppError.of('store/wrong-recovery-key', 'backup_of_elsewhere', {});
    }
    return keyFrom(keyFile, secret);
  }

  #look(): ReturnType<typeof survey> {
    this.#take();
    return survey(this.#folder);
  }

  #take(): void {
    if (this.#lock !== null) return;
    this.#lock = lockFolder(this.#folder);
    finishRestore(this.#folder);
  }

  #keyFileOfLocked(): KeyFile {
    if (this.#opened) throw AppError.of('request/invalid', 'store_open_already', {});
    const found = this.#look();
    if (found.kind === 'keyed') return found.keyFile;
    throw AppError.of('request/invalid', 'store_not_set_up', {});
  }

  #requireOpen(): Opened {
    if (this.#opened) return this.#opened;
    throw locked();
  }

  #open(key: StoreKey, keyFile: KeyFile): void {
    try {
      this.#opened = { store: openStore(this.#folder, { key }), key, keyFile };
      this.#problem = null;
    } catch (error) {
      // The key is the right one, as its wrapping has shown: it is the database that cannot be used.
      this.#problem = unusable(error, this.#folder);
      throw this.#problem;
    }
  }

  #closeStore(): void {
    this.#opened?.store.close();
    this.#opened = null;
    this.#shownGroup = null;
  }

  #rewrite(change: Partial<KeyFile>): void {
    const opened = this.#requireOpen();
    const keyFile = { ...opened.keyFile, ...change };
    writeKeyFile(this.#folder, keyFile);
    this.#opened = { ...opened, keyFile };
  }

  async #protect(key: StoreKey, choice: ProtectionChoice): Promise<KeyProtection> {
    if (choice.kind === 'system') return { kind: 'system', ...(await sealWithSystem(this.#system, key)) };
    requireStrong(choice.passphrase);
    return { kind: 'passphrase', ...(await wrapWithPassphrase(key, choice.passphrase, this.#cost)) };
  }

  /** Counts wrong secrets and makes the next attempt wait: 1 s, 2 s, 4 s … a minute at most. */
  async #guarded(find: () => Promise<StoreKey>): Promise<StoreKey> {
    const wait = this.#waitSeconds();
    if (wait > 0) {
      throw AppError.of('store/too-soon', 'passphrase_too_soon', { seconds: wait });
    }
    try {
      const key = await find();
      this.#failures = 0;
      return key;
    } catch (error) {
      if (error instanceof AppError && error.code.startsWith('store/wrong')) {
        this.#failures++;
        this.#notBefore = this.#clock() + 1000 * Math.min(60, 2 ** (this.#failures - 1));
      }
      throw error;
    }
  }

  #waitSeconds(): number {
    return Math.max(0, Math.ceil((this.#notBefore - this.#clock()) / 1000));
  }
}

/** The key of a key file by what its owner typed: a recovery key where it has the form of one. */
export async function keyFrom(keyFile: KeyFile, secret: string): Promise<StoreKey> {
  const { protection } = keyFile;
  if (protection.kind === 'passphrase') {
    const id = Buffer.from(keyFile.store, 'hex');
    const key = await unwrapWithPassphrase(id, secret, protection);
    if (key !== null) return key;
    if (!looksLikeRecoveryKey(secret)) {
      throw AppError.of('store/wrong-passphrase', 'passphrase_wrong', {});
    }
  }
  return keyFromRecovery(keyFile, secret);
}

function keyFromRecovery(keyFile: KeyFile, recoveryKey: string): StoreKey {
  const recovery = parseRecoveryKey(recoveryKey);
  const key = unwrapWithRecovery(Buffer.from(keyFile.store, 'hex'), recovery, keyFile.recovery);
  if (key !== null) return key;
  throw AppError.of('store/wrong-recovery-key', 'recovery_other', {});
}

export function locked(): AppError {
  return AppError.of('store/locked', 'store_locked', {});
}

/** Whether something else may be put in the place of what is there: not where another process works with it. */
function isReplaceable({ code }: AppError): boolean {
  return code.startsWith('store/') && !['store/in-use', 'store/unusable', 'store/newer'].includes(code);
}
