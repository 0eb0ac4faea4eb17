/**
 * A training of the terminal that its store keeps while it runs. Whatever ends the process costs one epoch at most: the
 * same command goes on from there, and so does the window.
 */
import { resolve } from 'node:path';
import { ended, newJob, started } from '../engine/jobs/job-transitions.ts';
import { keptRequest, openRequest } from '../engine/jobs/stored-request.ts';
import type { TrainingRequest } from '../engine/jobs/stored-request.ts';
import { savedTraining } from '../engine/jobs/train.ts';
import type { SavedTraining, TrainingKeeper, TrainResult } from '../engine/jobs/train.ts';
import type { Store } from '../engine/store/open.ts';
import { timeAfter } from '../engine/store/time-after.ts';
import { readSaved, trainingKeeper } from '../engine/training-keeper.ts';
import { trainedInWords } from '../engine/training-job.ts';
import { AppError, toErrorShape } from '../shared/errors.ts';
import type { Job } from '../shared/jobs.ts';
import type { TrainingProgress } from '../shared/training.ts';
import { keepDescribed, keepModel } from './kept.ts';

export interface KeptTraining {
  readonly projectId: string;
  readonly jobId: string;
  /** Epochs it goes on from; null at the beginning. */
  readonly from: number | null;
  /** What to train: as it stood when the training began. */
  readonly request: TrainingRequest;
  readonly keeper: TrainingKeeper;
  readonly onProgress: (progress: TrainingProgress) => void;
  /** Keeps the model in place of the checkpoint. */
  finish: (result: TrainResult) => void;
  /** Epochs kept, for the same command to go on from; null where nothing is left of it. */
  leave: (error: unknown) => number | null;
}

export interface TrainingToKeep {
  input: string;
  /** Name of the table. */
  name: string;
  request: TrainingRequest;
  signal: AbortSignal;
  /** Begin from the beginning, whatever is kept. */
  anew: boolean;
}

interface Unfinished {
  job: Job;
  request: TrainingRequest;
  from: SavedTraining;
}

/** Finds the training in the store, where an earlier one was ended, or keeps it from now on as a project of its own. */
export async function keepTraining(
  store: Store,
  { input, name, request, signal, anew }: TrainingToKeep,
): Promise<KeptTraining> {
  const found = anew ? null : findUnfinished(store, resolve(input), request);
  const projectId =
    found?.job.projectId ??
    (await keepDescribed(store, { ...request, input, name, settings: request.settings }));
  const again = keptRequest({ kind: 'train', input: request });
  const fresh = { projectId, kind: 'train' as const, ...(again !== undefined && { again }) };
  let job: Job = started(found?.job ?? newJob(fresh, timeAfter(store.jobs.list()[0]?.createdAt)));
  const save = (next: Job): void => {
    job = next;
    store.jobs.save(job, again ?? null);
  };
  save({ ...job, finishedAt: null });
  const checkpoint = store.checkpoints.of(job.id);
  const end = (change: Parameters<typeof ended>[1]): void => {
    save(ended(job, change));
    store.checkpoints.remove(job.id);
  };
  const { id: jobId } = job;
  return {
    ...{ projectId, jobId, request: found?.request ?? request },
    from: found === null ? null : epochOf(found.from),
    keeper: trainingKeeper(checkpoint, {
      ...{ from: found?.from ?? null, signal },
      told: found === null ? null : store.projects.get(projectId).training,
      onSaved: (saved) => {
        save({ ...job, saved });
      },
    }),
    onProgress: (progress) => {
      store.projects.setTraining(projectId, progress);
    },
    finish: (result) => {
      keepModel(store, projectId, result);
      end({ state: 'done', progress: 1, outcome: trainedInWords(result.card) });
    },
    leave: (error) => {
      if (job.saved !== null && !isHopeless(error)) {
        save(ended(job, { state: 'interrupted' }));
        return job.saved.epoch;
      }
      if (found === null) {
        // Nobody has asked for a project without a model.
        store.checkpoints.remove(jobId);
        store.projects.remove(projectId);
      } else end({ state: 'failed', error: toErrorShape(error) });
      return null;
    },
  };
}

const epochOf = ({ state }: SavedTraining): number => state.loop.learner.batches.epoch;

/** Whether it would only come to the same again. */
function isHopeless(error: unknown): boolean {
  return error instanceof AppError && ['training/diverged', 'checkpoint/unusable'].includes(error.code);
}

/** Nobody else has the store open: what is said to run in it has lost its process. */
const unfinished: readonly Job['state'][] = ['interrupted', 'paused', 'running'];

/** The newest unfinished training of the same table with the same choices, if what is kept of it can be read. */
function findUnfinished(store: Store, path: string, request: TrainingRequest): Unfinished | null {
  for (const job of store.jobs.list()) {
    if (job.kind !== 'train' || !unfinished.includes(job.state)) continue;
    if (store.projects.get(job.projectId).sourceLink !== path) continue;
    const kept = openRequest(store.jobs.request(job.id));
    if (kept?.kind !== 'train' || choices(kept.input) !== choices(request)) continue;
    try {
      const from = readSaved(store.checkpoints.of(job.id), savedTraining);
      if (from !== null) return { job, request: kept.input, from };
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      // Of another version, or damaged: it is begun again.
    }
  }
  return null;
}

/** What has to be the same for a training to be the same. That the table is, is looked at when it is read. */
function choices(request: TrainingRequest): string {
  const again = openRequest(keptRequest({ kind: 'train', input: request }) ?? null);
  if (again?.kind !== 'train') return '';
  const { columns, settings, rules, mostRows } = again.input;
  return JSON.stringify({ columns, settings, rules, mostRows });
}
