import type { StoreState } from '../../src/shared/store.ts';
import type { EventPayload } from '../../src/shared/contract.ts';
import type { Job } from '../../src/shared/jobs.ts';
import type { Project } from '../../src/shared/project.ts';
import {
  card,
  columns,
  problems,
  profile,
  project,
  scores,
  trained,
  training,
  wideProfile,
} from './fake-data.ts';

/** A state of the world the interface can be looked at in. */
export interface Scene {
  projects: Project[];
  jobs: Job[];
  engine?: EventPayload<'engine.state'>;
  /** Running jobs stand still. */
  still?: boolean;
  listFails?: boolean;
  /** Where the store stands; open unless given. */
  store?: StoreState;
  /** Milliseconds every call takes. */
  delay?: number;
}

const ago = (minutes: number) => new Date(Date.now() - minutes * 60000).toISOString();

function job(change: Partial<Job>): Job {
  return {
    id: 'j1',
    projectId: 'p1',
    kind: 'train',
    state: 'running',
    phase: 'Learning',
    progress: 0.31,
    rate: { value: 38500, unit: 'rows' },
    secondsLeft: 724,
    createdAt: ago(4),
    startedAt: ago(4),
    finishedAt: null,
    error: null,
    outcome: null,
    resumable: false,
    saved: null,
    ...change,
  };
}

const ended = (change: Partial<Job>) =>
  job({ progress: null, rate: null, secondsLeft: null, finishedAt: ago(1), ...change });
const list = columns();
const wide = wideProfile(120);
const long =
  'Quarterly reconciliation of outpatient laboratory measurements, northern region, revised by finance (final 2)';

const asChoices = (p: typeof wide) => p.columns.map(({ name, kind, role }) => ({ name, kind, role }));

export const scenes: Record<string, Scene> = {
  empty: { projects: [], jobs: [] },
  loading: { projects: [], jobs: [], delay: 100000 },
  broken: { projects: [], jobs: [], listFails: true },
  recent: {
    projects: [
      project(),
      trained({
        id: 'p2',
        name: 'Hospital admissions',
        sourcePath: '/home/ada/admissions.parquet',
        openedAt: ago(90),
      }),
      project({ id: 'p3', name: long, sourcePath: `/home/ada/${long}.csv`, openedAt: ago(9000) }),
      trained({
        id: 'p4',
        name: 'clients',
        sourcePath: '',
        profile: null,
        source: 'missing',
        openedAt: ago(20000),
      }),
    ],
    jobs: [job({ kind: 'profile', projectId: 'p2', phase: 'Reading the table' })],
  },
  data: { projects: [project()], jobs: [] },
  problems: { projects: [project({ profile: profile({ problems }) })], jobs: [] },
  unusable: {
    projects: [
      project({
        profile: profile({
          problems: [
            {
              severity: 'error',
              message: 'The table has one row.',
              fix: 'Choose a table with at least 50 rows.',
            },
            ...problems,
          ],
        }),
      }),
    ],
    jobs: [],
  },
  reading: {
    projects: [project({ profile: null, columns: [], rows: null })],
    jobs: [
      job({
        kind: 'profile',
        phase: 'Reading the table',
        progress: 0.4,
        rate: { value: 812000, unit: 'rows' },
        secondsLeft: 9,
      }),
    ],
    still: true,
  },
  unread: {
    projects: [project({ profile: null, columns: [], rows: null })],
    jobs: [
      ended({
        kind: 'profile',
        state: 'failed',
        error: {
          code: 'source/malformed',
          message: 'A quote opened in line 4,211 of “clients.csv” is never closed.',
          fix: 'Close the quote in the source, then read the table again.',
        },
      }),
    ],
  },
  missing: { projects: [project({ source: 'missing' })], jobs: [] },
  changed: { projects: [project({ source: 'changed' })], jobs: [] },
  long: {
    projects: [project({ name: long, sourcePath: `/home/ada/${long}/${long}.csv` })],
    jobs: [job({ kind: 'profile' })],
    still: true,
  },
  wide: { projects: [project({ profile: wide, columns: asChoices(wide) })], jobs: [] },
  training: {
    projects: [
      project({
        training: training(list, 40, ['The first step size was too large; it was halved at epoch 3.']),
      }),
    ],
    jobs: [job({})],
  },
  still: { projects: [project({ training: training(list, 62) })], jobs: [job({})], still: true },
  starting: {
    projects: [project()],
    jobs: [job({ phase: 'Loading the table', progress: null, rate: null, secondsLeft: null })],
    still: true,
  },
  failed: {
    projects: [project({ training: training(list, 12) })],
    jobs: [
      ended({
        state: 'failed',
        error: {
          code: 'training/diverged',
          message: 'Training diverged three times, at epoch 14 at last.',
          fix: 'Start again with another seed, or leave out columns with extreme values.',
        },
      }),
    ],
  },
  cancelled: { projects: [project({ training: training(list, 30) })], jobs: [ended({ state: 'cancelled' })] },
  interrupted: {
    projects: [project({ training: training(list, 30) })],
    jobs: [ended({ state: 'interrupted' })],
    engine: { state: 'restarting', message: 'The engine stopped unexpectedly and is being started again.' },
  },
  dead: {
    projects: [project()],
    jobs: [],
    engine: { state: 'failed', message: 'The engine stopped three times in a row.' },
  },
  trained: { projects: [trained()], jobs: [ended({ state: 'done', outcome: 'Quality 0.968' })] },
  stale: {
    projects: [
      trained({ columns: project().columns.map((c) => (c.name === 'age' ? { ...c, role: 'drop' } : c)) }),
    ],
    jobs: [],
  },
  risky: {
    projects: [
      trained({
        card: {
          ...card(list),
          scores: {
            ...scores(list),
            utility: { target: 'defaulted', measure: 'r2', synthetic: -0.0002, real: 0.004 },
            privacy: { closerToTraining: 0.71, exactCopies: 240, copiesExpected: 3 },
          },
          warnings: ['240 of 6,000 synthetic rows equal a training row.'],
        },
      }),
    ],
    jobs: [],
  },
  retrained: {
    projects: [
      trained({
        training: training(list, 12),
        formerModel: { created: ago(5000), quality: 0.941 },
      }),
    ],
    jobs: [ended({ state: 'cancelled' })],
  },
  unscored: { projects: [trained({ card: card(list, false) })], jobs: [] },
  imported: {
    projects: [
      trained({
        sourcePath: '',
        profile: null,
        columns: [],
        source: 'missing',
        training: null,
        name: 'clients',
      }),
    ],
    jobs: [],
  },
  'wide-trained': {
    projects: [
      trained({
        profile: wide,
        columns: asChoices(wide),
        card: card(wide.columns),
        training: training(wide.columns, 96),
        learned: training(wide.columns, 96),
      }),
    ],
    jobs: [],
  },
  exported: {
    projects: [
      trained({
        exports: [
          {
            path: '/home/ada/out/Credit clients-synthetic.csv',
            what: 'rows',
            rows: 30000,
            replacedCopies: 2,
            writtenAt: ago(3),
          },
          {
            path: `/home/ada/out/${long}.parquet`,
            what: 'rows',
            rows: 1000000,
            replacedCopies: 0,
            writtenAt: ago(3000),
          },
        ],
      }),
    ],
    jobs: [
      ended({
        id: 'j2',
        kind: 'generate',
        state: 'done',
        outcome: '/home/ada/out/Credit clients-synthetic.csv',
        createdAt: ago(4),
      }),
      ended({
        id: 'j3',
        kind: 'export',
        state: 'failed',
        createdAt: ago(9),
        error: {
          code: 'output/disk-full',
          message: 'The disk holding “/home/ada/out” is full; nothing was written.',
          fix: 'Free some space or choose another disk, then export again.',
        },
      }),
    ],
  },
  writing: {
    projects: [trained()],
    jobs: [
      job({
        kind: 'generate',
        phase: 'Writing rows',
        progress: 0.6,
        rate: { value: 131000, unit: 'rows' },
        secondsLeft: 4,
      }),
    ],
    still: true,
  },
};
