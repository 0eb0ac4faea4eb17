import type { Job, JobKind } from '../../shared/jobs.ts';
import { m } from '../../shared/messages/messages.js';
import type { Project } from '../../shared/project.ts';
import { isAtRisk } from '../words/scores.ts';
import { changedSince, learned } from './columns.ts';
import type { DicomStep } from './dicom-steps.ts';

export const steps = ['data', 'train', 'check', 'export'] as const;
export type Step = (typeof steps)[number];

const stepNames: Record<Step | DicomStep, () => string> = {
  data: m.app_step_data,
  train: m.app_step_train,
  check: m.app_step_check,
  export: m.app_step_export,
  anonymise: m.dicom_step_anonymise,
};

export function stepName(step: Step | DicomStep): string {
  return stepNames[step]();
}

/** How a step stands; `note` says it in words, for the tooltip and for screen readers. */
export interface StepState {
  state: 'done' | 'running' | 'attention' | 'open' | 'closed';
  note: string;
}

/** What of a project the steps depend on. */
export type StepSubject = Pick<
  Project,
  'source' | 'sourcePath' | 'profile' | 'columns' | 'card' | 'exports' | 'trained'
>;

/** A project made of an imported model: it has no table of its own. */
export function isImported(project: Pick<Project, 'profile' | 'card' | 'sourcePath'>): boolean {
  return project.card !== null && project.profile === null && project.sourcePath === '';
}

/** Whether a job has not ended yet. */
export function isActive(job: Pick<Job, 'state'>): boolean {
  return job.state === 'queued' || job.state === 'running';
}

/** The newest job of a kind, of those of one project. */
export function newest(jobs: readonly Job[], ...kinds: JobKind[]): Job | undefined {
  return jobs
    .filter((job) => kinds.includes(job.kind))
    .reduce<Job | undefined>((last, job) => (last && last.createdAt > job.createdAt ? last : job), undefined);
}

/** How each step stands, from the project and its jobs alone. */
export function stepStates(project: StepSubject, jobs: readonly Job[]): Record<Step, StepState> {
  return {
    data: dataState(project, jobs),
    train: trainState(project, jobs),
    check: checkState(project),
    export: exportState(project, jobs),
  };
}

function dataState(project: StepSubject, jobs: readonly Job[]): StepState {
  if (isImported(project)) return { state: 'open', note: m.app_note_no_table() };
  const job = newest(jobs, 'profile');
  if (job && isActive(job)) return { state: 'running', note: m.app_note_reading() };
  if (project.source === 'missing') return { state: 'attention', note: m.app_note_source_missing() };
  if (project.source === 'changed') return { state: 'attention', note: m.app_note_source_changed() };
  if (project.profile === null) {
    return {
      state: 'attention',
      note: job ? m.app_note_read_unfinished() : m.app_note_not_read(),
    };
  }
  if (project.profile.problems.some((problem) => problem.severity === 'error')) {
    return { state: 'attention', note: m.app_note_needs_you() };
  }
  if (learned(project.columns).length === 0) {
    return { state: 'attention', note: m.app_note_no_column() };
  }
  return { state: 'done', note: m.app_note_read() };
}

function trainState(project: StepSubject, jobs: readonly Job[]): StepState {
  if (isImported(project)) return { state: 'closed', note: m.app_note_no_training() };
  const job = newest(jobs, 'train');
  if (job && isActive(job)) return { state: 'running', note: m.app_note_training() };
  if (project.profile === null) return { state: 'closed', note: m.app_note_first_read() };
  if (job?.state === 'paused') return { state: 'attention', note: m.app_note_training_paused() };
  const failed = job?.state === 'failed' || job?.state === 'interrupted';
  if (failed) return { state: 'attention', note: m.app_note_training_unfinished() };
  if (project.card !== null) {
    return changedSince(project.card, project.columns).length > 0
      ? { state: 'attention', note: m.app_note_columns_changed() }
      : { state: 'done', note: m.app_note_trained() };
  }
  if (learned(project.columns).length === 0) {
    return { state: 'closed', note: m.app_note_first_choose() };
  }
  return { state: 'open', note: m.app_note_ready_to_train() };
}

function checkState(project: StepSubject): StepState {
  if (project.card === null) return { state: 'closed', note: m.app_note_first_train() };
  const { scores } = project.card;
  if (scores === undefined) return { state: 'open', note: m.app_note_not_scored() };
  return isAtRisk(scores)
    ? { state: 'attention', note: m.app_note_at_risk() }
    : { state: 'done', note: m.app_note_scored() };
}

function exportState(project: StepSubject, jobs: readonly Job[]): StepState {
  if (project.card === null) return { state: 'closed', note: m.app_note_first_train() };
  const job = newest(jobs, 'generate', 'export');
  if (job && isActive(job)) return { state: 'running', note: m.app_note_writing() };
  if (job?.state === 'failed' || job?.state === 'interrupted') {
    return { state: 'attention', note: m.app_note_not_written() };
  }
  return project.exports.length > 0
    ? { state: 'done', note: m.app_note_written() }
    : { state: 'open', note: m.app_note_ready_to_write() };
}
