import { getLocale } from '../../shared/language.ts';
import { m } from '../../shared/messages/messages.js';
import { personalKinds, type PersonalKind } from '../../shared/personal-kinds.ts';
import type { AnonymityPart } from '../../shared/personal.ts';
import type { ColumnChoice } from '../../shared/table.ts';
import { roleWord } from './columns.ts';

const kindWords: Record<PersonalKind, () => string> = {
  'given-name': m.personal_kind_given_name,
  'family-name': m.personal_kind_family_name,
  'full-name': m.personal_kind_full_name,
  email: m.personal_kind_email,
  phone: m.personal_kind_phone,
  address: m.personal_kind_address,
  postcode: m.personal_kind_postcode,
  'ip-address': m.personal_kind_ip_address,
  'birth-date': m.personal_kind_birth_date,
  'card-number': m.personal_kind_card_number,
  iban: m.personal_kind_iban,
  'us-ssn': m.personal_kind_us_ssn,
  'us-ein': m.personal_kind_us_ein,
  'uk-nino': m.personal_kind_uk_nino,
  'uk-nhs': m.personal_kind_uk_nhs,
  'de-tax-id': m.personal_kind_de_tax_id,
  'fr-nir': m.personal_kind_fr_nir,
  'es-dni': m.personal_kind_es_dni,
  'it-cf': m.personal_kind_it_cf,
  'cn-resident-id': m.personal_kind_cn_resident_id,
  'in-aadhaar': m.personal_kind_in_aadhaar,
  'in-pan': m.personal_kind_in_pan,
  'br-cpf': m.personal_kind_br_cpf,
  'br-cnpj': m.personal_kind_br_cnpj,
  'medical-record': m.personal_kind_medical_record,
  'account-number': m.personal_kind_account_number,
  'document-number': m.personal_kind_document_number,
  url: m.personal_kind_url,
  coordinates: m.personal_kind_coordinates,
  city: m.personal_kind_city,
  age: m.personal_kind_age,
  sex: m.personal_kind_sex,
  date: m.personal_kind_date,
  'other-identifier': m.personal_kind_other_identifier,
  'other-attribute': m.personal_kind_other_attribute,
};

export function kindOfPersonWord(kind: PersonalKind): string {
  return kindWords[kind]();
}

/** All kinds, in the order of their words in the present language. */
export function sortedKinds(): PersonalKind[] {
  return personalKinds.toSorted((a, b) =>
    kindOfPersonWord(a).localeCompare(kindOfPersonWord(b), getLocale()),
  );
}

/** What a column holds of persons. */
export function markWord(kind: PersonalKind | 'none'): string {
  return kind === 'none' ? m.personal_not_personal() : kindOfPersonWord(kind);
}

export function anonymityPartWord(part: AnonymityPart): string {
  return { quasi: m.personal_part_quasi, sensitive: m.personal_part_sensitive, none: m.personal_part_none }[
    part
  ]();
}

/** What becomes of a column, treatment included. */
export function treatmentWord({ role, generalise }: ColumnChoice): string {
  if (role !== 'keep') return roleWord(role);
  switch (generalise?.how) {
    case undefined:
      return m.personal_as_it_is();
    case 'bands':
      return m.personal_bands({ width: generalise.width });
    case 'top':
      return m.personal_top({ at: generalise.at });
    case 'round':
      return m.personal_round({ decimals: generalise.decimals });
    case 'zip3':
      return m.personal_zip3();
    case 'postcode-area':
      return m.personal_area();
    case 'network':
      return m.personal_network();
    case 'date':
      return { month: m.personal_month, quarter: m.personal_quarter, year: m.personal_year }[generalise.to]();
  }
}

/** Whether two choices do the same to a column, whatever kind it is read as. */
export function sameTreatment(a: ColumnChoice, b: ColumnChoice): boolean {
  return a.role === b.role && JSON.stringify(a.generalise) === JSON.stringify(b.generalise);
}
