import { describe, expect, it } from 'vitest';
import type { Job } from '../../shared/jobs.ts';
import { jobBrief, jobFacts, phaseOf } from './jobs.ts';

const job: Job = {
  id: 'j',
  projectId: 'p',
  kind: 'train',
  state: 'running',
  phase: 'Learning',
  progress: 0.629,
  rate: { value: 41000, unit: 'rows' },
  secondsLeft: 75,
  createdAt: '',
  startedAt: null,
  finishedAt: null,
  error: null,
  outcome: null,
  resumable: false,
  saved: null,
};

describe('jobs in words', () => {
  it('tells what is known', () => {
    expect(jobFacts(job)).toEqual(['62\u00a0%', '41,000 rows/s', '1 min 15 s left']);
    expect(jobFacts({ ...job, progress: null, rate: null, secondsLeft: null })).toEqual([]);
  });

  it('says what it waits for', () => {
    expect(phaseOf(job)).toBe('Learning');
    expect(phaseOf({ ...job, phase: '' })).toBe('Training');
    expect(phaseOf({ ...job, state: 'queued', phase: 'Learning' })).toMatch(/Waiting/);
  });

  it('is brief in the tray, and never rounds up to a hundred', () => {
    expect(jobBrief(job)).toBe('Training 62\u00a0%');
    expect(jobBrief({ ...job, progress: 0.999 })).toBe('Training 99\u00a0%');
    expect(jobBrief({ ...job, progress: null })).toBe('Training');
    expect(jobBrief({ ...job, kind: 'generate', state: 'failed' })).toBe('Writing rows failed');
    expect(jobBrief({ ...job, state: 'queued' })).toBe('Training waiting');
  });
});
