/** A made-up project of DICOM files, for the page on its own. */
import type { Channel, Input, Output } from '../../src/shared/contract.ts';
import type {
  DevicePicture,
  DicomImage,
  DicomPatient,
  DicomProject,
  PictureRegion,
} from '../../src/shared/dicom.ts';
import { AppError } from '../../src/shared/errors.ts';
import type { Job, JobKind } from '../../src/shared/jobs.ts';

type DicomChannel =
  Extract<Channel, `dicom.${string}`> | 'jobs.deidentify' | 'jobs.dicomMap' | 'jobs.findText';
export type DicomHandlers = { [C in DicomChannel]: (input: Input<C>) => Output<C> };

const series = (ref: string, modality: string, description: string, instances: number) => ({
  ...{ ref, modality, number: ref, description, instances },
});

export const fakePatients: DicomPatient[] = [
  {
    ...{ id: 'MRN0010556', name: 'Zhang^Ruth', birthDate: '19410311', sex: 'F' },
    studies: [
      {
        ...{
          uid: '1.2.3.1',
          date: '20201028',
          description: 'CT head without contrast',
          accessionNumber: 'A1',
        },
        series: [series('1', 'CT', 'Axial 5 mm', 40), series('2', 'CT', 'Bone, thin slices', 300)],
      },
      {
        ...{ uid: '1.2.3.2', date: '20201106', description: 'US abdomen', accessionNumber: 'A2' },
        series: [series('3', 'US', 'Liver and right kidney, sagittal and transverse planes', 6)],
      },
    ],
  },
  {
    ...{ id: '', name: 'O’Connor^Pádraig^^Prof.', birthDate: '', sex: '' },
    studies: [
      {
        ...{ uid: '1.2.3.3', date: '', description: '', accessionNumber: '' },
        series: [series('4', 'SR', '', 1)],
      },
    ],
  },
];

export function fakeDicomProject(change: Partial<DicomProject> = {}): DicomProject {
  return {
    ...{ id: 'd1', kind: 'dicom', name: 'scans', sourcePath: '/home/ada/scans' },
    ...{ openedAt: new Date().toISOString(), rows: null, files: 347, trained: false },
    sources: ['/home/ada/scans'],
    counts: {
      ...{ patients: 2, studies: 3, series: 4, instances: 347, bytes: 181_000_000 },
      ...{ files: 352, duplicates: 1, conflicts: 1, notDicom: 2, damaged: 1, unreadable: 0, directories: 0 },
      ...{ patientsWithoutId: 1, studiesOfSeveralPatients: 0 },
    },
    choices: {
      ...{ profileName: 'basic', options: [], overrides: [], dicomdir: false },
      template: '{patient}/{study}/{series}/{instance}.dcm',
    },
    differences: [],
    exports: [],
    ...change,
  };
}

/** A round phantom with a darker middle, other in each slice. */
function phantom(index: number): DicomImage {
  const [rows, columns] = [128, 128];
  const values = new Int16Array(rows * columns);
  for (let i = 0; i < values.length; i++) {
    const [x, y] = [(i % columns) - 64, Math.floor(i / columns) - 64];
    const r = Math.hypot(x, y * 1.1);
    values[i] = r > 56 ? -1000 : r > 50 ? 900 : r < 10 + (index % 20) ? 5 : 40;
  }
  return {
    kind: 'grey',
    rows,
    columns,
    frames: 1,
    values,
    window: { center: 40, width: 120 },
    inverted: false,
  };
}

const refused = [
  ['scans/letter.pdf', 'dicom_not_dicom', 'dicom/not-dicom'],
  ['scans/Thumbs.db', 'dicom_not_dicom', 'dicom/not-dicom'],
  ['scans/series 4/IM0007', 'dicom_truncated', 'dicom/truncated'],
  ['scans/copy of IM0001', 'dicom_duplicate', 'dicom/duplicate'],
  ['scans/other/IM0001', 'dicom_conflict', 'dicom/conflict'],
] as const;

type StartJob = (projectId: string, kind: JobKind, phase: string) => Job;

export class FakeDicom {
  readonly #projects = new Map<string, DicomProject>();
  readonly #start: StartJob;

  /** @param start Makes a job. */
  constructor(start: StartJob) {
    this.#start = start;
  }

  add(project: DicomProject): void {
    this.#projects.set(project.id, project);
  }

  get projects(): DicomProject[] {
    return [...this.#projects.values()];
  }

  remove(id: string): boolean {
    return this.#projects.delete(id);
  }

  change(id: string, change: Partial<DicomProject>): DicomProject {
    const project = this.#projects.get(id);
    if (!project) throw new AppError('project/not-found', 'This project is gone.', 'Open another.');
    const changed = { ...project, ...change };
    this.#projects.set(id, changed);
    return changed;
  }

  #regions: PictureRegion[] = [
    { x: 4, y: 4, width: 40, height: 10, state: 'found' },
    { x: 80, y: 110, width: 30, height: 8, state: 'removed' },
  ];
  #reviewed = false;

  #picture(): DevicePicture {
    return { image: phantom(3), regions: this.#regions, isLookedAt: true, isReviewed: this.#reviewed };
  }

  readonly handlers: DicomHandlers = {
    'dicom.create': ({ paths }) => {
      const id = `d${String(this.#projects.size + 1)}`;
      const name = paths[0]?.split('/').at(-1) ?? '';
      this.add(fakeDicomProject({ id, name, sources: paths, sourcePath: paths[0] ?? '' }));
      this.#start(id, 'import', 'Looking at the files');
      return this.change(id, {});
    },
    'dicom.get': ({ projectId }) => this.change(projectId, {}),
    'dicom.import': ({ projectId }) => this.#start(projectId, 'import', 'Looking at the files'),
    'dicom.patients': ({ projectId, offset, limit, search }) => {
      const all = this.change(projectId, {}).counts.patients === 0 ? [] : fakePatients;
      const found = all.filter(({ name, id }) =>
        `${name} ${id}`.toLowerCase().includes(search.toLowerCase()),
      );
      return { total: found.length, patients: found.slice(offset, offset + limit) };
    },
    'dicom.quarantine': ({ offset, limit }) => ({
      total: refused.length,
      files: refused.slice(offset, offset + limit).map(([file, key, code]) => {
        const { message, fix, said } = AppError.of(code, key, {});
        return { file: `/home/ada/${file}`, error: { code, message, fix, ...(said && { said }) } };
      }),
    }),
    'dicom.image': ({ series: ref, index }) => (ref === '4' ? { kind: 'none' } : phantom(index)),
    'dicom.thumbnail': ({ series: ref }) => (ref === '4' ? { kind: 'none' } : phantom(7)),
    'dicom.tags': () => [
      { depth: 0, tag: '(0010,0010)', vr: 'PN', name: "Patient's Name", value: 'Zhang^Ruth' },
      { depth: 0, tag: '(0010,0020)', vr: 'LO', name: 'Patient ID', value: 'MRN0010556' },
      { depth: 0, tag: '(0040,0275)', vr: 'SQ', name: 'Request Attributes Sequence', value: '[1]' },
      {
        ...{ depth: 1, tag: '(0040,0007)', vr: 'LO', name: 'Scheduled Procedure Step Description' },
        value: 'Head for Zhang^Ruth',
      },
    ],
    'dicom.setChoices': ({ projectId, choices }) => this.change(projectId, { choices }),
    'dicom.readProfile': ({ projectId }) => this.change(projectId, {}),
    'dicom.saveProfile': () => undefined,
    'dicom.changes': () => ({
      changes: [
        {
          ...{ path: ['(0010,0010)'], name: "Patient's Name", handling: 'pseudonym' },
          ...{ before: 'Zhang^Ruth', after: 'P455705807878254' },
        },
        {
          ...{ path: ['(0008,0080)'], name: 'Institution Name', handling: 'remove' },
          ...{ before: 'St. Elsewhere General Hospital', after: null },
        },
        {
          ...{ path: ['(0040,0275)', '(0040,0007)'], name: 'Scheduled Procedure Step Description' },
          ...{
            handling: 'clean',
            before: 'Head for Zhang^Ruth',
            after: 'Head for [removed]',
            kept: ['Head', 'for'],
          },
        },
      ],
      withheld: null,
    }),
    'dicom.summary': () => ({
      files: 100,
      attributes: [
        { tag: '(0008,0080)', name: 'Institution Name', handling: 'remove', changed: 100, files: 100 },
        { tag: '(0010,0010)', name: "Patient's Name", handling: 'pseudonym', changed: 100, files: 100 },
        { tag: '(0010,0020)', name: 'Patient ID', handling: 'pseudonym', changed: 112, files: 100 },
        { tag: null, name: '', handling: 'private', changed: 1421, files: 87 },
      ],
      keptWords: [
        { word: 'Head', times: 40 },
        { word: 'contrast', times: 12 },
      ],
      withheld: [],
      maybeText: 6,
    }),
    'dicom.devices': () => [
      {
        ...{ key: 'k1', modality: 'US', manufacturer: 'ACME', model: 'Echo 3', rows: 128, columns: 128 },
        ...{ images: 6, isLookedAt: true, isReviewed: false, regions: 2 },
      },
    ],
    'dicom.picture': () => this.#picture(),
    'dicom.setRegions': ({ regions, reviewed }) => {
      this.#regions = regions;
      this.#reviewed = reviewed;
      return this.#picture();
    },
    'jobs.findText': ({ projectId }) => this.#start(projectId, 'text', 'Looking for text in pictures'),
    'jobs.deidentify': ({ projectId }) => this.#start(projectId, 'deidentify', 'De-identifying'),
    'jobs.dicomMap': ({ projectId }) => this.#start(projectId, 'map', 'Writing who became who'),
  };
}
