import { describe, expect, it } from 'vitest';
import type { Card } from '../../shared/card.ts';
import type { Job } from '../../shared/jobs.ts';
import type { TableProfile } from '../../shared/table.ts';
import { isImported, newest, stepStates, type StepSubject } from './steps.ts';

const profile: TableProfile = {
  format: 'csv',
  gzip: false,
  bytes: 100,
  rows: 10,
  columns: [],
  problems: [{ severity: 'note', message: 'm', fix: 'f' }],
};

const project: StepSubject = {
  source: 'present',
  sourcePath: '/a.csv',
  profile,
  columns: [{ name: 'age', kind: 'integer', role: 'keep' }],
  card: null,
  exports: [],
  trained: false,
};

const card: Card = {
  semblance: '0.1.0',
  created: '2026-01-01T00:00:00Z',
  source: { sha256: '', rows: 10, columns: 1 },
  columns: [{ name: 'age', kind: 'integer', role: 'keep' }],
  model: { kind: 'table-gan', version: 1, parameters: 1 },
  seed: 1,
  device: 'cpu',
  training: { rows: 5, seconds: 1, epochs: 1, history: [] },
  warnings: [],
};

function job(change: Partial<Job>): Job {
  return {
    id: 'j',
    projectId: 'p',
    kind: 'train',
    state: 'running',
    phase: '',
    progress: null,
    rate: null,
    secondsLeft: null,
    createdAt: '2026-01-01T00:00:00Z',
    startedAt: null,
    finishedAt: null,
    error: null,
    outcome: null,
    resumable: false,
    saved: null,
    ...change,
  };
}

function states(change: Partial<StepSubject> = {}, jobs: Job[] = []) {
  const all = stepStates({ ...project, ...change }, jobs);
  return `${all.data.state} ${all.train.state} ${all.check.state} ${all.export.state}`;
}

describe('stepStates', () => {
  it('opens one step after the other', () => {
    expect(states({ profile: null }, [job({ kind: 'profile' })])).toBe('running closed closed closed');
    expect(states()).toBe('done open closed closed');
    expect(states({}, [job({})])).toBe('done running closed closed');
    expect(states({ card, trained: true })).toBe('done done open open');
    expect(
      states({
        card,
        exports: [{ path: '/o.csv', what: 'rows', rows: 1, replacedCopies: 0, writtenAt: '2026-01-01' }],
      }),
    ).toBe('done done open done');
  });

  it('asks for attention where something is wrong', () => {
    expect(states({ source: 'missing' })).toBe('attention open closed closed');
    expect(states({ source: 'changed' })).toBe('attention open closed closed');
    expect(states({ profile: null }, [job({ kind: 'profile', state: 'failed' })])).toMatch(
      /^attention closed/,
    );
    expect(
      states({ profile: { ...profile, problems: [{ severity: 'error', message: 'm', fix: 'f' }] } }),
    ).toMatch(/^attention/);
    expect(states({}, [job({ state: 'failed' })])).toBe('done attention closed closed');
    expect(states({}, [job({ state: 'interrupted' })])).toBe('done attention closed closed');
    expect(states({ card }, [job({ kind: 'generate', state: 'failed' })])).toBe('done done open attention');
  });

  it('takes a cancelled training as a choice, not as a failure', () => {
    expect(states({}, [job({ state: 'cancelled' })])).toBe('done open closed closed');
  });

  it('cannot train without a column to learn', () => {
    expect(states({ columns: [{ name: 'age', kind: 'integer', role: 'drop' }] })).toBe(
      'attention closed closed closed',
    );
  });

  it('notices columns changed since the training', () => {
    expect(states({ card, columns: [{ name: 'age', kind: 'category', role: 'keep' }] })).toBe(
      'done attention open open',
    );
  });

  it('knows an imported model', () => {
    const imported = { ...project, card, profile: null, sourcePath: '', source: 'missing' as const };
    expect(isImported(imported)).toBe(true);
    expect(isImported(project)).toBe(false);
    expect(states(imported)).toBe('open closed open open');
  });
});

describe('newest', () => {
  it('picks by time of creation, of the kinds asked for', () => {
    const jobs = [
      job({ id: 'a', createdAt: '2026-01-02' }),
      job({ id: 'b', createdAt: '2026-01-03', kind: 'export' }),
      job({ id: 'c', createdAt: '2026-01-01' }),
    ];
    expect(newest(jobs, 'train')?.id).toBe('a');
    expect(newest(jobs, 'train', 'export')?.id).toBe('b');
    expect(newest(jobs, 'generate')).toBeUndefined();
  });
});
