/** What names nobody alone but may together: age, sex, dates of birth and other dates. */
import type { PersonalFinding } from '../../../shared/personal.ts';
import type { PersonalKind } from '../../../shared/personal-kinds.ts';
import { looksLikeDate } from '../../tables/kinds.ts';
import { readAge } from '../age-text.ts';
import { confidenceOf, countOf, type ObservedColumn } from './detector.ts';

const birthLabel =
  /\b(birth|birthday|birthdate|dob|d o b|born|bday|geburt|geburtstag|geburtsdatum|geb|gebdat|geb datum|naissance|date naiss|ddn|nacimiento|fecha nac|nascita|nascimento|dt nasc|geboorte|geboortedatum|urodzenia|fodelse|fodelsedatum|fodd|birth date|date of birth|year of birth|yob)\b|出生|生日/;
const notBirth =
  /\b(place|ort|city|country|weight|order|lieu|lugar|luogo|local|certificate|name|plaats|type|rate|control)\b/;
const ageLabel = /\b(age|ages|alter|lebensalter|edad|eta|idade|leeftijd|wiek|alder)\b|年龄/;
const notAge =
  /\b(account|vehicle|car|building|house|company|loan|policy|invoice|product|asset|stone|range|group|band|class|type|page|image|file|device|equipment|machine|property|listing|tree|wine|gestational|tenure|days|hours|minutes|hash|ticket|debt|inventory|stock|sample)\b/;
const sexLabel = /\b(sex|gender|geschlecht|sexe|sexo|sesso|genero|genere|geslacht|plec|kon)\b|性别/;
const sexWords = new Set([
  'm', 'f', 'male', 'female', 'man', 'woman', 'w', 'd', 'x', 'other', 'unknown', 'nonbinary', 'non-binary', 'diverse',
  'divers', 'mannlich', 'männlich', 'weiblich', 'masculin', 'féminin', 'feminin', 'homme', 'femme', 'hombre', 'mujer',
  'masculino', 'femenino', 'feminino', 'maschio', 'femmina', 'homem', 'mulher', 'h', 'vrouw', 'k', '男', '女', 'u', 'v',
]); // prettier-ignore
const dateLike =
  /^\d{1,4}[./-]\d{1,2}[./-]\d{1,4}([T ].*)?$|^\d{8}$|^\d{1,2}\.? \p{L}{3,} \d{4}$|^\p{L}{3,} \d{1,2}, \d{4}$|^\d{4}年\d{1,2}月\d{1,2}日$/u;
const worded = /^\d{1,2}\.? \p{L}{3,} \d{4}$|^\p{L}{3,} \d{1,2}, \d{4}$|^\d{4}年\d{1,2}月\d{1,2}日$/u;
const yearLike = /^(18[89]\d|19\d\d|20[0-3]\d)(\.0+)?$/;

/** Words that mean a sex by themselves; single letters and digits mean one only beside each other. */
const women =
  /^(f|female|woman|w|weiblich|femme|f[eé]minin|mujer|femenino|feminino|femmina|mulher|vrouw|女)$/;
const men = /^(m|male|man|m[aä]nnlich|homme|masculin|hombre|masculino|maschio|homem|男)$/;

function finding(
  kind: PersonalKind,
  column: ObservedColumn,
  hits: number,
  named: boolean,
  strength: number,
): PersonalFinding {
  const sampled = column.values.length;
  return {
    kind,
    sampled,
    hits,
    named,
    withinText: false,
    confidence: confidenceOf(hits, sampled, strength, named),
  };
}

/** Dates of birth by the name of the column; a year alone counts, too. */
export function findBirthDate(column: ObservedColumn): PersonalFinding | undefined {
  const { label, values, kind } = column;
  if (!birthLabel.test(label) || notBirth.test(label) || values.length === 0) return undefined;
  const hits =
    kind === 'datetime'
      ? values.length
      : countOf(values, (value) => dateLike.test(value) || yearLike.test(value));
  return hits >= values.length * 0.6 ? finding('birth-date', column, hits, true, 1) : undefined;
}

/**
 * Any other dates: the day something happened to somebody. Times of day are none. Texts count where nearly all are dates,
 * if of no one pattern: with day and month in both orders.
 */
export function findDate(column: ObservedColumn): PersonalFinding | undefined {
  const { values, kind } = column;
  if (values.length === 0) return undefined;
  if (kind === 'category' || kind === 'text') {
    const dates = countOf(values, (value) => looksLikeDate(value) || worded.test(value));
    return dates > values.length * 0.9 ? finding('date', column, dates, false, 0.9) : undefined;
  }
  if (kind !== 'datetime') return undefined;
  const hits = countOf(values, (value) => !/^\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?$/.test(value));
  return hits >= values.length * 0.6 ? finding('date', column, hits, false, 0.9) : undefined;
}

export function findAge(column: ObservedColumn): PersonalFinding | undefined {
  const { label, values, kind } = column;
  if (!ageLabel.test(label) || notAge.test(label) || values.length === 0) return undefined;
  if (kind !== 'integer' && kind !== 'decimal' && kind !== 'category') return undefined;
  const hits = countOf(values, (value) => {
    const age = readAge(value)?.value;
    return age !== undefined && age >= 0 && age <= 125;
  });
  return hits >= values.length * 0.9 ? finding('age', column, hits, true, 0.9) : undefined;
}

/** By name, or where the values say so: M and F, male and female in one of several languages. */
export function findSex(column: ObservedColumn): PersonalFinding | undefined {
  const { label, values, distinct } = column;
  if (values.length === 0 || distinct > 8) return undefined;
  const words = values.map((value) => value.toLowerCase());
  const hits = countOf(words, (word) => sexWords.has(word));
  const named = sexLabel.test(label) && !/\b(partner|preference|ratio|offender|education)\b/.test(label);
  // Counts of so few distinct values say nothing by themselves: what matters is that they are all of the list.
  const sure = (confidence: number): PersonalFinding => ({
    ...finding('sex', column, hits, named, 1),
    confidence,
  });
  if (named) return sure(hits === values.length ? 0.98 : 0.8);
  const both = words.some((word) => women.test(word)) && words.some((word) => men.test(word));
  return both && hits === values.length ? sure(0.8) : undefined;
}
