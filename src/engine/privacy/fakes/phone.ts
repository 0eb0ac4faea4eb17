/**
 * Telephone numbers for fiction: of ranges that regulators keep free for it, where they do (North America 555-01xx;
 * Ofcom's 07700 900xxx; Bundesnetzagentur's 030 23125xxx; ARCEP's 01 99 00 xx xx; PTS's 08-465 004 xx). Elsewhere the
 * number after the country code begins with zeros, as none in service does.
 */
import type { FakeLocale } from '../../../shared/personal.ts';
import { digits, pick, type Draw } from '../numbers/random.ts';
import { callingCodes } from './locales.ts';

/** Area codes in service, so that the number looks right. */
const areas = ['202', '212', '303', '312', '404', '415', '503', '602', '617', '713', '808', '907'];

/** The number as dialled inside its country, with the trunk zero where there is one. */
function national(locale: FakeLocale, draw: Draw, length: number | undefined): string {
  switch (locale) {
    case 'en_US':
      return `${pick(draw, areas)}55501${digits(draw, 2)}`;
    case 'en_GB':
      return `07700900${digits(draw, 3)}`;
    case 'de':
      return `03023125${digits(draw, 3)}`;
    case 'fr':
      return `019900${digits(draw, 4)}`;
    case 'sv':
      return `08465004${digits(draw, 2)}`;
    default:
      return `000${digits(draw, Math.max(4, (length ?? 10) - 3))}`;
  }
}

/**
 * A number laid out by `mask` (9 for a digit): with a country code where the mask begins with +. Where the mask has
 * another number of digits than such numbers have, the last group is longer or shorter.
 */
export function fakePhone(draw: Draw, locale: FakeLocale, mask?: string): string {
  const room = mask === undefined ? undefined : [...mask].filter((character) => character === '9').length;
  const abroad = mask?.startsWith('+') === true;
  const code = callingCodes[locale];
  const inside = national(locale, draw, room === undefined ? undefined : abroad ? room - code.length : room);
  const dialled = abroad ? code + inside.replace(/^0(?=[1-9])/, '') : inside;
  if (mask === undefined)
    return locale === 'en_US' ? dialled.replace(/(\d{3})(\d{3})(\d{4})/, '$1-$2-$3') : dialled;
  return layOut(dialled, mask);
}

/** Characters in the places of a mask; what is left over goes to the end, places left over are left out. */
export function layOut(characters: string, mask: string): string {
  let text = '';
  let at = 0;
  for (const place of mask) {
    if (at >= characters.length) break;
    text += place === '9' || place === 'A' || place === 'a' ? characters.charAt(at++) : place;
  }
  const whole = text + characters.slice(at);
  // A bracket that was never closed for want of digits is none.
  return whole.includes('(') && !whole.includes(')') ? whole.replace('(', '') : whole;
}
