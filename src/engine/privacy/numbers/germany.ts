/** Identification number for tax purposes (Steuer-ID) of Germany. */
import { modulo11And10 } from './checksums.ts';
import { pick, type Draw } from './random.ts';

/**
 * Eleven digits, the last by ISO/IEC 7064 MOD 11,10; of the ten before it one digit occurs twice or three times, all
 * others at most once (section 139b of the German Fiscal Code and the rules of the Bundeszentralamt für Steuern).
 */
export function isGermanTaxId(text: string): boolean {
  const plain = text.replace(/[\s/-]/g, '');
  return /^[1-9]\d{10}$/.test(plain) && isTaxNumber(plain);
}

function isTaxNumber(plain: string): boolean {
  const counts = new Map<string, number>();
  for (const digit of plain.slice(0, 10)) counts.set(digit, (counts.get(digit) ?? 0) + 1);
  const repeated = [...counts.values()].filter((count) => count > 1);
  return (
    repeated.length === 1 && (repeated[0] ?? 0) <= 3 && modulo11And10(plain.slice(0, 10)) === plain.charAt(10)
  );
}

/** Begins with 0, as the authority's own test numbers do; check digit and repetition as in real ones. */
export function fakeGermanTaxId(draw: Draw): string {
  const rest = [...'123456789'];
  for (let at = rest.length - 1; at > 0; at--) {
    const other = draw.below(at + 1);
    [rest[at], rest[other]] = [rest[other] ?? '', rest[at] ?? ''];
  }
  const chosen = rest.slice(0, 8);
  chosen.splice(draw.below(9), 0, pick(draw, chosen));
  const body = `0${chosen.join('')}`;
  return body + modulo11And10(body);
}
