/** The key store of the operating system, for the engine, which cannot reach it. Nothing is kept here. */
import type { Question } from '../shared/wire.ts';

/** The part of Electron's safeStorage that this needs; older versions cannot tell what is behind it on Linux. */
export interface SafeStorage {
  isEncryptionAvailable(): boolean;
  getSelectedStorageBackend?: () => string;
  encryptString(text: string): Buffer;
  decryptString(sealed: Buffer): string;
}

/**
 * Where Linux keeps secrets safe, by Chromium's names. Not `basic_text`, which is a fixed password in the program, and
 * nothing unknown.
 */
const linuxKeepers: Readonly<Record<string, string>> = {
  gnome_libsecret: 'GNOME Keyring',
  gnome_any: 'GNOME Keyring',
  gnome_keyring: 'GNOME Keyring',
  kwallet: 'KWallet',
  kwallet5: 'KWallet',
  kwallet6: 'KWallet',
};

/** What the key store of this computer is called; null where there is none that protects. */
export function keeperName(storage: SafeStorage, platform: NodeJS.Platform): string | null {
  if (!storage.isEncryptionAvailable()) return null;
  if (platform === 'darwin') return 'Keychain';
  if (platform === 'win32') return 'Windows';
  const backend = storage.getSelectedStorageBackend?.() ?? '';
  return Object.hasOwn(linuxKeepers, backend) ? (linuxKeepers[backend] ?? null) : null;
}

/** Answers the engine; null where the system cannot. */
export function answerQuestion(
  question: Question,
  storage: SafeStorage,
  platform: NodeJS.Platform,
): string | null {
  const name = keeperName(storage, platform);
  if (name === null) return null;
  try {
    switch (question.what) {
      case 'name':
        return name;
      case 'seal':
        return storage.encryptString(question.text).toString('base64');
      case 'unseal':
        return storage.decryptString(Buffer.from(question.sealed, 'base64'));
    }
  } catch {
    // Refused by the user, made elsewhere, or gone: the engine then asks for the recovery key.
    return null;
  }
}
