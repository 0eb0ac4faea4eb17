/** When two texts are the same value of a person, and what a number tells of its holder. */
import type { PersonalKind } from '../../../shared/personal-kinds.ts';
import { fold } from '../detect/label.ts';
import type { Sex } from '../names/lists.ts';

/** The value as it is however it is written: texts with the same are the same telephone, number, address. */
export function plainValue(kind: PersonalKind, text: string): string {
  const plain = text.trim();
  switch (kind) {
    case 'email':
    case 'url':
    case 'ip-address':
      return plain.toLowerCase();
    case 'phone':
      // With country code and without: the last nine digits tell a line, extensions aside.
      return plain
        .replace(/\s*(x|ext\.?)\s*\d+$/i, '')
        .replace(/\D/g, '')
        .slice(-9);
    case 'address':
    case 'city':
    case 'given-name':
    case 'family-name':
    case 'full-name':
      return fold(plain)
        .replace(/[^\p{L}\d]+/gu, ' ')
        .trim();
    default:
      return plain.toUpperCase().replace(/[\s./-]/g, '');
  }
}

/** The sex a national number says its holder is of. */
export function sexInNumber(kind: PersonalKind, text: string): Sex | undefined {
  const plain = plainValue(kind, text);
  if (kind === 'fr-nir') return { 1: 'male' as const, 2: 'female' as const }[plain.charAt(0)];
  if (kind === 'it-cf' && /^.{9}\d\d/.test(plain)) return Number(plain.slice(9, 11)) > 40 ? 'female' : 'male';
  if (kind === 'cn-resident-id' && /^\d{17}/.test(plain))
    return Number(plain.charAt(16)) % 2 === 1 ? 'male' : 'female';
  return undefined;
}
