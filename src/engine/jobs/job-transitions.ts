/** What becomes of a job as it goes from one state to the next. */
import { randomUUID } from 'node:crypto';
import { isHeld } from '../../shared/job-state.ts';
import type { Job, JobState } from '../../shared/jobs.ts';
import { m } from '../../shared/messages/messages.js';

const phases: Record<JobState, string> = {
  queued: m.phases_waiting(),
  running: m.phases_running(),
  paused: m.phases_paused(),
  done: m.phases_done(),
  failed: m.phases_failed(),
  cancelled: m.phases_cancelled(),
  interrupted: m.phases_interrupted(),
};

/** @param request Its project and kind, and whether and with what it can be made once more. */
export function newJob(
  request: Pick<Job, 'projectId' | 'kind' | 'needs'> & { readonly again?: string },
  createdAt: string,
): Job {
  return {
    id: randomUUID(),
    projectId: request.projectId,
    kind: request.kind,
    state: 'queued',
    phase: phases.queued,
    progress: null,
    rate: null,
    secondsLeft: null,
    createdAt,
    startedAt: null,
    finishedAt: null,
    error: null,
    outcome: null,
    resumable: request.again !== undefined,
    saved: null,
    ...(request.needs && { needs: request.needs }),
  };
}

export function queuedAgain(job: Job): Job {
  return { ...job, state: 'queued', phase: phases.queued, finishedAt: null, error: null };
}

export function started(job: Job): Job {
  return { ...job, state: 'running', phase: m.phases_starting(), startedAt: new Date().toISOString() };
}

/** What is paused or was interrupted keeps where it can go on from; nothing goes on from what has ended. */
export function ended(job: Job, end: Pick<Job, 'state'> & Partial<Job>): Job {
  const held = isHeld({ ...job, ...end });
  return {
    ...job,
    phase: phases[end.state],
    rate: null,
    secondsLeft: null,
    finishedAt: end.state === 'paused' ? null : new Date().toISOString(),
    saved: held ? job.saved : null,
    resumable: held,
    ...end,
  };
}
