/**
 * What is done about personal data unless the user decides otherwise. Two sets of defaults: `hipaa` follows the
 * eighteen identifiers of Safe Harbor (45 CFR 164.514(b)(2)); `gdpr` keeps more detail of what names nobody alone, for
 * the user to judge by the classes it leaves (recital 26: means reasonably likely to be used).
 */
import { isQuasi } from './personal-kinds.ts';
import type { Generalisation, PersonalPolicy } from './personal.ts';
import type { PersonalKind } from './personal-kinds.ts';
import type { ColumnChoice, ColumnProfile } from './table.ts';

/** Kinds that made-up values can be written for. */
const fakeable: ReadonlySet<PersonalKind> = new Set<PersonalKind>([
  'given-name', 'family-name', 'full-name', 'email', 'phone', 'address', 'postcode', 'city', 'ip-address', 'card-number',
  'iban', 'us-ssn', 'us-ein', 'uk-nino', 'uk-nhs', 'de-tax-id', 'fr-nir', 'es-dni', 'it-cf', 'cn-resident-id',
  'in-aadhaar', 'in-pan', 'br-cpf', 'br-cnpj', 'url', 'medical-record', 'account-number', 'document-number',
  'other-identifier',
]); // prettier-ignore

export function canFake(kind: PersonalKind): boolean {
  return fakeable.has(kind);
}

/** Numbers of an institution: fresh ones in the shape of the column, none of which occurs in it, serve best. */
const issued: ReadonlySet<PersonalKind> = new Set<PersonalKind>([
  'medical-record',
  'account-number',
  'document-number',
  'other-identifier',
]);

/** Ages from here on are one (HIPAA: “a single category of age 90 or older”). */
export const oldestAge = 90;

type Treated = Pick<ColumnProfile, 'name' | 'kind' | 'role' | 'personal'>;

/**
 * The treatment a set of defaults asks for.
 * @param year the current one: dates of birth more than 90 years before it are not told apart
 */
export function safeChoice(
  column: Treated,
  policy: PersonalPolicy,
  year = new Date().getFullYear(),
): ColumnChoice {
  const { name, kind, role, personal } = column;
  const plain: ColumnChoice = { name, kind, role };
  const found = personal?.[0];
  if (found === undefined) return plain;
  if (found.withinText) return { ...plain, role: 'drop' };
  if (!isQuasi(found.kind)) return directChoice(plain, found.kind, policy);
  if (role === 'drop' || found.kind === 'sex') return plain;
  if (found.kind === 'city') return policy === 'hipaa' ? { ...plain, role: 'drop' } : plain;
  const generalise = quasiTreatment(found.kind, kind, policy, year);
  return generalise ? { ...plain, role: 'keep', generalise } : plain;
}

function directChoice(plain: ColumnChoice, found: PersonalKind, policy: PersonalPolicy): ColumnChoice {
  if (found === 'coordinates')
    return policy === 'hipaa'
      ? { ...plain, role: 'drop' }
      : { ...plain, role: 'keep', generalise: { how: 'round', decimals: 1 } };
  if (issued.has(found)) return { ...plain, role: 'identifier' };
  return { ...plain, role: 'fake', fake: found };
}

function quasiTreatment(
  found: PersonalKind,
  kind: ColumnProfile['kind'],
  policy: PersonalPolicy,
  year: number,
): Generalisation | undefined {
  switch (found) {
    case 'postcode':
      return policy === 'hipaa' ? { how: 'zip3' } : { how: 'postcode-area' };
    case 'birth-date':
      return { how: 'date', to: 'year', notBefore: year - oldestAge };
    case 'date':
      // Of a date that is not understood a year is all that can be told.
      return { how: 'date', to: policy === 'hipaa' || kind !== 'datetime' ? 'year' : 'month' };
    case 'age':
      if (kind === 'datetime' || kind === 'boolean') return undefined;
      return policy === 'hipaa' ? { how: 'top', at: oldestAge } : { how: 'bands', width: 5, top: oldestAge };
    default:
      return undefined;
  }
}

/** Whether what was found in a column names people, rather than nobody alone. */
export function namesPeople({ personal }: Pick<ColumnProfile, 'personal'>): boolean {
  const found = personal?.[0];
  return found !== undefined && (found.withinText || !isQuasi(found.kind));
}

/**
 * What is proposed as long as the user has not chosen defaults: what names people is never learned as it is; what
 * names nobody alone is left to the user.
 */
export function proposedChoice(column: Treated): ColumnChoice {
  if (namesPeople(column)) return safeChoice(column, 'hipaa');
  return { name: column.name, kind: column.kind, role: column.role };
}

/** Whether what names people in a column would be learned and written as it is, without the user having said so. */
export function isUntreated(column: Pick<ColumnProfile, 'personal'>, choice: ColumnChoice): boolean {
  if (choice.role !== 'keep' || choice.generalise !== undefined || choice.kind === 'text') return false;
  return choice.learnPersonal !== true && namesPeople(column);
}
