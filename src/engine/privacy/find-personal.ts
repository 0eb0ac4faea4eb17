/** Personal data in a table: which columns hold it, of which kind, how surely. Never a value. */
import type { PersonalFinding } from '../../shared/personal.ts';
import type { ColumnKind } from '../../shared/table.ts';
import type { ColumnFacts } from '../tables/column-facts.ts';
import { nullMarkers } from '../tables/column-facts.ts';
import { email, ipAddress, phone, url } from './detect/contact.ts';
import { isQuasi } from '../../shared/personal-kinds.ts';
import { detect, leastConfidence, type ObservedColumn, type ValueDetector } from './detect/detector.ts';
import { findAmongOthers } from './detect/mixed.ts';
import { findWithinTexts, isLongText } from './detect/free-text.ts';
import { labelOf } from './detect/label.ts';
import { nationalNumbers } from './detect/national.ts';
import { findNames } from './detect/person-names.ts';
import { address, city, findCoordinates, postcode } from './detect/places.ts';
import { findAge, findBirthDate, findDate, findSex } from './detect/quasi.ts';
import { accountNumber, documentNumber, medicalRecord } from './detect/records.ts';

/** Distinct values of the sample that are looked at. */
const mostValues = 1000;

const valueDetectors: readonly ValueDetector[] = [
  email,
  url,
  ipAddress,
  ...nationalNumbers,
  phone,
  address,
  postcode,
  medicalRecord,
  accountNumber,
  documentNumber,
  city,
];

/** What is known of a column before it is looked at for personal data. */
export interface PersonalColumn {
  name: string;
  kind: ColumnKind;
  facts: Pick<ColumnFacts, 'sample' | 'values' | 'distinct'>;
}

/**
 * What a column holds of persons: at most one kind for whole values, the surest; for long texts every kind that
 * occurs in them, most frequent first. Empty where nothing is found.
 */
export function findPersonal({ name, kind, facts }: PersonalColumn): PersonalFinding[] {
  const column = observe(name, kind, facts);
  const whole = findWhole(column);
  if (whole && whole.confidence >= certain) return [whole];
  const texts = column.values.filter(isLongText);
  const within = texts.length > column.values.length / 2 ? findWithinTexts(column.values, column.label) : [];
  if (within.length > 0) return within;
  const mixed = whole ?? (column.kind === 'boolean' ? undefined : findAmongOthers(column, naming));
  return mixed ? [mixed] : [];
}

/** Detectors of what names people. */
const naming = valueDetectors.filter(({ kind }) => !isQuasi(kind));

/** With so much confidence in whole values nobody looks inside them. */
const certain = 0.7;

function findWhole(column: ObservedColumn): PersonalFinding | undefined {
  // Truth values are nobody's data, whatever the column is called.
  if (column.kind === 'boolean') return findSex(column);
  const birth = findBirthDate(column);
  if (birth) return birth;
  const date = findDate(column);
  if (date || column.kind === 'datetime') return date;
  return [
    findNames(column),
    ...valueDetectors.map((detector) => detect(detector, column)),
    findCoordinates(column),
    findAge(column),
    findSex(column),
  ]
    .filter((each) => each !== undefined)
    .filter(({ confidence }) => confidence >= leastConfidence)
    .sort((left, right) => right.confidence - left.confidence)[0];
}

function observe(name: string, kind: ColumnKind, facts: PersonalColumn['facts']): ObservedColumn {
  const distinct = new Set<string>();
  for (const value of facts.sample) {
    if (distinct.size === mostValues) break;
    const plain = value.trim();
    if (plain !== '' && !nullMarkers.includes(plain)) distinct.add(plain);
  }
  return { label: labelOf(name), kind, values: [...distinct], count: facts.values, distinct: facts.distinct };
}
