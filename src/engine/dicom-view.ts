/** DICOM projects as the window sees them, made of what the store holds and of the files themselves. */
import { createHash } from 'node:crypto';
import type {
  DicomChange,
  DicomChoices,
  DicomCounts,
  DicomImage,
  DicomPatient,
  DicomProject,
  DicomTag,
} from '../shared/dicom.ts';
import { defaultTemplate } from './dicom/deidentify/output-name.ts';
import type { Change } from './dicom/deidentify/plan.ts';
import { differences } from './dicom/deidentify/profile/profile-file.ts';
import { basicChoices, type ProfileChoices } from './dicom/deidentify/profile/profile.ts';
import { attributeOf } from './dicom/dictionary/attributes.ts';
import type { FoundFiles } from './dicom/import/found-files.ts';
import type {
  IndexedInstance,
  IndexedPatient,
  IndexedSeries,
  IndexedStudy,
} from './dicom/import/study-index.ts';
import { framesOf } from './dicom/pixels/file-frames.ts';
import { greyDisplayOf, modalityValue, wholeWindow, type GreyDisplay } from './dicom/pixels/grey-display.ts';
import type { Frame } from './dicom/pixels/image-pixels.ts';
import { rendered } from './dicom/pixels/render.ts';
import { listed, type ListedElement } from './dicom/read/listing.ts';
import type { DicomFile } from './dicom/read/part10.ts';
import { formatTag, parseTag } from './dicom/tag.ts';
import { summaryOf } from './project-view.ts';
import type { Store } from './store/open.ts';

export const freshChoices: DicomChoices = {
  profileName: basicChoices.name,
  options: [],
  overrides: [],
  template: defaultTemplate,
  dicomdir: false,
};

export function profileChoicesOf({ profileName, options, overrides }: DicomChoices): ProfileChoices {
  const own = overrides.flatMap(({ tag, code }) => {
    const parsed = parseTag(tag);
    return parsed === undefined ? [] : [[parsed, code] as const];
  });
  return { name: profileName, options: new Set(options), overrides: new Map(own) };
}

/** Throws `project/not-found`. */
export function dicomProjectOf(store: Store, id: string, found: FoundFiles, resources: string): DicomProject {
  const { sources, choices } = store.dicom.get(id);
  const row = store.projects.summary(id);
  return {
    ...summaryOf(row, resources),
    files: found.index.counts.instances,
    sources,
    choices,
    counts: countsOf(found),
    differences: differences(profileChoicesOf(choices)).map(({ tag, name, code, standard }) => ({
      ...{ tag: formatTag(tag), name, code, standard: standard ?? null },
    })),
    exports: store.projects.exports(id),
  };
}

export function countsOf({ index, counts }: FoundFiles): DicomCounts {
  const { patientsWithoutId, studiesOfSeveralPatients } = index;
  return { ...index.counts, ...counts, patientsWithoutId, studiesOfSeveralPatients };
}

/** The name a series has in calls. */
export function seriesRef(patient: IndexedPatient, study: IndexedStudy, series: IndexedSeries): string {
  const of = [patient.id, patient.issuer, study.uid, series.uid].join('\0');
  return createHash('sha256').update(of).digest('hex').slice(0, 24);
}

export function patientOf(patient: IndexedPatient): DicomPatient {
  const { id, name, birthDate, sex, studies } = patient;
  return {
    ...{ id, name, birthDate, sex },
    studies: [...studies.values()].map((study) => {
      const { uid, date, description, accessionNumber, series } = study;
      return {
        ...{ uid, date, description, accessionNumber },
        series: [...series.values()].map((one) => ({
          ref: seriesRef(patient, study, one),
          ...{ modality: one.modality, number: one.number, description: one.description },
          instances: one.instances.length,
        })),
      };
    }),
  };
}

/** Whether a patient, or a study of theirs, has this text somewhere; `search` in lower case. */
export function holds({ id, name, studies }: IndexedPatient, search: string): boolean {
  const has = (text: string) => text.toLowerCase().includes(search);
  if (search === '' || has(id) || has(name)) return true;
  for (const { description, accessionNumber, date } of studies.values()) {
    if (has(description) || has(accessionNumber) || has(date)) return true;
  }
  return false;
}

/** In the order of their Instance Numbers, which viewers go by; those of one number as they were found. */
export function inOrder(instances: readonly IndexedInstance[]): IndexedInstance[] {
  return [...instances].sort((a, b) => a.number - b.number);
}

/** @throws source/malformed where the frame cannot be decoded. */
export async function imageOf(file: DicomFile, frame: number): Promise<DicomImage> {
  const source = framesOf(file);
  if (!source) return { kind: 'none' };
  const { rows, columns, frames, samplesPerPixel } = source.image;
  const decoded = await source.frame(Math.min(frame, frames - 1));
  const size = { rows, columns, frames };
  if (samplesPerPixel > 1 || decoded.photometricInterpretation === 'PALETTE COLOR') {
    return { kind: 'colour', ...size, rgba: rendered(decoded, file.dataSet, { frame }).rgba };
  }
  const display = greyDisplayOf(file.dataSet, frame);
  // Tables of values of interest cannot be undone by a window: such images come as they are to be shown.
  if (display.interestTable && display.windows.length === 0) {
    const { rgba } = rendered(decoded, file.dataSet, { frame, inverted: false });
    const values = Uint8Array.from({ length: rows * columns }, (_, i) => rgba[4 * i] ?? 0);
    return {
      kind: 'grey',
      ...size,
      values,
      window: { center: 127.5, width: 255 },
      inverted: display.inverted,
    };
  }
  const { center, width } = display.windows[0] ?? wholeWindow(display, decoded);
  return {
    ...{ kind: 'grey', ...size, window: { center, width }, inverted: display.inverted },
    values: modalityValues(decoded, display),
  };
}

type Values = Extract<DicomImage, { kind: 'grey' }>['values'];

/** In units of the modality, in as few bytes as hold them. */
function modalityValues({ samples }: Frame, display: GreyDisplay): Values {
  const { slope, intercept, modalityTable } = display;
  const isPlain = slope === 1 && intercept === 0 && !modalityTable;
  if (
    isPlain &&
    (samples instanceof Uint8Array || samples instanceof Uint16Array || samples instanceof Int16Array)
  )
    return samples.slice();
  const values = Float32Array.from(samples, (stored) => modalityValue(display, stored));
  return values.every((value) => Number.isInteger(value) && value >= -32768 && value <= 32767)
    ? Int16Array.from(values)
    : values;
}

/** Every n-th pixel, so that no side is longer than `most`. */
export function smaller(image: DicomImage, most: number): DicomImage {
  if (image.kind === 'none') return image;
  const step = Math.max(1, Math.ceil(Math.max(image.rows, image.columns) / most));
  const [rows, columns] = [Math.ceil(image.rows / step), Math.ceil(image.columns / step)];
  const from = (i: number) => Math.floor(i / columns) * step * image.columns + (i % columns) * step;
  if (image.kind === 'colour') {
    const rgba = new Uint8ClampedArray(rows * columns * 4);
    for (let i = 0; i < rows * columns; i++) {
      for (let c = 0; c < 4; c++) rgba[4 * i + c] = image.rgba[4 * from(i) + c] ?? 0;
    }
    return { ...image, rows, columns, rgba };
  }
  const values = Float32Array.from({ length: rows * columns }, (_, i) => image.values[from(i)] ?? 0);
  return { ...image, rows, columns, values };
}

const longestValue = 500;

export function tagsOf({ meta, dataSet }: DicomFile): DicomTag[] {
  const rows = (elements: readonly ListedElement[], depth: number): DicomTag[] =>
    elements.flatMap((element) => {
      const { tag, vr, name, items, creator } = element;
      const row = { depth, tag, vr, name: creator ?? name, value: valueOf(element) };
      return [row, ...(items ?? []).flatMap((item) => rows(item, depth + 1))];
    });
  return [...(meta ? rows(listed(meta), 0) : []), ...rows(listed(dataSet), 0)];
}

function valueOf({ values, items, length }: ListedElement): string {
  if (items) return `[${String(items.length)}]`;
  const text = values?.join(' \\ ');
  if (text === undefined) return length === 0 ? '' : `[${String(length)} bytes]`;
  return text.length > longestValue ? `${text.slice(0, longestValue)}…` : text;
}

export function changeOf({ path, handling, before, after, kept }: Change): DicomChange {
  return {
    path: path.map(formatTag),
    name: attributeOf(path.at(-1) ?? 0)?.name ?? '',
    ...{ handling, before: before ?? null, after: after ?? null },
    ...(kept && { kept: [...kept] }),
  };
}
