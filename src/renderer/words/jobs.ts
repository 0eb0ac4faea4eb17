import type { Job, JobKind, JobState } from '../../shared/jobs.ts';
import { duration } from './duration.ts';
import { rate } from './figures.ts';

export const jobWords: Record<JobKind, string> = {
  profile: 'Reading',
  train: 'Training',
  generate: 'Writing rows',
  export: 'Exporting the model',
};

export const stateWords: Record<JobState, string> = {
  queued: 'waiting',
  running: 'running',
  done: 'finished',
  failed: 'failed',
  cancelled: 'cancelled',
  interrupted: 'interrupted',
};

/** What a job that has not ended is doing. */
export function phaseOf(job: Job): string {
  if (job.state === 'queued') return 'Waiting for another job to end';
  return job.phase === '' ? jobWords[job.kind] : job.phase;
}

/** How far, how fast, how long still: what is known of it, each in a few words. */
export function jobFacts(job: Job): string[] {
  const facts: string[] = [];
  if (job.progress !== null) facts.push(`${Math.floor(job.progress * 100)} %`);
  if (job.rate !== null) facts.push(rate(job.rate.value, job.rate.unit));
  if (job.secondsLeft !== null) facts.push(`${duration(job.secondsLeft)} left`);
  return facts;
}

/** One short line on a job for the folded tray: "Training 62 %", "Writing rows failed". */
export function jobBrief(job: Job): string {
  if (job.state !== 'running') return `${jobWords[job.kind]} ${stateWords[job.state]}`;
  return job.progress === null
    ? jobWords[job.kind]
    : `${jobWords[job.kind]} ${Math.floor(job.progress * 100)} %`;
}
