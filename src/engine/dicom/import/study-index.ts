/** Patients, their studies and series, and what files they have. */
import { type DicomLocation, type FoundFile } from './location.ts';
import {
  type InstanceHeader,
  type PatientHeader,
  type SeriesHeader,
  type StudyHeader,
} from './instance-header.ts';

/** One file, and as little of it as a hundred thousand can be kept of. */
export interface IndexedInstance {
  readonly uid: string;
  readonly location: DicomLocation;
  readonly size: number;
  /** As of `FoundFile`. */
  readonly modified: number;
  readonly number: number;
  readonly frames: number;
}

export interface IndexedSeries extends SeriesHeader {
  readonly instances: IndexedInstance[];
}

export interface IndexedStudy extends StudyHeader {
  readonly series: Map<string, IndexedSeries>;
}

export interface IndexedPatient extends PatientHeader {
  readonly studies: Map<string, IndexedStudy>;
}

export interface IndexCounts {
  readonly patients: number;
  readonly studies: number;
  readonly series: number;
  readonly instances: number;
  readonly bytes: number;
}

/** What the index asks of a header. */
export type IndexedHeader = Pick<
  InstanceHeader,
  'patient' | 'study' | 'series' | 'uid' | 'number' | 'frames'
>;

export class StudyIndex {
  readonly patients = new Map<string, IndexedPatient>();
  readonly #byUid = new Map<string, IndexedInstance>();
  readonly #patientsOfStudy = new Map<string, Set<string>>();
  #counts = { patients: 0, studies: 0, series: 0, instances: 0, bytes: 0 };

  get counts(): IndexCounts {
    return { ...this.#counts };
  }

  /** The file that has this SOP Instance UID, which only one can have. */
  find(uid: string): IndexedInstance | undefined {
    return uid === '' ? undefined : this.#byUid.get(uid);
  }

  /** Every file, patient by patient. */
  *instances(): Generator<IndexedInstance> {
    for (const { studies } of this.patients.values()) {
      for (const { series } of studies.values()) {
        for (const { instances } of series.values()) yield* instances;
      }
    }
  }

  add(header: IndexedHeader, { location, size, modified }: FoundFile): void {
    const counts = this.#counts;
    const key = patientKey(header);
    const patient = entry(this.patients, key, () => {
      counts.patients++;
      return { ...header.patient, studies: new Map<string, IndexedStudy>() };
    });
    const study = entry(patient.studies, header.study.uid, () => {
      counts.studies++;
      return { ...header.study, series: new Map<string, IndexedSeries>() };
    });
    const series = entry(study.series, header.series.uid, () => {
      counts.series++;
      return { ...header.series, instances: [] };
    });
    const { uid, number, frames } = header;
    const instance: IndexedInstance = { uid, location, size, modified, number, frames };
    series.instances.push(instance);
    if (uid !== '') this.#byUid.set(uid, instance);
    if (header.study.uid !== '') {
      entry(this.#patientsOfStudy, header.study.uid, () => new Set<string>()).add(key);
    }
    counts.instances++;
    counts.bytes += size;
  }

  /** How many studies have files of more than one patient, which a scanner does not write. */
  get studiesOfSeveralPatients(): number {
    let several = 0;
    for (const patients of this.#patientsOfStudy.values()) if (patients.size > 1) several++;
    return several;
  }

  /** How many patients have no Patient ID: each study of theirs counts as one patient. */
  get patientsWithoutId(): number {
    let without = 0;
    for (const { id } of this.patients.values()) if (id === '') without++;
    return without;
  }
}

/** Who has no ID is told apart by study, lest two persons become one. */
function patientKey({ patient, study }: IndexedHeader): string {
  return patient.id === '' ? `\0study ${study.uid}` : `${patient.id}\0${patient.issuer}`;
}

function entry<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  let value = map.get(key);
  if (value === undefined) {
    value = make();
    map.set(key, value);
  }
  return value;
}
