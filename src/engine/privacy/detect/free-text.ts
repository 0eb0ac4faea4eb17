/** Personal data inside longer texts: remarks, letters, notes. */
import type { PersonalFinding } from '../../../shared/personal.ts';
import type { PersonalKind } from '../../../shared/personal-kinds.ts';
import { isGermanTaxId } from '../numbers/germany.ts';
import { isCnpj, isCpf } from '../numbers/brazil.ts';
import { isResidentId } from '../numbers/china.ts';
import { isNir } from '../numbers/france.ts';
import { isAadhaar } from '../numbers/india.ts';
import { isCodiceFiscale } from '../numbers/italy.ts';
import { isCardNumber, isIban } from '../numbers/payment.ts';
import { isDni } from '../numbers/spain.ts';
import { isNhsNumber, isNino } from '../numbers/united-kingdom.ts';
import { isSsn } from '../numbers/united-states.ts';
import { isEmail, isIpAddress, isPhone, isUrl } from './contact.ts';
import { isFullName, namesThings } from './person-names.ts';
import { confidenceOf } from './detector.ts';

export interface Span {
  kind: PersonalKind;
  start: number;
  end: number;
}

interface Pattern {
  kind: PersonalKind;
  /** Candidates, to be confirmed by `test`. */
  expression: RegExp;
  test: (text: string) => boolean;
}

/** Most certain first: of spans that overlap, the first found stays. */
const patterns: readonly Pattern[] = [
  { kind: 'email', expression: /[^\s<>"(),;:]+@[\p{L}\d.-]+\.\p{L}{2,}/gu, test: isEmail },
  { kind: 'url', expression: /(?:https?:\/\/|www\.)[^\s<>")\]]+[^\s<>")\].,;:!?]/gi, test: isUrl },
  { kind: 'iban', expression: /\b[A-Z]{2}\d{2}(?: ?[A-Z\d]{1,4}){3,8}\b/g, test: isIban },
  { kind: 'it-cf', expression: /\b[A-Z]{6}[\dA-Z]{2}[A-Z][\dA-Z]{2}[A-Z][\dA-Z]{3}[A-Z]\b/g, test: isCodiceFiscale },
  { kind: 'cn-resident-id', expression: /(?<!\d)\d{17}[\dXx](?!\d)/g, test: isResidentId },
  { kind: 'fr-nir', expression: /(?<!\d)[12]( ?\d{2}){3}( ?\d{3}){2} ?\d{2}(?!\d)/g, test: isNir },
  { kind: 'card-number', expression: /(?<![\d-])\d{4}([ -]?)\d{4,6}\1\d{4,5}(?:\1\d{1,7})?(?![\d-])/g, test: isCardNumber },
  { kind: 'br-cnpj', expression: /(?<!\d)\d{2}\.\d{3}\.\d{3}\/\d{4}-\d{2}(?!\d)/g, test: isCnpj },
  { kind: 'br-cpf', expression: /(?<!\d)\d{3}\.\d{3}\.\d{3}-\d{2}(?!\d)/g, test: isCpf },
  { kind: 'us-ssn', expression: /(?<![\d-])\d{3}-\d{2}-\d{4}(?![\d-])/g, test: isSsn },
  { kind: 'uk-nino', expression: /\b[A-Z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-D]\b/g, test: isNino },
  { kind: 'es-dni', expression: /\b(?:\d{8}|[XYZ]-?\d{7})-?[A-Z]\b/g, test: isDni },
  { kind: 'ip-address', expression: /(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.])|\b(?:[\da-f]{1,4}:){2,7}:?[\da-f]{1,4}\b/gi, test: isIpAddress },
  { kind: 'uk-nhs', expression: /(?<!\d)\d{3} \d{3} \d{4}(?!\d)/g, test: isNhsNumber },
  { kind: 'in-aadhaar', expression: /(?<!\d)\d{4} \d{4} \d{4}(?!\d)/g, test: isAadhaar },
  { kind: 'de-tax-id', expression: /(?<!\d)\d{2} \d{3} \d{3} \d{3}(?!\d)/g, test: isGermanTaxId },
  { kind: 'phone', expression: /(?<![\w.+])(?:\+|\(?0|\(\d{2,4}\)|\d{3}[-.])[\d\s()/.-]{6,20}\d(?![\w-])/g, test: isPhone },
  {
    kind: 'full-name',
    expression: /(?<![\p{L}\p{N}])\p{Lu}[\p{L}'’-]+(?: \p{Lu}\.)?(?: (?:de|del|da|di|van|von|der|la|le|du))* \p{Lu}[\p{L}'’-]+(?![\p{L}])/gu,
    test: isFullName,
  },
]; // prettier-ignore

/** Places of personal data in a text, in order, none overlapping another. */
export function findSpans(text: string): Span[] {
  const spans: Span[] = [];
  for (const { kind, expression, test } of patterns)
    for (const match of text.matchAll(expression)) {
      const start = match.index;
      const end = start + match[0].length;
      if (!test(match[0]) || spans.some((other) => start < other.end && end > other.start)) continue;
      spans.push({ kind, start, end });
    }
  return spans.sort((a, b) => a.start - b.start);
}

/** Words of a text that make it worth looking inside. */
export function isLongText(value: string): boolean {
  return value.length > 25 && value.split(/\s+/).length >= 5;
}

/** Whether a text reads like sentences, where a name stands out, rather than like a list of names. */
function isProse(text: string): boolean {
  const words = text.split(/\s+/);
  return words.filter((word) => /^\p{Ll}/u.test(word)).length >= words.length * 0.4;
}

/** At most so many texts are looked into. */
const mostTexts = 1000;

/**
 * Kinds found inside the texts of a column; `hits` counts texts. One text in a hundred is enough, two at least. A
 * label that speaks of companies, products and the like makes names in them those of things.
 */
export function findWithinTexts(values: readonly string[], label = ''): PersonalFinding[] {
  const texts = values.slice(0, mostTexts);
  const counts = new Map<PersonalKind, number>();
  for (const text of texts)
    for (const kind of new Set(findSpans(text).map((span) => span.kind)))
      if (kind !== 'full-name' || isProse(text)) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return [...counts]
    .filter(([kind]) => kind !== 'full-name' || !namesThings(label))
    .filter(([, hits]) => hits >= Math.min(texts.length, 2) && hits >= texts.length * 0.01)
    .map(([kind, hits]) => ({
      kind,
      hits,
      sampled: texts.length,
      named: false,
      withinText: true,
      // How often it occurs says little about whether it is one.
      confidence:
        kind === 'full-name' ? confidenceOf(hits, hits, 0.8, false) : confidenceOf(hits, hits, 0.95, true),
    }))
    .sort((a, b) => b.hits - a.hits);
}
