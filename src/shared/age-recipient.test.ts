import { generateHybridIdentity, generateX25519Identity, identityToRecipient } from 'age-encryption';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkRecipient, recipientProblemInWords } from './age-recipient.ts';

const fresh = async (): Promise<string> => identityToRecipient(await generateX25519Identity());
const kindOf = (text: string): string => {
  const checked = checkRecipient(text);
  return checked.ok ? 'ok' : checked.problem.kind;
};

describe('a recipient', () => {
  it('made by the age library is taken, in either case and with spaces around it', async () => {
    for (let count = 0; count < 20; count++) {
      const recipient = await fresh();
      for (const typed of [recipient, ` ${recipient}\n`, recipient.toUpperCase()])
        expect(checkRecipient(typed)).toEqual({ ok: true, recipient });
    }
  });

  it('with any one character mistyped is refused', async () => {
    const recipient = await fresh();
    fc.assert(
      fc.property(
        fc.integer({ min: 4, max: 61 }),
        fc.constantFrom(...'qpzry9x8gf2tvdw0s3jn54khce6mua7l'),
        (place, character) => {
          const mistyped = recipient.slice(0, place) + character + recipient.slice(place + 1);
          expect(kindOf(mistyped)).toBe(mistyped === recipient ? 'ok' : 'checksum');
        },
      ),
    );
  });

  it('that is none says what it is instead', async () => {
    const recipient = await fresh();
    const secret = await generateX25519Identity();
    const hybrid = await identityToRecipient(await generateHybridIdentity());
    expect(kindOf('')).toBe('empty');
    expect(kindOf(secret)).toBe('secret-key');
    expect(kindOf(hybrid)).toBe('post-quantum');
    expect(kindOf('ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAA')).toBe('ssh');
    expect(kindOf('age1yubikey1q2w7u3vpya839jxxuq8g0sedh3d740d4xvn639sqhr95ejj8vu3hyfumptt')).toBe('plugin');
    expect(kindOf('someone@example.org')).toBe('not-age');
    expect(kindOf(recipient.slice(0, -3))).toBe('length');
    expect(kindOf(`${recipient}q`)).toBe('length');
    expect(kindOf(recipient.slice(0, 20) + recipient.slice(20).toUpperCase())).toMatch(/mixed-case|ok/);
    expect(checkRecipient(`age1b${recipient.slice(5)}`)).toEqual({
      ok: false,
      problem: { kind: 'character', character: 'b', place: 5 },
    });
  });

  it('is never quoted but for the one character that is wrong', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 2 }), (text) => {
        const checked = checkRecipient(text);
        if (checked.ok) return;
        const { message, fix } = recipientProblemInWords(checked.problem);
        expect(message.length).toBeGreaterThan(10);
        expect(fix.length).toBeGreaterThan(10);
      }),
    );
  });
});
