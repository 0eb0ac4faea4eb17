/** `semblance dicom index`: what is in folders, zip files and DICOMDIRs. */
import { importDicom } from '../../engine/dicom/import/import-dicom.ts';
import type { ImportCounts, Quarantined } from '../../engine/dicom/import/import-dicom.ts';
import { locationInWords } from '../../engine/dicom/import/location.ts';
import type { IndexedPatient, StudyIndex } from '../../engine/dicom/import/study-index.ts';
import { Pace } from '../../engine/jobs/task.ts';
import type { Command } from '../command.ts';
import { printable, textTable } from '../text-table.ts';
import { bytesInWords, count, wrap } from '../words.ts';

/** More are counted and told with --json. */
const mostShown = 20;

export const runIndex: Command = async (options, { signal, report }) => {
  const [, ...sources] = options.words(2, Infinity);
  const listed = options.flag('studies');
  const quarantine: Quarantined[] = [];
  const pace = new Pace('files');
  const { index, counts } = await importDicom(sources, {
    signal,
    onQuarantined: (file) => quarantine.push(file),
    onProgress: ({ files }) => report({ phase: 'Looking at the files', rate: pace.update(files) }),
  });
  return {
    json: {
      counts: { ...counts, ...index.counts },
      notices: {
        patientsWithoutId: index.patientsWithoutId,
        studiesOfSeveralPatients: index.studiesOfSeveralPatients,
      },
      modalities: modalitiesOf(index),
      ...(listed && { patients: [...index.patients.values()].map(patientJson) }),
      quarantine: quarantine.map(({ location, error }) => ({
        ...location,
        ...{ code: error.code, message: error.message, fix: error.fix },
      })),
    },
    text: (width) => [
      ...summary(index, counts),
      '',
      ...modalityLines(index, width),
      ...(listed ? ['', ...studyLines(index, width)] : []),
      ...noticeLines(index, width),
      ...quarantineLines(quarantine, width),
    ],
  };
};

function summary(index: StudyIndex, counts: ImportCounts): string[] {
  const { patients, studies, series, instances, bytes } = index.counts;
  const aside = [
    [counts.duplicates, 'the same as another'],
    [counts.conflicts, 'of the same instance with another content'],
    [counts.notDicom, 'no DICOM'],
    [counts.damaged, 'damaged'],
    [counts.unreadable, 'unreadable'],
    [counts.directories, 'DICOMDIR'],
  ] as const;
  const told = aside
    .filter(([many]) => many > 0)
    .map(([many, what]) => `${many.toLocaleString('en-GB')} ${what}`);
  return [
    `${count(patients, 'patient')}, ${many(studies, 'study', 'studies')}, ${many(series, 'series', 'series')}: ` +
      `${count(instances, 'file')}, ${bytesInWords(bytes)}`,
    ...(told.length === 0 ? [] : [`Besides ${told.join(', ')}`]),
  ];
}

function many(value: number, one: string, several: string): string {
  return `${value.toLocaleString('en-GB')} ${value === 1 ? one : several}`;
}

interface ModalityCounts {
  readonly modality: string;
  readonly series: number;
  readonly files: number;
}

function modalitiesOf(index: StudyIndex): ModalityCounts[] {
  const found = new Map<string, { series: number; files: number }>();
  for (const patient of index.patients.values()) {
    for (const study of patient.studies.values()) {
      for (const { modality, instances } of study.series.values()) {
        const counts = found.get(modality) ?? { series: 0, files: 0 };
        found.set(modality, { series: counts.series + 1, files: counts.files + instances.length });
      }
    }
  }
  return [...found]
    .map(([modality, counts]) => ({ modality, ...counts }))
    .sort((a, b) => b.files - a.files || a.modality.localeCompare(b.modality));
}

function modalityLines(index: StudyIndex, width: number): string[] {
  return textTable(
    [
      { head: 'Modality', align: 'left', flexible: true },
      { head: 'Series', align: 'right' },
      { head: 'Files', align: 'right' },
    ],
    modalitiesOf(index).map(({ modality, series, files }) => [
      modality === '' ? '(none)' : modality,
      series.toLocaleString('en-GB'),
      files.toLocaleString('en-GB'),
    ]),
    width,
  );
}

function patientJson({ studies, ...patient }: IndexedPatient): unknown {
  return {
    ...patient,
    studies: [...studies.values()].map(({ series, ...study }) => ({
      ...study,
      series: [...series.values()].map(({ instances, ...one }) => ({ ...one, files: instances.length })),
    })),
  };
}

function studyLines(index: StudyIndex, width: number): string[] {
  const rows = [...index.patients.values()].flatMap(({ id, studies }) =>
    [...studies.values()].map(({ date, description, series }) => [
      id,
      date,
      description,
      [...new Set([...series.values()].map(({ modality }) => modality))].join(', '),
      String(series.size),
      [...series.values()].reduce((sum, { instances }) => sum + instances.length, 0).toLocaleString('en-GB'),
    ]),
  );
  return textTable(
    [
      { head: 'Patient ID', align: 'left', flexible: true },
      { head: 'Date', align: 'left' },
      { head: 'Study', align: 'left', flexible: true },
      { head: 'Modality', align: 'left', flexible: true },
      { head: 'Series', align: 'right' },
      { head: 'Files', align: 'right' },
    ],
    rows,
    width,
  );
}

function noticeLines({ patientsWithoutId, studiesOfSeveralPatients }: StudyIndex, width: number): string[] {
  const notices = [
    ...(patientsWithoutId === 0
      ? []
      : [
          `${count(patientsWithoutId, 'patient')} without a Patient ID: each study of theirs counts as one patient.`,
        ]),
    ...(studiesOfSeveralPatients === 0
      ? []
      : [
          `${many(studiesOfSeveralPatients, 'study has', 'studies have')} files of more than one Patient ID.`,
        ]),
  ];
  return notices.flatMap((notice) => ['', ...wrap(notice, width)]);
}

function quarantineLines(quarantine: readonly Quarantined[], width: number): string[] {
  if (quarantine.length === 0) return [];
  const rest = quarantine.length - mostShown;
  return [
    '',
    'Set aside:',
    ...quarantine
      .slice(0, mostShown)
      .flatMap(({ location, error }) => [
        `  ${printable(locationInWords(location))}`,
        ...wrap(error.message, width - 4).map((line) => `    ${line}`),
      ]),
    ...(rest > 0 ? [`  … and ${count(rest, 'more file')}: see --json`] : []),
  ];
}
