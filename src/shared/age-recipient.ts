/**
 * Public keys of the `age` format (age1…), checked as they are typed. Encoded in Bech32, after BIP 173: a mistyped
 * character is found by the checksum.
 */

export type RecipientCheck = { ok: true; recipient: string } | { ok: false; problem: RecipientProblem };

export type RecipientProblem =
  | { kind: 'empty' }
  | { kind: 'secret-key' }
  | { kind: 'post-quantum' }
  | { kind: 'plugin' }
  | { kind: 'ssh' }
  | { kind: 'not-age' }
  | { kind: 'mixed-case' }
  | { kind: 'character'; character: string; place: number }
  | { kind: 'length'; length: number }
  | { kind: 'checksum' };

const prefix = 'age';
const alphabet = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l';
/** `age1`, 52 characters of key, 6 of checksum. */
export const recipientLength = 62;

/** Looks at one recipient, spaces around it aside. What it gives back is in lower case, as `age` writes it. */
export function checkRecipient(typed: string): RecipientCheck {
  const text = typed.trim();
  const lower = text.toLowerCase();
  const fail = (problem: RecipientProblem): RecipientCheck => ({ ok: false, problem });
  if (text === '') return fail({ kind: 'empty' });
  if (lower.startsWith('age-secret-key-')) return fail({ kind: 'secret-key' });
  if (/^age1(pq|tagpq)1/.test(lower)) return fail({ kind: 'post-quantum' });
  if (/^(ssh-|ecdsa-|sk-)/.test(lower)) return fail({ kind: 'ssh' });
  if (!lower.startsWith('age1')) return fail({ kind: 'not-age' });
  // Keys kept by a plugin: age1yubikey1…, age1tag1…; “1” is no character of the key itself.
  if (/^age1[a-z0-9]+1[a-z0-9]{20}/.test(lower)) return fail({ kind: 'plugin' });
  if (text !== lower && text !== text.toUpperCase()) return fail({ kind: 'mixed-case' });
  const characters = Array.from(lower.slice(prefix.length + 1));
  const wrong = characters.findIndex((character) => !alphabet.includes(character));
  if (wrong >= 0) {
    return fail({ kind: 'character', character: characters[wrong] ?? '', place: prefix.length + 2 + wrong });
  }
  if (lower.length !== recipientLength) return fail({ kind: 'length', length: lower.length });
  const values = characters.map((character) => alphabet.indexOf(character));
  return checksumHolds(values) ? { ok: true, recipient: lower } : fail({ kind: 'checksum' });
}

/** In plain words, for a terminal; the window has its own. */
export function recipientProblemInWords(problem: RecipientProblem): { message: string; fix: string } {
  const ask = 'Ask the recipient for the line that begins with age1, and paste it whole.';
  switch (problem.kind) {
    case 'empty':
      return { message: 'No recipient is named.', fix: ask };
    case 'secret-key':
      return {
        message: 'This is a secret key: it opens files and must not be passed on.',
        fix: 'Use the public key that belongs to it: it begins with age1 (age-keygen -y shows it).',
      };
    case 'post-quantum':
      return {
        message: 'This is a post-quantum key: files for it do not open in the age of current systems.',
        fix: 'Ask the recipient for an ordinary key, made by age-keygen.',
      };
    case 'plugin':
      return {
        message: 'This key belongs to a plugin of age, which Semblance does not have.',
        fix: 'Ask the recipient for an ordinary key, made by age-keygen.',
      };
    case 'ssh':
      return {
        message: 'SSH keys are not taken.',
        fix: 'Ask the recipient for an age key, made by age-keygen.',
      };
    case 'not-age':
      return { message: 'This is not an age recipient: those begin with age1.', fix: ask };
    case 'mixed-case':
      return {
        message: 'This recipient mixes upper and lower case, so it was not copied as it is.',
        fix: ask,
      };
    case 'character':
      return {
        message: `“${problem.character}” (character ${problem.place}) does not occur in age recipients.`,
        fix: ask,
      };
    case 'length': {
      const by = Math.abs(problem.length - recipientLength);
      return {
        message: `This recipient is ${by} ${by === 1 ? 'character' : 'characters'} too ${problem.length < recipientLength ? 'short' : 'long'}.`,
        fix: ask,
      };
    }
    case 'checksum':
      return { message: 'This recipient is mistyped: its checksum does not hold.', fix: ask };
  }
}

/** The checksum of Bech32 over the prefix and the values of the characters (5 bits each). */
function checksumHolds(values: readonly number[]): boolean {
  const codes = Array.from(prefix, (character) => character.charCodeAt(0));
  const expanded = [...codes.map((code) => code >> 5), 0, ...codes.map((code) => code & 31)];
  return polymod([...expanded, ...values]) === 1;
}

const generators = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3];

function polymod(values: readonly number[]): number {
  let checksum = 1;
  for (const value of values) {
    const top = checksum >>> 25;
    checksum = ((checksum & 0x1ffffff) << 5) ^ value;
    for (const [bit, generator] of generators.entries()) if ((top >> bit) & 1) checksum ^= generator;
  }
  return checksum;
}
