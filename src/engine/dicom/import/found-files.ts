/** All that an import has found, as one compressed text: to be kept while it goes on, and afterwards. */
import { gunzipSync, gzipSync } from 'node:zlib';
import { z } from 'zod';
import { AppError, toErrorShape } from '../../../shared/errors.ts';
import { errorShape } from '../../../shared/jobs.ts';
import { emptyCounts, type ImportCounts, type Quarantined } from './import-dicom.ts';
import { type DicomLocation, type FoundFile } from './location.ts';
import { StudyIndex } from './study-index.ts';

export interface FoundFiles {
  readonly index: StudyIndex;
  readonly quarantine: Quarantined[];
  /** DICOMDIRs. */
  readonly directories: DicomLocation[];
  counts: ImportCounts;
}

const text = z.string();
const whole = z.number();
/** UID, path, member of a zip file or null, size, time, Instance Number, frames. */
const instance = z.tuple([text, text, text.nullable(), whole, whole, whole, whole]);
const series = z.tuple([
  z.object({ uid: text, modality: text, number: text, description: text }),
  z.array(instance),
]);
const study = z.tuple([
  z.object({ uid: text, date: text, description: text, accessionNumber: text }),
  z.array(series),
]);
const patient = z.tuple([
  z.object({ id: text, issuer: text, name: text, birthDate: text, sex: text }),
  z.array(study),
]);
const kept = z.object({
  version: z.literal(1),
  counts: z.record(z.enum(Object.keys(emptyCounts) as (keyof ImportCounts)[]), whole),
  quarantine: z.array(z.tuple([text, text.nullable(), errorShape])),
  directories: z.array(z.tuple([text, text.nullable()])),
  patients: z.array(patient),
});

export function nothingFound(): FoundFiles {
  return { index: new StudyIndex(), quarantine: [], directories: [], counts: emptyCounts };
}

export function packFound({ index, quarantine, directories, counts }: FoundFiles): Uint8Array {
  const patients = [...index.patients.values()].map(({ studies, ...head }) => [
    head,
    [...studies.values()].map(({ series: all, ...ofStudy }) => [
      ofStudy,
      [...all.values()].map(({ instances, ...ofSeries }) => [
        ofSeries,
        instances.map(({ uid, location, size, modified, number, frames }) => [
          ...[uid, location.path, location.member ?? null, size, modified, number, frames],
        ]),
      ]),
    ]),
  ]);
  const set = quarantine.map(({ location, error }) => [
    ...[location.path, location.member ?? null, toErrorShape(error)],
  ]);
  const listed = directories.map(({ path, member }) => [path, member ?? null]);
  return gzipSync(JSON.stringify({ version: 1, counts, quarantine: set, directories: listed, patients }), {
    level: 1,
  });
}

/** Undefined for what another version has kept: the files have to be looked at again. */
export function openFound(bytes: Uint8Array): FoundFiles | undefined {
  const { data } = kept.safeParse(JSON.parse(gunzipSync(bytes).toString('utf8')));
  if (!data) return undefined;
  const index = new StudyIndex();
  for (const [ofPatient, studies] of data.patients) {
    for (const [ofStudy, all] of studies) {
      for (const [ofSeries, instances] of all) {
        for (const [uid, path, member, size, modified, number, frames] of instances) {
          const header = { patient: ofPatient, study: ofStudy, series: ofSeries, uid, number, frames };
          index.add(header, { location: locationOf(path, member), size, modified });
        }
      }
    }
  }
  const quarantine = data.quarantine.map(([path, member, error]) => ({
    location: locationOf(path, member),
    error: AppError.from(error),
  }));
  const directories = data.directories.map(([path, member]) => locationOf(path, member));
  return { index, quarantine, directories, counts: { ...emptyCounts, ...data.counts } };
}

function locationOf(path: string, member: string | null): DicomLocation {
  return member === null ? { path } : { path, member };
}

/**
 * Tells files that were looked at before and are as they were. What was set aside is not looked at again until it is
 * asked for.
 */
export function lookedAt({ index, quarantine, directories }: FoundFiles): (file: FoundFile) => boolean {
  const done = new Set<string>();
  const key = ({ path, member }: DicomLocation) => `${path}\0${member ?? ''}`;
  for (const { location } of quarantine) done.add(key(location));
  for (const location of directories) done.add(key(location));
  for (const { location, size, modified } of index.instances()) {
    done.add(`${key(location)}\0${String(size)}\0${String(modified)}`);
  }
  return ({ location, size, modified }) =>
    done.has(key(location)) || done.has(`${key(location)}\0${String(size)}\0${String(modified)}`);
}
