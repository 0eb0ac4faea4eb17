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
  { signal, report, startThread }: TaskContext,
): Promise<ConstrainedSampler> {
  const condition = where === undefined ? undefined : readCondition(where, model.schema);
  if (condition) report({ phase: m.phases_rarity(), progress: 0 });
  const sampler = await createSampler(model, { condition, rules, startThread });
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

/** That rows are written, how rare their condition is and how long `rows` rows take with it. */
export function writingInWords({ share, rowsPerSecond }: Forecast, rows: number): string {
  const taking = {
    rows: m.units_rows({ count: rows }),
    time: durationInWords(rows / rowsPerSecond),
  };
  return share >= 0.095
    ? m.phases_writing_rows_often({ share: Math.round(share * 100), ...taking })
    : m.phases_writing_rows_rare({ many: rounded(1 / share).toLocaleString('en-GB'), ...taking });
}

/** Two digits: more would claim to know better. */
function rounded(value: number): number {
  return Number(value.toPrecision(2));
}

function durationInWords(seconds: number): string {
  if (seconds < 90) return m.units_seconds({ count: Math.max(1, Math.round(seconds)) });
  if (seconds < 5400) return m.units_minutes({ count: Math.round(seconds / 60) });
  if (seconds < 172_800) return m.units_hours({ count: Math.round(seconds / 3600) });
  return m.units_days({ count: Math.round(seconds / 86_400) });
}
