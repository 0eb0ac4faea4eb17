import type { Job, JobKind, JobState } from '../../shared/jobs.ts';
import { m } from '../../shared/messages/messages.js';
import { duration } from './duration.ts';
import { cutMiddle } from './cut.ts';
import { count, progressPercent, rate } from './figures.ts';
import { recognised } from '../../shared/recognised.ts';

const jobWords: Record<JobKind, () => string> = {
  profile: m.jobs_kind_profile,
  train: m.jobs_kind_train,
  generate: m.jobs_kind_generate,
  export: m.jobs_kind_export,
  import: m.jobs_kind_import,
  deidentify: m.jobs_kind_deidentify,
  map: m.jobs_kind_map,
  text: m.jobs_kind_text,
};

export function jobWord(kind: JobKind): string {
  return jobWords[kind]();
}

const stateWords: Record<JobState, () => string> = {
  queued: m.jobs_state_queued,
  running: m.jobs_state_running,
  paused: m.jobs_state_paused,
  done: m.jobs_state_done,
  failed: m.jobs_state_failed,
  cancelled: m.jobs_state_cancelled,
  interrupted: m.jobs_state_interrupted,
};

export function stateWord(state: JobState): string {
  return stateWords[state]();
}

/** What a job that has not ended is doing. */
export function phaseOf(job: Job): string {
  if (job.state === 'queued') return m.jobs_waiting_for_another();
  return job.phase === '' ? jobWord(job.kind) : recognised(job.phase);
}

/** How far, how fast, how long still: what is known of it, each in a few words. */
export function jobFacts(job: Job): string[] {
  const facts: string[] = [];
  if (job.progress !== null) facts.push(progressPercent(job.progress));
  if (job.rate !== null) facts.push(rate(job.rate.value, job.rate.unit));
  if (job.secondsLeft !== null) facts.push(m.units_time_left({ time: duration(job.secondsLeft) }));
  return facts;
}

/** One short line on a job for the folded tray: "Training 62 %", "Writing rows failed". */
export function jobBrief(job: Job): string {
  if (job.state !== 'running') {
    return m.jobs_brief_state({ job: jobWord(job.kind), state: stateWord(job.state) });
  }
  return job.progress === null
    ? jobWord(job.kind)
    : m.jobs_brief_progress({ job: jobWord(job.kind), percent: progressPercent(job.progress) });
}

/** That a job waits to be resumed. */
export function heldTitle(job: Job, project: string): string {
  const words = { job: jobWord(job.kind), project: cutMiddle(project, 40) };
  return job.state === 'paused' ? m.jobs_is_paused(words) : m.jobs_was_interrupted(words);
}

/** Where it goes on when it is resumed. */
export function heldWords({ kind, saved, needs }: Job): string {
  if (kind === 'import' || kind === 'deidentify') return m.jobs_goes_on();
  if (needs === 'passphrase') return m.jobs_starts_over_passphrase();
  return saved === null ? m.jobs_starts_over() : m.jobs_goes_on_at({ epoch: count(saved.epoch) });
}
