/** How `synth` learns from its table. */
import { DeviceDesk, shortMemory } from '../engine/jobs/devices.ts';
import { listed } from '../engine/jobs/evaluate.ts';
import { profile } from '../engine/jobs/profile.ts';
import { columnsForRules, rulesThatAreOn } from '../engine/jobs/project-rules.ts';
import { rulesOf } from '../engine/jobs/rules-file.ts';
import { requireRows } from '../engine/jobs/split.ts';
import type { TrainingRequest } from '../engine/jobs/stored-request.ts';
import type { TaskContext } from '../engine/jobs/task.ts';
import { train } from '../engine/jobs/train.ts';
import type { TrainResult } from '../engine/jobs/train.ts';
import type { Store } from '../engine/store/open.ts';
import { tableName } from '../engine/table-name.ts';
import { readCondition } from '../engine/tables/conditions/bind.ts';
import { ruleText } from '../engine/tables/rules/rule-text.ts';
import { openSource } from '../engine/tables/source.ts';
import { startTrialProcess } from '../engine/trial-process.ts';
import { deviceInWords } from '../shared/device-words.ts';
import { AppError } from '../shared/errors.ts';
import { m } from '../shared/messages/messages.js';
import type { ColumnChoice, TableProfile } from '../shared/table.ts';
import { keepTraining } from './kept-training.ts';
import type { KeptTraining } from './kept-training.ts';
import { personalChoices } from './personal.ts';
import type { SynthParams } from './synth-params.ts';

export interface Learned {
  found: TableProfile;
  columns: ColumnChoice[];
  trained: TrainResult;
  /** Where it is kept; null without a store. */
  kept: Pick<KeptTraining, 'projectId' | 'jobId' | 'from'> | null;
}

/** Told of a training that is kept, in words. */
export type Tell = (text: string) => void;

/**
 * @param store Where the training is kept while it runs, and found again; null keeps nothing.
 * @param tell Told where an earlier training goes on, and what is kept of one that ends early.
 */
export async function learn(
  params: SynthParams,
  store: Store | null,
  profiling: TaskContext,
  training: TaskContext,
  tell: Tell,
): Promise<Learned> {
  const source = await openSource(params.input, { signal: training.signal });
  try {
    const found = await profile(source, profiling);
    requireRows(found.rows);
    const columns = chosenColumns(found, params, source.name);
    // Better to hear of a mistake in it now than after minutes of learning.
    if (params.where !== undefined) readCondition(params.where, columns);
    const request = requestOf(params, found, columns);
    const { input, anew } = params;
    const kept =
      store === null
        ? null
        : await keepTraining(store, {
            ...{ input, name: tableName(input), request, signal: training.signal, anew },
          });
    if (kept !== null && kept.from !== null) {
      tell(
        `Going on with training ${kept.jobId} from epoch ${kept.from}, where it was ended; --anew begins from the beginning.`,
      );
    }
    const desk = new DeviceDesk({ memo: shortMemory(params.device), startTrial: startTrialProcess });
    const devices = desk.forTraining(training.signal, ({ name }) => {
      training.report({
        phase: m.phases_testing_device({ device: deviceInWords(name, 'en') }, { locale: 'en' }),
      });
    });
    const { rules: written, mostRows, maxEpochs: _, ...rest } = kept?.request ?? request;
    const rules = written === 'auto' ? written : rulesThatAreOn(written, columnsForRules(rest));
    try {
      const { quasi, sensitive } = params.personal;
      const trained = await train(
        {
          ...rest,
          source,
          rules,
          devices,
          anonymity: { quasi, sensitive },
          ...(mostRows !== undefined && { mostRows }),
        },
        training,
        kept?.onProgress,
        kept?.keeper,
      );
      kept?.finish(trained);
      return { found, columns, trained, kept };
    } catch (error) {
      const epoch = kept?.leave(error) ?? null;
      if (kept !== null && epoch !== null) {
        tell(`Training ${kept.jobId} is kept up to epoch ${epoch}; the same command goes on from there.`);
      }
      throw error;
    }
  } finally {
    await source.close();
  }
}

/** What is to be learned. Throws `rule/…` for rules that the table cannot keep. */
function requestOf(params: SynthParams, found: TableProfile, columns: ColumnChoice[]): TrainingRequest {
  const { minutes, seed, target, mostRows, rules } = params;
  return {
    ...{ profile: found, columns },
    settings: { minutes, stopEarly: true, seed, holdout: 0.2, ...(target !== undefined && { target }) },
    rules:
      rules === 'auto'
        ? rules
        : rulesOf(rules, columns).map((rule) => ({ text: ruleText(rule), origin: 'own', on: true })),
    ...(mostRows !== undefined && { mostRows }),
  };
}

/** What the profile proposes, but for the columns dropped. Throws `table/unknown-column`, `table/no-usable-column`. */
export function chosenColumns(
  found: TableProfile,
  { drop, target, personal }: Pick<SynthParams, 'drop' | 'target' | 'personal'>,
  table: string,
): ColumnChoice[] {
  const names = found.columns.map(({ name }) => name);
  const unknown = [...drop, ...(target === undefined ? [] : [target])].find((name) => !names.includes(name));
  if (unknown !== undefined) {
    throw new AppError(
      'table/unknown-column',
      `“${table}” has no column “${unknown}”.`,
      `Its columns are ${listed(names)}.`,
    );
  }
  const columns = personalChoices(found, personal, table).map((choice) =>
    drop.includes(choice.name) ? { ...choice, role: 'drop' as const } : choice,
  );
  const learned = columns.filter(
    ({ role, kind, generalise }) => role === 'keep' && (kind !== 'text' || generalise !== undefined),
  );
  if (learned.length === 0) {
    throw new AppError(
      'table/no-usable-column',
      `“${table}” has no column left that can be learned.`,
      'Identifiers and free text are not learned; keep a column of categories, numbers or dates.',
    );
  }
  if (target !== undefined && !learned.some(({ name }) => name === target)) {
    throw new AppError(
      'table/unknown-column',
      `“${target}” is not among the columns that are learned.`,
      'Choose another --target.',
    );
  }
  return columns;
}
