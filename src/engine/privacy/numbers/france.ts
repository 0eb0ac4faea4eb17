/** Number of the national register of persons (NIR, “numéro de sécurité sociale”) of France. */
import { digits, padded, pick, type Draw } from './random.ts';

/** Sex, year, month, department, commune, order and a key of 97 − number modulo 97 (INSEE); Corsica has 2A and 2B. */
export function isNir(text: string): boolean {
  const plain = text.replace(/[\s.-]/g, '').toUpperCase();
  if (!/^[1-478]\d{2}(0[1-9]|1[0-2]|[2-9]\d)(\d{2}|2[AB])\d{6}\d{2}$/.test(plain)) return false;
  return key(plain.slice(0, 13)) === plain.slice(13);
}

function key(body: string): string {
  const plain = body.replace('2A', '19').replace('2B', '18');
  return String(97 - (Number(plain) % 97)).padStart(2, '0');
}

/** Born abroad (99) in country 990, a code that is not assigned. */
export function fakeNir(draw: Draw, sex?: 'female' | 'male'): string {
  const first = sex === undefined ? pick(draw, ['1', '2']) : sex === 'male' ? '1' : '2';
  const month = String(1 + draw.below(12)).padStart(2, '0');
  const body = `${first}${digits(draw, 2)}${month}99990${padded(draw, 1000, 3)}`;
  return body + key(body);
}
