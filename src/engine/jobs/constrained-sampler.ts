import { m } from '../../shared/messages/messages.js';
import type { FittedRule } from '../../shared/rules.ts';
import { readCondition } from '../tables/conditions/bind.ts';
import { createSampler } from '../synthesis/tables/sampler.ts';
import type { Sampler } from '../synthesis/tables/sampler.ts';
import type { Forecast } from '../synthesis/tables/guided-draw.ts';
import type { TrainedTableModel } from '../synthesis/tables/train.ts';
import type { TaskContext } from './task.ts';

/** What every generated row must keep to. */
export interface Constraints {
  /** A condition, as written (docs/guide-rules-and-conditions.md). */
  where?: string | undefined;
  /** Rules; those of the model unless others are given. */
  rules?: readonly FittedRule[] | undefined;
}

export interface ConstrainedSampler {
  sampler: Sampler;
  /** How rare the condition is; null without one. */
  forecast: Forecast | null;
}

/**
 * Opens a model for rows under constraints. Throws `condition/…` and `rule/…` with the reason, `model/invalid`, and the signal's reason when cancelled.
 */
export async function openConstrained(
  model: Pick<TrainedTableModel, 'generator' | 'encoding' | 'schema' | 'rules'>,
  { where, rules = model.rules }: Constraints,
  { signal, report }: TaskContext,
): Promise<ConstrainedSampler> {
  const condition = where === undefined ? undefined : readCondition(where, model.schema);
  if (condition) report({ phase: m.phases_rarity(), progress: 0 });
  const sampler = await createSampler(model, { condition, rules });
  try {
    return { sampler, forecast: await sampler.forecast(signal) };
  } catch (error) {
    await sampler.dispose();
    throw error;
  }
}

/** How rare the condition is in the model's rows. Throws as `openConstrained`. */
export async function forecastFor(
  model: Parameters<typeof openConstrained>[0],
  where: string,
): Promise<{ share: number; rowsPerSecond: number }> {
  const context = { signal: new AbortController().signal, report: () => undefined };
  const { sampler, forecast } = await openConstrained(model, { where, rules: [] }, context);
  await sampler.dispose();
  return { share: forecast?.share ?? 1, rowsPerSecond: forecast?.rowsPerSecond ?? Infinity };
}

/** How rare a condition is and how long `rows` rows take with it, in a sentence. */
export function forecastInWords({ share, rowsPerSecond }: Forecast, rows: number): string {
  const seconds = rows / rowsPerSecond;
  const rare =
    share >= 0.095
      ? `${Math.round(share * 100)} of 100 rows of the model satisfy the condition`
      : `About one row in ${rounded(1 / share).toLocaleString('en-GB')} satisfies the condition`;
  return `${rare}; ${rows.toLocaleString('en-GB')} ${rows === 1 ? 'row takes' : 'rows take'} about ${durationInWords(seconds)}.`;
}

/** Two digits: more would claim to know better. */
function rounded(value: number): number {
  return Number(value.toPrecision(2));
}

function durationInWords(seconds: number): string {
  if (seconds < 90) return `${Math.max(1, Math.round(seconds))} s`;
  if (seconds < 5400) return `${Math.round(seconds / 60)} min`;
  return seconds < 172_800 ? `${Math.round(seconds / 3600)} h` : `${Math.round(seconds / 86_400)} days`;
}
