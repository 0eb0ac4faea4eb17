import fc from 'fast-check';
import { expect, it } from 'vitest';
import { guessBits, passphraseStrength } from './passphrase.ts';

it.each([
  ['a1b2', 'short'],
  ['aaaaaaaaaaaaaaaaaaaa', 'weak'],
  ['1234567890123', 'weak'],
  ['passwordpassword', 'weak'],
  ['Hamburg2024!', 'weak'],
  ['correct horse battery', 'weak'],
  ['correct horse battery staple', 'fair'],
  ['correct horse battery staple violin', 'good'],
  ['horse horse horse horse horse', 'weak'],
  ['k7#Qz!m2Vx', 'good'],
  ['83519274602', 'weak'],
  ['床前明月光疑是地上霜', 'good'],
] as const)('“%s” is %s', (passphrase, strength) => {
  expect(passphraseStrength(passphrase, 10)).toBe(strength);
});

it('is a number for whatever is typed', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(guessBits(text)).toBeGreaterThanOrEqual(0);
    }),
  );
});
