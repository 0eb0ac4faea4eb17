import { fewestRows } from '../../shared/fewest-rows.ts';
import { m } from '../../shared/messages/messages.js';
import type { Project } from '../../shared/project.ts';

export type Settings = Project['settings'];

/** What stands in the form: numbers as typed, so that nothing typed is ever lost. */
export interface SettingsDraft {
  stopEarly: boolean;
  minutes: string;
  /** Empty: chosen automatically. */
  target: string;
  seed: string;
  /** In per cent. */
  holdout: string;
  /** Empty: as many as memory takes. */
  mostRows: string;
}

export type SettingsField = 'minutes' | 'seed' | 'holdout' | 'target' | 'mostRows';

/** The form as the settings have it. */
export function draftOf(settings: Settings): SettingsDraft {
  return {
    stopEarly: settings.stopEarly,
    minutes: String(settings.minutes),
    target: settings.target ?? '',
    seed: String(settings.seed),
    holdout: String(Math.round(settings.holdout * 1000) / 10),
    mostRows: settings.mostRows === undefined ? '' : String(settings.mostRows),
  };
}

export type Reading =
  { ok: true; settings: Settings } | { ok: false; errors: Partial<Record<SettingsField, string>> };

/**
 * Reads the form. Bounds are those of the contract; a comma is taken as a decimal point.
 * @param targets columns that may be predicted
 */
export function readDraft(draft: SettingsDraft, targets: readonly string[]): Reading {
  const errors: Partial<Record<SettingsField, string>> = {};
  const minutes = readNumber(draft.minutes);
  if (minutes === undefined || minutes <= 0 || minutes > 1440) {
    errors.minutes = m.train_wrong_minutes();
  }
  const seed = readNumber(draft.seed);
  if (seed === undefined || !Number.isInteger(seed) || seed < 0 || seed > 0xffffffff) {
    errors.seed = m.train_wrong_seed();
  }
  const holdout = readNumber(draft.holdout);
  if (holdout === undefined || holdout < 5 || holdout > 50) {
    errors.holdout = m.train_wrong_holdout();
  }
  const mostRows = readCount(draft.mostRows);
  if (draft.mostRows.trim() !== '' && (mostRows === undefined || mostRows < fewestRows || mostRows > 1e9)) {
    errors.mostRows = m.train_wrong_most_rows({ least: fewestRows });
  }
  if (draft.target !== '' && !targets.includes(draft.target)) {
    errors.target = m.train_wrong_target();
  }
  if (
    Object.keys(errors).length > 0 ||
    minutes === undefined ||
    seed === undefined ||
    holdout === undefined
  ) {
    return { ok: false, errors };
  }
  return {
    ok: true,
    settings: {
      minutes,
      seed,
      stopEarly: draft.stopEarly,
      holdout: holdout / 100,
      ...(draft.target === '' ? {} : { target: draft.target }),
      ...(mostRows !== undefined && { mostRows }),
    },
  };
}

/** A number as people type it; undefined where it is none. */
export function readNumber(text: string): number | undefined {
  const plain = text.trim().replace(',', '.');
  if (!/^-?\d+(\.\d+)?$/.test(plain)) return undefined;
  return Number(plain);
}

/** A count of rows as people type it: "30 000", "30,000" and "30000" are the same. */
export function readCount(text: string): number | undefined {
  const plain = text.trim().replace(/(?<=\d)[\s,.'’_](?=\d{3}(?:\D|$))/g, '');
  if (!/^\d+$/.test(plain)) return undefined;
  return Number(plain);
}
