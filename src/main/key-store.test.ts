import { describe, expect, it } from 'vitest';
import { answerQuestion, keeperName, type SafeStorage } from './key-store.ts';

function storage(backend?: string, available = true): SafeStorage {
  return {
    isEncryptionAvailable: () => available,
    ...(backend !== undefined && { getSelectedStorageBackend: () => backend }),
    encryptString: (text) => Buffer.from(`sealed ${text}`),
    decryptString: (sealed) => {
      const text = sealed.toString();
      if (!text.startsWith('sealed ')) throw new Error(`cannot open ${text}`);
      return text.slice('sealed '.length);
    },
  };
}

describe('the key store of the system', () => {
  it('counts on Linux only where something protects', () => {
    for (const backend of ['basic_text', 'unknown', '', 'constructor', undefined]) {
      expect(keeperName(storage(backend), 'linux')).toBeNull();
    }
    expect(keeperName(storage('gnome_libsecret'), 'linux')).toBe('GNOME Keyring');
    expect(keeperName(storage('kwallet6'), 'linux')).toBe('KWallet');
  });

  it('counts nowhere when it is not available', () => {
    for (const platform of ['darwin', 'win32', 'linux'] as const) {
      expect(keeperName(storage('kwallet6', false), platform)).toBeNull();
    }
    expect(keeperName(storage(), 'darwin')).toBe('Keychain');
    expect(keeperName(storage(), 'win32')).toBe('Windows');
  });

  it('seals and unseals, and says nothing but null where it cannot', () => {
    const sealed = answerQuestion({ what: 'seal', text: 'key' }, storage(), 'darwin') ?? '';
    expect(answerQuestion({ what: 'unseal', sealed }, storage(), 'darwin')).toBe('key');
    const foreign = Buffer.from('other').toString('base64');
    expect(answerQuestion({ what: 'unseal', sealed: foreign }, storage(), 'darwin')).toBeNull();
    for (const what of ['name', 'seal'] as const) {
      const question = what === 'name' ? { what } : { what, text: 'key' };
      expect(answerQuestion(question, storage('basic_text'), 'linux')).toBeNull();
    }
  });
});
