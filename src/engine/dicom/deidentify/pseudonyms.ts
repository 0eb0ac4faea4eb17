/**
 * What stands for the identifiers of people, studies and objects: HMAC-SHA-256 of the value with the project's secret,
 * so that it is the same in every file and later import, and leads nowhere without the secret (PS3.15 section E.3.9
 * forbids plain hashes).
 */
import type { KeyObject } from 'node:crypto';
import { identityOf, type Patient } from '../patient.ts';

/** A secret used where it is kept. */
export interface SecretKey {
  /** The key itself, unread, for threads of the same process; what has none is used in one thread. */
  readonly handle?: KeyObject;
  /** 32 bytes that hang on the secret, the purpose and the text. */
  mac(purpose: string, text: string): Uint8Array;
}

/** Who or what a pair of the map is about. */
export type PairKind = 'patient' | 'uid';

/** Told of each value and what stands for it, as often as it comes up. */
export type OnPair = (kind: PairKind, old: string, made: string) => void;

/** What series and studies share comes up again in file after file; beyond this it is made anew. */
const mostRemembered = 500;

export class Pseudonyms {
  readonly #key: SecretKey;
  readonly #onPair: OnPair | undefined;
  readonly #macs = new Map<string, Uint8Array>();

  constructor(key: SecretKey, onPair?: OnPair) {
    this.#key = key;
    this.#onPair = onPair;
  }

  /** A UID below 2.25, of a UUID of version 8 (PS3.5 section B.2, RFC 9562). */
  uid(old: string): string {
    const plain = old.replace(/[\0 ]+$/, '');
    const bytes = Buffer.from(this.#mac('dicom uid', plain).subarray(0, 16));
    bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x80, 6);
    bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
    const made = `2.25.${BigInt(`0x${bytes.toString('hex')}`).toString()}`;
    this.#onPair?.('uid', plain, made);
    return made;
  }

  /** A Patient ID, also used as the name. Letters of no name: digits after one letter, 16 characters. */
  patient(patient: Patient): string {
    const made = this.#digits('dicom patient', identityOf(patient), 'P');
    this.#onPair?.('patient', patient.id.trim(), made);
    return made;
  }

  /** An identifier of another kind, such as an accession number: 16 characters, as SH allows. */
  identifier(kind: string, old: string): string {
    return this.#digits(`dicom ${kind}`, old.trim(), 'N');
  }

  /** By how many days the dates of a patient move: always into the past, 30 days to about ten years. */
  days(patient: Patient): number {
    const mac = Buffer.from(this.#mac('dicom date', identityOf(patient)));
    return -30 - (mac.readUInt32BE(0) % 3620);
  }

  #mac(purpose: string, text: string): Uint8Array {
    const name = `${purpose}\0${text}`;
    let mac = this.#macs.get(name);
    if (!mac) {
      mac = this.#key.mac(purpose, text);
      if (this.#macs.size >= mostRemembered) this.#macs.clear();
      this.#macs.set(name, mac);
    }
    return mac;
  }

  #digits(purpose: string, text: string, letter: string): string {
    const number = Buffer.from(this.#mac(purpose, text)).readBigUInt64BE(0) % 10n ** 15n;
    return letter + number.toString().padStart(15, '0');
  }
}
