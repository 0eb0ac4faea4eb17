/**
 * Why a kind of personal data is treated as it is by default: the rule it falls under. Of HIPAA the eighteen identifiers
 * of Safe Harbor, 45 CFR 164.514(b)(2)(i)(A) to (R); of the GDPR article 4(1) and recitals 26 and 30.
 */
import { m } from './messages/messages.js';
import { isQuasi, type PersonalKind } from './personal-kinds.ts';

export interface PersonalRule {
  /** Numbers among the eighteen identifiers, 1 being (A); none where it is not among them. */
  hipaa: readonly number[];
  gdpr: 'identifier' | 'online' | 'singling-out';
}

const identifiers: Readonly<Record<PersonalKind, readonly number[]>> = {
  'given-name': [1], 'family-name': [1], 'full-name': [1],
  address: [2], postcode: [2], city: [2], coordinates: [2],
  'birth-date': [3], date: [3], age: [3],
  phone: [4], email: [6], 'us-ssn': [7], 'medical-record': [8],
  'account-number': [10], iban: [10], 'card-number': [10],
  // Certificates and licences, vehicles and their plates, devices and their serial numbers.
  'document-number': [11, 12, 13],
  url: [14], 'ip-address': [15],
  'us-ein': [18], 'uk-nino': [18], 'uk-nhs': [8, 9], 'de-tax-id': [18], 'fr-nir': [18], 'es-dni': [18], 'it-cf': [18],
  'cn-resident-id': [18], 'in-aadhaar': [18], 'in-pan': [18], 'br-cpf': [18], 'br-cnpj': [18], 'other-identifier': [18],
  sex: [], 'other-attribute': [],
}; // prettier-ignore

export function ruleOf(kind: PersonalKind): PersonalRule {
  const online = kind === 'ip-address' || kind === 'url';
  return {
    hipaa: identifiers[kind],
    gdpr: online ? 'online' : isQuasi(kind) ? 'singling-out' : 'identifier',
  };
}

/** Names of the identifiers that occur above. */
const names: Readonly<Record<number, () => string>> = {
  1: m.personal_hipaa_1, 2: m.personal_hipaa_2, 3: m.personal_hipaa_3, 4: m.personal_hipaa_4, 6: m.personal_hipaa_6,
  7: m.personal_hipaa_7, 8: m.personal_hipaa_8, 9: m.personal_hipaa_9, 10: m.personal_hipaa_10,
  11: m.personal_hipaa_11, 12: m.personal_hipaa_12, 13: m.personal_hipaa_13, 14: m.personal_hipaa_14,
  15: m.personal_hipaa_15, 18: m.personal_hipaa_18,
}; // prettier-ignore

/** What identifier `number` of the eighteen is; empty for those no kind falls under. */
export function identifierName(number: number): string {
  return names[number]?.() ?? '';
}

/** Letter by which the rule calls identifier `number`. */
export function letterOf(number: number): string {
  return String.fromCharCode(64 + number);
}

/** Both rules in sentences. */
export function whyInWords(kind: PersonalKind): { hipaa: string; gdpr: string } {
  const { hipaa, gdpr } = ruleOf(kind);
  const listed = hipaa.map((number) =>
    m.personal_why_identifier({ letter: letterOf(number), number, name: identifierName(number) }),
  );
  return {
    hipaa:
      listed.length === 0 ? m.personal_why_hipaa_none() : m.personal_why_hipaa({ listed: listed.join('; ') }),
    gdpr: {
      identifier: m.personal_why_gdpr_identifier,
      online: m.personal_why_gdpr_online,
      'singling-out': m.personal_why_gdpr_singling,
    }[gdpr](),
  };
}
