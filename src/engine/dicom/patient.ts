/** Whom a file is about. */
import { type DataSet } from './read/data-set.ts';
import { PATIENT_ID, STUDY_INSTANCE_UID, type Tag } from './tag.ts';

const ISSUER_OF_PATIENT_ID: Tag = 0x00100021;
const ISSUER_OF_PATIENT_ID_QUALIFIERS_SEQUENCE: Tag = 0x00100024;
const UNIVERSAL_ENTITY_ID: Tag = 0x00400032;
const UNIVERSAL_ENTITY_ID_TYPE: Tag = 0x00400033;

export interface Patient {
  /** The Patient ID, or what stands for a missing one. */
  readonly id: string;
  /** Who gave the ID, since others give the same to somebody else; empty where the file does not say. */
  readonly issuer: string;
}

/**
 * Who gave the ID of a data set: by name or, where its qualifiers say so, as HL7 version 2 writes it,
 * `name&universal ID&its type`; empty where it does not say.
 */
export function issuerOf(dataSet: DataSet): string {
  const name = dataSet.text(ISSUER_OF_PATIENT_ID) ?? '';
  const [qualifiers] = dataSet.items(ISSUER_OF_PATIENT_ID_QUALIFIERS_SEQUENCE);
  const universal = qualifiers?.text(UNIVERSAL_ENTITY_ID);
  return universal === undefined
    ? name
    : [name, universal, qualifiers?.text(UNIVERSAL_ENTITY_ID_TYPE) ?? ''].join('&');
}

/** The patient of a file; of files without an ID the study stands for the patient, lest two persons become one. */
export function patientOf(dataSet: DataSet): Patient {
  const id = dataSet.text(PATIENT_ID);
  if (id === undefined) return { id: `\0study ${dataSet.text(STUDY_INSTANCE_UID) ?? ''}`, issuer: '' };
  return { id, issuer: issuerOf(dataSet) };
}

/** The patient of an ID within a file about `subject`: where nobody else is said to have given it, it is of the same issuer. */
export function patientWithin(dataSet: DataSet, subject: Patient): Patient {
  const id = dataSet.text(PATIENT_ID);
  if (id === undefined || id === '') return subject;
  return { id, issuer: issuerOf(dataSet) || subject.issuer };
}

/** The same for the same patient only. */
export function identityOf({ id, issuer }: Patient): string {
  return issuer.trim() === '' ? id.trim() : `${id.trim()}\0${issuer.trim()}`;
}
