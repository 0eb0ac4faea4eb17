import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../shared/errors.ts';
import {
  formatRecoveryKey,
  freshRecoveryKey,
  lastGroupOf,
  looksLikeRecoveryKey,
  parseRecoveryKey,
  recoveryLength,
} from './recovery-key.ts';

const secret = fc.uint8Array({ minLength: recoveryLength, maxLength: recoveryLength });
const characters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

function refusal(text: string): string {
  try {
    parseRecoveryKey(text);
  } catch (error) {
    if (error instanceof AppError && error.code === 'store/wrong-recovery-key') return error.message;
    throw error;
  }
  throw new Error('nothing was thrown');
}

describe('a recovery key', () => {
  it('is read back from what was written down, however it was typed', () => {
    fc.assert(
      fc.property(secret, (bytes) => {
        const key = formatRecoveryKey(bytes);
        expect(key).toMatch(/^([0-9A-HJKMNP-TV-Z]{5}-){7}[0-9A-HJKMNP-TV-Z]{5}$/);
        const sloppy = key.toLowerCase().replaceAll('-', '  ').replaceAll('0', 'o').replaceAll('1', 'l');
        for (const typed of [key, sloppy, ` ${key}\n`])
          expect([...parseRecoveryKey(typed)]).toEqual([...bytes]);
        expect(looksLikeRecoveryKey(key)).toBe(true);
      }),
    );
  });

  it('names the group in which one character is wrong', () => {
    fc.assert(
      fc.property(secret, fc.nat(39), fc.integer({ min: 1, max: 31 }), (bytes, place, shift) => {
        const plain = formatRecoveryKey(bytes).replaceAll('-', '');
        const other = characters[(characters.indexOf(plain[place] ?? '') + shift) % 32] ?? '';
        const changed = plain.slice(0, place) + other + plain.slice(place + 1);
        expect(refusal(changed)).toContain(`in group ${Math.floor(place / 5) + 1}.`);
      }),
    );
  });

  it('finds two neighbours swapped within a group, and two groups swapped', () => {
    fc.assert(
      fc.property(secret, fc.nat(7), fc.nat(3), fc.nat(7), (bytes, group, place, other) => {
        const groups = formatRecoveryKey(bytes).split('-');
        const own = [...(groups[group] ?? '')];
        [own[place], own[place + 1]] = [own[place + 1] ?? '', own[place] ?? ''];
        const swapped = groups.with(group, own.join(''));
        if (swapped[group] !== groups[group]) expect(refusal(swapped.join('-'))).toContain('mistake');
        if (group === other) return;
        const moved = groups.with(group, groups[other] ?? '').with(other, groups[group] ?? '');
        expect(refusal(moved.join('-'))).toContain('mistake');
      }),
    );
  });

  it('is refused when it is too short, too long or holds other characters', () => {
    expect(refusal('ABCDE')).toContain('5 characters in all');
    expect(refusal(`${freshRecoveryKey()}-AAAAA`)).toContain('45 characters');
    expect(refusal(freshRecoveryKey().replace(/^.../, 'U*?'))).toContain('group 1.');
  });

  it('is another one every time, with a last group to ask for', () => {
    const keys = new Set(Array.from({ length: 50 }, freshRecoveryKey));
    expect(keys.size).toBe(50);
    for (const key of keys) expect(key.endsWith(`-${lastGroupOf(key)}`)).toBe(true);
  });

  it('is not taken for a passphrase', () => {
    for (const text of ['correct horse battery staple', '', 'ABCDE-FGHIJ', 'a'.repeat(47)]) {
      expect(looksLikeRecoveryKey(text)).toBe(false);
    }
  });
});
