/** Tax code (codice fiscale) of Italy. */
import { digits, letters, type Draw } from './random.ts';

const odd: readonly number[] = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23]; // prettier-ignore
const months = 'ABCDEHLMPRST';

/**
 * Sixteen characters, the last by the tables of the decree of 23 December 1976; letters L to V may stand for digits
 * where two people would share a code.
 */
export function isCodiceFiscale(text: string): boolean {
  const plain = text.replace(/\s/g, '').toUpperCase();
  const digit = '[\\dLMNP-V]';
  const shape = new RegExp(`^[A-Z]{6}${digit}{2}[${months}]${digit}{2}[A-Z]${digit}{3}[A-Z]$`);
  return shape.test(plain) && checkLetter(plain.slice(0, 15)) === plain.charAt(15);
}

function checkLetter(body: string): string {
  let sum = 0;
  for (let at = 0; at < 15; at++) {
    const code = body.charCodeAt(at);
    const value = code < 65 ? code - 48 : code - 65;
    sum += at % 2 === 0 ? (odd[value] ?? 0) : value;
  }
  return String.fromCharCode(65 + (sum % 26));
}

/** Born in place Z999, which is not assigned. */
export function fakeCodiceFiscale(draw: Draw, sex?: 'female' | 'male'): string {
  const consonants = 'BCDFGLMNPRSTVZ';
  const day = 1 + draw.below(28) + ((sex ?? (draw.below(2) === 0 ? 'male' : 'female')) === 'female' ? 40 : 0);
  const body = `${letters(draw, 6, consonants)}${digits(draw, 2)}${letters(draw, 1, months)}${String(day).padStart(2, '0')}Z999`;
  return body + checkLetter(body);
}
