/**
 * National numbers as their issuers make them, for the corpus: in ranges that are in use, with check digits computed
 * here and not by the product.
 */
import type { Random } from './random.ts';

const sum = (digits: string, weights: readonly number[]): number =>
  weights.reduce((total, weight, at) => total + weight * Number(digits[at]), 0);
const two = (value: number): string => String(value).padStart(2, '0');

export const nationalNumbers: Readonly<Record<string, (random: Random) => string>> = {
  'us-ssn': (random) => `${two(1 + random.below(6))}${1 + random.below(9)}-${two(1 + random.below(99))}-${String(1 + random.below(9999)).padStart(4, '0')}`,
  'us-ein': (random) => `${random.pick(['12', '20', '35', '46', '58', '61', '83', '94'])}-${random.digits(7)}`,
  'uk-nino': (random) => {
    const body = `${random.pick(['AB', 'CE', 'JG', 'LS', 'NR', 'PX', 'SK', 'WM'])}${random.digits(6)}${random.pick(['A', 'B', 'C', 'D'])}`;
    return random.below(2) === 0 ? body : body.replace(/(..)(..)(..)(..)(.)/, '$1 $2 $3 $4 $5');
  },
  'uk-nhs': (random) => {
    for (;;) {
      const body = `4${random.digits(8)}`;
      const check = 11 - (sum(body, [10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11);
      if (check !== 10) return `${body.slice(0, 3)} ${body.slice(3, 6)} ${body.slice(6)}${check % 11}`;
    }
  },
  'de-tax-id': (random) => {
    const order = [...'1234567890'];
    order.sort(() => random.next() - 0.5);
    const nine = order.slice(0, 9);
    const place = 1 + random.below(8);
    const body = [...nine.slice(0, place), nine[random.below(place)] ?? '1', ...nine.slice(place)];
    if (body[0] === '0') body[0] = order[9] === '0' ? '1' : (order[9] ?? '1');
    const counts = new Map<string, number>();
    for (const digit of body) counts.set(digit, (counts.get(digit) ?? 0) + 1);
    if ([...counts.values()].filter((count) => count > 1).length !== 1) return nationalNumber('de-tax-id', random);
    let product = 10;
    for (const digit of body) {
      const mixed = (Number(digit) + product) % 10 || 10;
      product = (mixed * 2) % 11;
    }
    return body.join('') + String((11 - product) % 10);
  },
  'fr-nir': (random) => {
    const body = `${1 + random.below(2)}${two(random.below(100))}${two(1 + random.below(12))}${two(1 + random.below(95))}${random.digits(3)}${random.digits(3)}`;
    return body + two(97 - (Number(body) % 97));
  },
  'es-dni': (random) => {
    const number = random.digits(8);
    if (random.below(5) > 0) return number + ('TRWAGMYFPDXBNJZSQVHLCKE'[Number(number) % 23] ?? '');
    const first = random.below(3);
    const rest = random.digits(7);
    return `${'XYZ'[first]}${rest}${'TRWAGMYFPDXBNJZSQVHLCKE'[Number(`${first}${rest}`) % 23]}`;
  },
  'it-cf': (random) => {
    const consonants = [...'BCDFGLMNPRSTVZ'];
    const name = Array.from({ length: 6 }, () => random.pick(consonants)).join('');
    const body = `${name}${two(random.below(100))}${random.pick([...'ABCDEHLMPRST'])}${two(1 + random.below(28) + 40 * random.below(2))}${random.pick(['H501', 'F205', 'L219', 'A662', 'D612'])}`;
    const odd = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23];
    const total = [...body].reduce((all, character, at) => {
      const value = /\d/.test(character) ? Number(character) : character.charCodeAt(0) - 65;
      return all + (at % 2 === 0 ? (odd[value] ?? 0) : value);
    }, 0);
    return body + String.fromCharCode(65 + (total % 26));
  },
  'cn-resident-id': (random) => {
    const body = `${random.pick(['110105', '310104', '440305', '510107', '330106'])}${1950 + random.below(60)}${two(1 + random.below(12))}${two(1 + random.below(28))}${random.digits(3)}`;
    return body + '10X98765432'[sum(body, [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]) % 11];
  },
  'in-aadhaar': (random) => {
    const body = `${2 + random.below(8)}${random.digits(10)}`;
    const whole = body + verhoeff(body);
    return whole.replace(/(\d{4})(?=\d)/g, '$1 ');
  },
  'in-pan': (random) => {
    const letters = (count: number): string => Array.from({ length: count }, () => random.pick([...'ABCDEFGHJKLMNPRSTUVWXYZ'])).join('');
    return `${letters(3)}P${letters(1)}${random.digits(4)}${letters(1)}`;
  },
  'br-cpf': (random) => {
    const body = random.digits(9);
    const digit = (text: string): string => {
      const rest = (sum(text, Array.from({ length: text.length }, (_, at) => text.length + 1 - at)) * 10) % 11;
      return String(rest % 10);
    };
    const first = digit(body);
    const whole = body + first + digit(body + first);
    return whole.replace(/(\d{3})(\d{3})(\d{3})(\d{2})/, '$1.$2.$3-$4');
  },
  'br-cnpj': (random) => {
    const body = `${random.digits(8)}0001`;
    const weights = [6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2];
    const digit = (text: string): string => {
      const rest = sum(text, weights.slice(13 - text.length)) % 11;
      return String(rest < 2 ? 0 : 11 - rest);
    };
    const first = digit(body);
    const whole = body + first + digit(body + first);
    return whole.replace(/(\d{2})(\d{3})(\d{3})(\d{4})(\d{2})/, '$1.$2.$3/$4-$5');
  },
}; // prettier-ignore

export function nationalNumber(kind: string, random: Random): string {
  const make = nationalNumbers[kind];
  if (make === undefined) throw new RangeError(`No numbers of kind ${kind} are made.`);
  return make(random);
}

/** Verhoeff's digit, by the dihedral group itself rather than its tables: 0 to 4 rotations, 5 to 9 reflections. */
function verhoeff(body: string): string {
  const times = (a: number, b: number): number => {
    const [left, right] = [a % 5, b % 5];
    if (a < 5) return b < 5 ? (left + right) % 5 : 5 + ((left + right) % 5);
    return b < 5 ? 5 + ((left - right + 5) % 5) : (left - right + 5) % 5;
  };
  const once = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4];
  const permute = (digit: number, count: number): number => {
    let value = digit;
    for (let at = 0; at < count; at++) value = once[value] ?? 0;
    return value;
  };
  let check = 0;
  for (let at = 0; at < body.length; at++)
    check = times(check, permute(Number(body[body.length - 1 - at]), (at + 1) % 8));
  return String(Array.from({ length: 10 }, (_, digit) => digit).find((digit) => times(check, digit) === 0));
}
