import type { Job, JobKind } from '../../shared/jobs.ts';
import type { Project } from '../../shared/project.ts';
import { isAtRisk } from '../words/scores.ts';
import { changedSince, learned } from './columns.ts';

export const steps = ['data', 'train', 'check', 'export'] as const;
export type Step = (typeof steps)[number];

export const stepNames: Record<Step, string> = {
  data: 'Data',
  train: 'Train',
  check: 'Check',
  export: 'Export',
};

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
  if (isImported(project)) return { state: 'open', note: 'An imported model brings no table' };
  const job = newest(jobs, 'profile');
  if (job && isActive(job)) return { state: 'running', note: 'Reading the table' };
  if (project.source === 'missing') return { state: 'attention', note: 'The source file is missing' };
  if (project.source === 'changed') return { state: 'attention', note: 'The source file has changed' };
  if (project.profile === null) {
    return {
      state: 'attention',
      note: job ? 'Reading the table did not finish' : 'The table has not been read',
    };
  }
  if (project.profile.problems.some((problem) => problem.severity === 'error')) {
    return { state: 'attention', note: 'Something in the table needs you' };
  }
  if (learned(project.columns).length === 0) {
    return { state: 'attention', note: 'No column is chosen to be learned' };
  }
  return { state: 'done', note: 'The table has been read' };
}

function trainState(project: StepSubject, jobs: readonly Job[]): StepState {
  if (isImported(project)) return { state: 'closed', note: 'An imported model needs no training' };
  const job = newest(jobs, 'train');
  if (job && isActive(job)) return { state: 'running', note: 'Training is running' };
  if (project.profile === null) return { state: 'closed', note: 'First let the table be read' };
  const failed = job?.state === 'failed' || job?.state === 'interrupted';
  if (failed) return { state: 'attention', note: 'The last training did not finish' };
  if (project.card !== null) {
    return changedSince(project.card, project.columns).length > 0
      ? { state: 'attention', note: 'Columns have changed since this model was trained' }
      : { state: 'done', note: 'A model has been trained' };
  }
  if (learned(project.columns).length === 0) {
    return { state: 'closed', note: 'First choose at least one column to learn' };
  }
  return { state: 'open', note: 'Ready to train' };
}

function checkState(project: StepSubject): StepState {
  if (project.card === null) return { state: 'closed', note: 'First train a model' };
  const { scores } = project.card;
  if (scores === undefined) return { state: 'open', note: 'This model has not been scored' };
  return isAtRisk(scores)
    ? { state: 'attention', note: 'Real rows may show through' }
    : { state: 'done', note: 'The model has been scored' };
}

function exportState(project: StepSubject, jobs: readonly Job[]): StepState {
  if (project.card === null) return { state: 'closed', note: 'First train a model' };
  const job = newest(jobs, 'generate', 'export');
  if (job && isActive(job)) return { state: 'running', note: 'Writing a file' };
  if (job?.state === 'failed' || job?.state === 'interrupted') {
    return { state: 'attention', note: 'The last file was not written' };
  }
  return project.exports.length > 0
    ? { state: 'done', note: 'Synthetic rows have been written' }
    : { state: 'open', note: 'Ready to write synthetic rows' };
}
