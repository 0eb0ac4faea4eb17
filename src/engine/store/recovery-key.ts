/**
 * A recovery key as a person writes it down: eight groups of four characters and a check character, 160 random bits.
 * The characters are Crockford's base 32: no I, L, O or U, upper and lower case alike. The check character is a sum
 * over the field of 32 elements in which every place, the group's number included, weighs differently: it finds any
 * one wrong character, any two neighbours swapped, and a group in another's place, and so can say which group to look at.
 */
import { randomBytes } from 'node:crypto';
import { AppError } from '../../shared/errors.ts';

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const groups = 8;
const perGroup = 4;
/** Bytes of the secret: 5 bits a character. */
export const recoveryLength = (groups * perGroup * 5) / 8;

export function freshRecoveryKey(): string {
  return formatRecoveryKey(randomBytes(recoveryLength));
}

/** @param secret 20 bytes. */
export function formatRecoveryKey(secret: Uint8Array): string {
  const digits = [...alphabetDigits(secret)];
  return Array.from({ length: groups }, (_, group) => {
    const own = digits.slice(group * perGroup, (group + 1) * perGroup);
    return [...own, checkOf(own, group)].map((digit) => alphabet[digit]).join('');
  }).join('-');
}

/** Whether a text is meant as a recovery key, right or wrong: to tell it from a passphrase. */
export function looksLikeRecoveryKey(text: string): boolean {
  return /^[0-9A-Za-z]{5}([-\s]+[0-9A-Za-z]{5}){7}$/.test(text.trim());
}

/**
 * The 20 bytes of a recovery key. Case, spaces and dashes do not matter; O is read as 0, I and L as 1.
 * Throws `store/wrong-recovery-key` naming the groups with a mistake.
 */
export function parseRecoveryKey(text: string): Uint8Array {
  const plain = text.toUpperCase().replaceAll(/[\s-]/g, '').replaceAll('O', '0').replaceAll(/[IL]/g, '1');
  if (plain.length !== groups * (perGroup + 1)) {
    throw AppError.of('store/wrong-recovery-key', 'recovery_length', {
      groups,
      size: perGroup + 1,
      length: plain.length,
    });
  }
  const digits: number[] = [];
  const bad: number[] = [];
  for (let group = 0; group < groups; group++) {
    const at = group * (perGroup + 1);
    const all = [...plain.slice(at, at + perGroup + 1)].map((character) => alphabet.indexOf(character));
    const own = all.slice(0, perGroup);
    if (all.includes(-1) || all[perGroup] !== checkOf(own, group)) bad.push(group + 1);
    digits.push(...own);
  }
  if (bad.length > 0) {
    throw AppError.of('store/wrong-recovery-key', 'recovery_mistake', { groups: bad.join(', ') });
  }
  return bytesOf(digits);
}

/** The last group, as the person is asked to type it. */
export function lastGroupOf(key: string): string {
  return key.slice(-(perGroup + 1));
}

function* alphabetDigits(bytes: Uint8Array): Generator<number> {
  let bits = 0;
  let held = 0;
  for (const byte of bytes) {
    bits = (bits << 8) | byte;
    held += 8;
    while (held >= 5) {
      held -= 5;
      yield (bits >> held) & 31;
    }
    bits &= (1 << held) - 1;
  }
}

function bytesOf(digits: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(recoveryLength);
  let bits = 0;
  let held = 0;
  let at = 0;
  for (const digit of digits) {
    bits = (bits << 5) | digit;
    held += 5;
    if (held < 8) continue;
    held -= 8;
    bytes[at++] = bits >> held;
    bits &= (1 << held) - 1;
  }
  return bytes;
}

/** By Horner, the group's number first; the last digit weighs α, not 1, to differ from the check itself. */
function checkOf(digits: readonly number[], group: number): number {
  return [...digits, 0].reduce((sum, digit) => timesAlpha(sum) ^ digit, group);
}

/** Multiplication by x in GF(2)[x] / (x⁵ + x² + 1). */
function timesAlpha(value: number): number {
  const doubled = value << 1;
  return doubled & 32 ? doubled ^ 0b100101 : doubled;
}
