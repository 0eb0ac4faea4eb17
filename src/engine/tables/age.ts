/**
 * Encrypting what is written, and opening it again, in the `age` format (age-encryption.org/v1): for the owners of
 * X25519 keys, or with a passphrase. Streams at constant memory. The format does not say who encrypted a file: the
 * signed manifest does.
 */
import { open, readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { Decrypter, Encrypter } from 'age-encryption';
import { AppError } from '../../shared/errors.ts';
import type { Protection } from '../../shared/output.ts';
import { passphraseIdentity, passphraseRecipient } from './age-passphrase.ts';
import { createOutput, type Finished } from './output-file.ts';
import type { Seal } from './sealed-writer.ts';
import { fingerprint, sourceError } from './source-file.ts';

/** The seal for a protection whose recipients have been checked. Each file gets a key of its own. */
export function sealFor(protection: Protection): Seal {
  const encrypter = new Encrypter();
  if (protection.by === 'passphrase') encrypter.addRecipient(passphraseRecipient(protection.passphrase));
  else for (const recipient of new Set(protection.recipients)) encrypter.addRecipient(recipient);
  return (plain) => encrypter.encrypt(plain);
}

/** What opens a file: the secret keys of a file as `age-keygen` writes it, or a passphrase. */
export type Opener = { by: 'identities'; text: string } | { by: 'passphrase'; passphrase: string };

/** First bytes of a file in this format. */
const magic = 'age-encryption.org/v1\n';

/** Whether bytes begin as an `age` file does. */
export function looksSealed(head: Uint8Array): boolean {
  return Buffer.from(head.subarray(0, magic.length)).toString('latin1') === magic;
}

/**
 * Opens an encrypted file into another, which appears whole or not at all: what does not authenticate is not kept.
 * @throws AppError seal/invalid (no `age` file, no usable key), seal/failed (another key, wrong passphrase, damaged);
 *   source/…, output/…; AbortError.
 */
export async function unseal(
  from: string,
  to: string,
  opener: Opener,
  options: { overwrite: boolean; signal?: AbortSignal; onBytes?: (done: number, of: number) => void },
): Promise<Finished> {
  const { signal, onBytes } = options;
  const name = basename(from);
  const { bytes } = await fingerprint(from);
  const decrypter = decrypterFor(opener);
  const file = await open(from, 'r').catch((error: unknown) => {
    throw sourceError(error, name, false);
  });
  try {
    const head = Buffer.alloc(magic.length);
    await file.read(head, 0, head.length, 0);
    if (!looksSealed(head)) throw notSealed(name, head);
    const output = await createOutput(to, options.overwrite);
    try {
      let done = 0;
      const sealed = new ReadableStream<Uint8Array>({
        async pull(controller) {
          const block = new Uint8Array(2 ** 18);
          const { bytesRead } = await file.read(block, 0, block.length, done);
          done += bytesRead;
          if (bytesRead === 0) controller.close();
          else controller.enqueue(block.subarray(0, bytesRead));
        },
      });
      const reader = await opened(decrypter.decrypt(sealed), name, opener.by);
      for await (const block of reader) {
        signal?.throwIfAborted();
        await output.write(block);
        onBytes?.(done, bytes);
      }
      return await output.commit();
    } catch (error) {
      signal?.throwIfAborted();
      if (error instanceof AppError) throw error;
      throw AppError.of('seal/failed', 'sealed_damaged', { file: name }, { cause: error });
    } finally {
      await output.discard();
    }
  } finally {
    await file.close();
  }
}

/**
 * Opens the bytes of an encrypted file in memory: nothing of it comes to lie on the drive.
 * @param name Of the file, for errors.
 * @throws AppError seal/invalid, seal/failed: as `unseal`.
 */
export async function unsealBytes(bytes: Uint8Array, name: string, opener: Opener): Promise<Uint8Array> {
  const decrypter = decrypterFor(opener);
  const sealed = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(bytes);
      controller.close();
    },
  });
  const reader = await opened(decrypter.decrypt(sealed), name, opener.by);
  const blocks: Uint8Array[] = [];
  try {
    for await (const block of reader) blocks.push(block);
  } catch (error) {
    throw AppError.of('seal/failed', 'sealed_damaged', { file: name }, { cause: error });
  }
  return Buffer.concat(blocks);
}

/** The secret keys of a file as `age-keygen` writes it. Throws as reading a source does. */
export async function readIdentities(path: string): Promise<Opener> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw sourceError(error, basename(path), false);
  });
  return { by: 'identities', text };
}

function decrypterFor(opener: Opener): Decrypter {
  const decrypter = new Decrypter();
  if (opener.by === 'passphrase') {
    decrypter.addIdentity(passphraseIdentity(opener.passphrase));
    return decrypter;
  }
  const keys = opener.text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
  try {
    for (const key of keys) decrypter.addIdentity(key);
  } catch {
    throw noKeys();
  }
  if (keys.length === 0) throw noKeys();
  return decrypter;
}

async function opened<T>(work: Promise<T>, name: string, by: Opener['by']): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw AppError.of(
      'seal/failed',
      by === 'passphrase' ? 'sealed_passphrase' : 'sealed_keys',
      { file: name },
      { cause: error },
    );
  }
}

function noKeys(): AppError {
  return AppError.of('seal/invalid', 'no_age_key', {});
}

function notSealed(name: string, head: Buffer): AppError {
  if (head.toString('latin1').startsWith('-----BEGIN AGE')) {
    return AppError.of('seal/invalid', 'age_armoured', { file: name });
  }
  return AppError.of('seal/invalid', 'not_age', { file: name });
}
