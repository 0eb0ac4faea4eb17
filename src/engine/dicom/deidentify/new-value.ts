/** The value that a treatment puts in place of another. */
import { attributeOf } from '../dictionary/attributes.ts';
import { type DataSet, type DicomElement } from '../read/data-set.ts';
import { PATIENT_ID, type Tag } from '../tag.ts';
import { isText, type Vr } from '../vr.ts';
import { CODING_SCHEME_DESIGNATOR, isKnownScheme, removedScheme } from './coding-schemes.ts';
import { shiftDate, shiftDateTime, shiftTime } from './dates.ts';
import { dummyDocument, dummyValue, removedWord } from './dummy-values.ts';
import { cleanText, type KnownIdentities } from './free-text/clean-text.ts';
import { standardRoot } from './identities.ts';
import { patientWithin, type Patient } from '../patient.ts';
import { type Handling } from './profile/profile.ts';
import { type Pseudonyms } from './pseudonyms.ts';
import { scrubbed } from './free-text/scrub.ts';

export interface NewValue {
  readonly vr: Vr;
  readonly value: string | readonly number[] | Uint8Array;
  /** Words that cleaning kept. */
  readonly kept?: readonly string[];
}

interface Context {
  readonly pseudonyms: Pseudonyms;
  readonly known: KnownIdentities;
}

interface Subject {
  readonly patient: Patient;
  readonly days: number;
}

const PATIENT_NAME: Tag = 0x00100010;
const ENCAPSULATED_DOCUMENT: Tag = 0x00420011;
const MIME_TYPE: Tag = 0x00420012;

/** Characters a value of text may have (PS3.5 table 6.2-1). */
const mostCharacters: Readonly<Partial<Record<Vr, number>>> = {
  AE: 16,
  CS: 16,
  LO: 64,
  LT: 10_240,
  PN: 64,
  SH: 16,
  ST: 1024,
};

/** Undefined where the value stays as it is. The element has one, and is no sequence. */
export function newValue(
  dataSet: DataSet,
  element: DicomElement,
  handling: Exclude<Handling, 'keep' | 'remove'>,
  subject: Subject,
  context: Context,
): NewValue | undefined {
  const vr = meantVr(dataSet, element);
  if (element.tag === CODING_SCHEME_DESIGNATOR && (handling === 'clean' || handling === 'dummy'))
    return newScheme(dataSet, vr);
  switch (handling) {
    case 'empty':
      return { vr, value: '' };
    case 'dummy':
      return { vr, value: dummy(dataSet, element, vr) };
    case 'pseudonym':
      return { vr, value: pseudonym(dataSet, element, subject, context.pseudonyms) };
    case 'uid':
    case 'uids-inside':
      return newUids(dataSet, element, vr, context.pseudonyms);
    case 'clean':
      return cleaned(dataSet, element, vr, subject, context);
    case 'scrub':
      return scrub(dataSet, element, vr, context.known);
  }
}

/** What the standard says, where the file says what it cannot be: a name in an OB is none that stays one. */
function meantVr(dataSet: DataSet, element: DicomElement): Vr {
  const vr = dataSet.vr(element);
  const attribute = attributeOf(element.tag);
  return attribute && attribute.vrs.length > 0 && !attribute.vrs.includes(vr) ? attribute.vr : vr;
}

function dummy(dataSet: DataSet, element: DicomElement, vr: Vr): NewValue['value'] {
  if (element.tag === ENCAPSULATED_DOCUMENT) return dummyDocument(dataSet.text(MIME_TYPE));
  const value = dummyValue(vr);
  if (vr !== 'DS' && vr !== 'IS') return value;
  return dataSet.stringsOf(element).fill(String(value)).join('\\');
}

/** A scheme that is known stays whatever becomes of the code, since readers look for it. */
function newScheme(dataSet: DataSet, vr: Vr): NewValue | undefined {
  const isKnown = isKnownScheme(dataSet.text(CODING_SCHEME_DESIGNATOR) ?? '');
  return isKnown ? undefined : { vr, value: removedScheme };
}

function pseudonym(
  dataSet: DataSet,
  { tag }: DicomElement,
  { patient }: Subject,
  pseudonyms: Pseudonyms,
): string {
  // A name without a delimiter is of a form that is retired (PS3.5 section 6.2.1.1).
  if (tag === PATIENT_NAME) return `${pseudonyms.patient(patient)}^`;
  const old = dataSet.text(tag) ?? '';
  if (tag === PATIENT_ID) return pseudonyms.patient(patientWithin(dataSet, patient));
  return pseudonyms.identifier(String(tag), old);
}

function newUids(
  dataSet: DataSet,
  element: DicomElement,
  vr: Vr,
  pseudonyms: Pseudonyms,
): NewValue | undefined {
  if (vr !== 'UI') return { vr, value: removedWord };
  const old = textsOf(dataSet, element, vr);
  const made = old.map((uid) => (uid === '' || uid.startsWith(standardRoot) ? uid : pseudonyms.uid(uid)));
  return made.every((uid, i) => uid === old[i]) ? undefined : { vr, value: made.join('\\') };
}

function cleaned(
  dataSet: DataSet,
  element: DicomElement,
  vr: Vr,
  subject: Subject,
  { known }: Context,
): NewValue | undefined {
  const shift = shifts[vr];
  if (shift) {
    const [empty, { days }] = [String(dummyValue(vr)), subject];
    const made = textsOf(dataSet, element, vr).map((text) =>
      text === '' ? '' : (shift(text, days) ?? empty),
    );
    return { vr, value: made.join('\\') };
  }
  if (!isText(vr) || vr === 'PN' || vr === 'UR' || vr === 'AE') return { vr, value: dummyValue(vr) };
  if (vr === 'CS' || vr === 'DS' || vr === 'IS' || vr === 'AS' || vr === 'UI') return undefined;
  const old = textsOf(dataSet, element, vr);
  const results = old.map((text) => cleanText(text, known, mostCharacters[vr]));
  const kept = [...new Set(results.flatMap((result) => result.kept))];
  const text = written(dataSet, results.map((result) => result.text).join('\\'));
  return text === old.join('\\') ? undefined : { vr, value: text, kept };
}

const shifts: Readonly<Partial<Record<Vr, (text: string, days: number) => string | undefined>>> = {
  DA: shiftDate,
  DT: shiftDateTime,
  TM: shiftTime,
};

function scrub(
  dataSet: DataSet,
  element: DicomElement,
  vr: Vr,
  known: KnownIdentities,
): NewValue | undefined {
  const old = textsOf(dataSet, element, vr);
  const made = old.map((text) => scrubbed(text, known));
  if (made.every((text, i) => text === old[i])) return undefined;
  return { vr, value: written(dataSet, made.join('\\').slice(0, mostCharacters[vr])) };
}

/** Values as text, also of an element whose representation in the file is none. */
function textsOf(dataSet: DataSet, element: DicomElement, vr: Vr): string[] {
  if (isText(dataSet.vr(element))) return dataSet.stringsOf(element);
  return dataSet.characterSet.decode(dataSet.bytesOf(element), vr).split('\\');
}

/** Of what the file's own character set cannot write anew, the ASCII. */
function written(dataSet: DataSet, text: string): string {
  return dataSet.characterSet.encode(text) ? text : text.replaceAll(/[^ -~\r\n\t]/g, '');
}
