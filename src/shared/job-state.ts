import type { Job } from './jobs.ts';

/** Whether a job waits for the user to resume it or to give it up. */
export function isHeld({ state, resumable }: Pick<Job, 'state' | 'resumable'>): boolean {
  return resumable && (state === 'paused' || state === 'interrupted');
}

/** Whether nothing will come of a job any more. */
export function hasEnded(job: Pick<Job, 'state' | 'resumable'>): boolean {
  return job.state !== 'queued' && job.state !== 'running' && !isHeld(job);
}
