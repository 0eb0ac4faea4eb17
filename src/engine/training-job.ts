/** The work of a training job: reads the source, learns, keeps what it has so far, and commits the model. */
import { setImmediate } from 'node:timers/promises';
import type { Card } from '../shared/card.ts';
import { deviceInWords } from '../shared/device-words.ts';
import { m } from '../shared/messages/messages.js';
import { anonymityColumns } from './jobs/anonymity.ts';
import { columnsForRules, rulesThatAreOn } from './jobs/project-rules.ts';
import type { JobRequest } from './jobs/queue.ts';
import { packRowHashes } from './jobs/row-hash-blob.ts';
import type { TrainingRequest } from './jobs/stored-request.ts';
import type { ProjectJobsParts } from './project-jobs.ts';
import { packModel } from './synthesis/tables/model-file.ts';
import { readSaved, trainingKeeper } from './training-keeper.ts';

/**
 * @param path Of the source.
 * @param requirePresent Throws when the source is not what it was when it was last profiled.
 */
export function trainingWork(
  { store, shelf, emit, log, devices }: ProjectJobsParts,
  projectId: string,
  path: string,
  params: TrainingRequest,
  requirePresent: () => Promise<void>,
): JobRequest['run'] {
  return async (context, jobId) => {
    // The tensor library takes a second to load: not at the start of the app.
    const { savedTraining, train } = await import('./jobs/train.ts');
    const checkpoint = store.checkpoints.of(jobId);
    const from = readSaved(checkpoint, savedTraining);
    // A training that goes on compares the content of its source, whatever its date says.
    if (from === null) {
      await requirePresent();
      store.projects.setTraining(projectId, null);
      emit('project.changed', { projectId });
    }
    const keeper = trainingKeeper(checkpoint, {
      ...{ from, told: from === null ? null : store.projects.get(projectId).training, log },
      signal: context.signal,
      onSaved: (saved) => context.onSaved?.(saved),
    });
    const { maxEpochs, mostRows, rules: written, ...rest } = params;
    const rules = written === 'auto' ? written : rulesThatAreOn(written, columnsForRules(params));
    const stop = context.pause ? AbortSignal.any([context.signal, context.pause]) : context.signal;
    const desk = (await devices.desk())?.forTraining(stop, ({ name }) => {
      context.report({ phase: m.phases_testing_device({ device: deviceInWords(name, 'en') }) });
    });
    const result = await shelf
      .use(path, (source) =>
        train(
          {
            ...rest,
            rules,
            source,
            anonymity: anonymityColumns(params.profile, params.columns),
            ...(maxEpochs !== undefined && { maxEpochs }),
            ...(mostRows !== undefined && { mostRows }),
            ...(desk && { devices: desk }),
          },
          context,
          (progress) => {
            store.projects.setTraining(projectId, progress);
            emit('training.progress', { projectId, progress });
          },
          keeper,
        ),
      )
      .finally(() => {
        desk?.done();
      });
    const file = packModel(result.model, result.card);
    // Others are answered in between.
    await setImmediate();
    const rowHashes = packRowHashes(result.training);
    await setImmediate();
    context.signal.throwIfAborted();
    store.models.save(projectId, { card: result.card, file, rowHashes, learned: result.progress });
    emit('project.changed', { projectId });
    return trainedInWords(result.card);
  };
}

/** What came of a training, for the list of jobs. */
export function trainedInWords({ scores }: Card): string {
  const accuracy = scores?.accuracy.overall;
  return accuracy === undefined ? 'Trained' : m.notes_agrees({ percent: (accuracy * 100).toFixed(1) });
}
