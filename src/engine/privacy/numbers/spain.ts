/** National identity document (DNI) and identity number of foreigners (NIE) of Spain. */
import { padded, type Draw } from './random.ts';

const checkLetters = 'TRWAGMYFPDXBNJZSQVHLCKE';

/** The letter is that of the number modulo 23; X, Y and Z before a NIE count as 0, 1 and 2. */
export function isDni(text: string): boolean {
  const plain = text.replace(/[\s.-]/g, '').toUpperCase();
  const found = /^([XYZ]?)(\d{7,8})([A-Z])$/.exec(plain);
  if (!found) return false;
  const [, first = '', number = '', letter] = found;
  if (first === '' ? number.length !== 8 : number.length !== 7) return false;
  return checkLetters.charAt(Number(`${first === '' ? '' : 'XYZ'.indexOf(first)}${number}`) % 23) === letter;
}

/** From 99,000,000 on: far beyond what has been issued. */
export function fakeDni(draw: Draw): string {
  const number = `99${padded(draw, 1_000_000, 6)}`;
  return number + checkLetters.charAt(Number(number) % 23);
}
