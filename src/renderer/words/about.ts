import { m } from '../../shared/messages/messages.js';
import type { MethodPart } from '../state/method.ts';

/** What a figure is, what is good and how it was measured, for people who do not measure for a living. */
export interface AboutFigure {
  what: string;
  /** Absent where no value is better than another: how large a table is, say. */
  good?: string;
  how: string;
  /** Part of the page on the method that tells more. */
  method: MethodPart;
}

/** A figure with its name, as it stands beside the mark. */
export interface NamedFigure extends AboutFigure {
  name: string;
}

export function aboutAnonymity(): AboutFigure {
  return {
    what: m.personal_about_what(),
    good: m.personal_about_good(),
    how: m.personal_about_how(),
    method: 'anonymity',
  };
}

export function aboutQuality(): NamedFigure {
  return {
    name: m.train_quality(),
    what: m.train_quality_what(),
    good: m.train_quality_good(),
    how: m.train_quality_how(),
    method: 'accuracy',
  };
}

export function aboutColumns(): NamedFigure {
  return {
    name: m.about_columns_name(),
    what: m.about_columns_what(),
    how: m.about_columns_how(),
    method: 'columns',
  };
}

export function aboutPersonal(): NamedFigure {
  return {
    name: m.about_personal_name(),
    what: m.about_personal_what(),
    good: m.about_personal_good(),
    how: m.about_personal_how(),
    method: 'personal',
  };
}

export function aboutRules(): NamedFigure {
  return {
    name: m.about_rules_name(),
    what: m.about_rules_what(),
    good: m.about_rules_good(),
    how: m.about_rules_how(),
    method: 'rules',
  };
}

export function aboutHoldout(): NamedFigure {
  return {
    name: m.about_holdout_name(),
    what: m.about_holdout_what(),
    good: m.about_holdout_good(),
    how: m.about_holdout_how(),
    method: 'holdout',
  };
}

export function aboutMostRows(): NamedFigure {
  return {
    name: m.about_most_rows_name(),
    what: m.about_most_rows_what(),
    good: m.about_most_rows_good(),
    how: m.about_most_rows_how(),
    method: 'holdout',
  };
}

export function aboutMinutes(): NamedFigure {
  return {
    name: m.about_minutes_name(),
    what: m.about_minutes_what(),
    good: m.about_minutes_good(),
    how: m.about_minutes_how(),
    method: 'work',
  };
}

export function aboutTraining(): NamedFigure {
  return {
    name: m.about_training_name(),
    what: m.about_training_what(),
    good: m.about_training_good(),
    how: m.about_training_how(),
    method: 'learning',
  };
}

export function aboutLosses(): NamedFigure {
  return {
    name: m.about_losses_name(),
    what: m.about_losses_what(),
    good: m.about_losses_good(),
    how: m.about_losses_how(),
    method: 'learning',
  };
}

export function aboutOverlap(): NamedFigure {
  return {
    name: m.about_overlap_name(),
    what: m.about_overlap_what(),
    good: m.about_overlap_good(),
    how: m.about_overlap_how(),
    method: 'accuracy',
  };
}

export function aboutProgress(): NamedFigure {
  return {
    name: m.about_progress_name(),
    what: m.about_progress_what(),
    good: m.about_progress_good(),
    how: m.about_progress_how(),
    method: 'work',
  };
}

export function aboutRowsMeasured(): NamedFigure {
  return {
    name: m.about_rows_measured_name(),
    what: m.about_rows_measured_what(),
    good: m.about_rows_measured_good(),
    how: m.about_rows_measured_how(),
    method: 'holdout',
  };
}

export function aboutColumnAccuracy(): NamedFigure {
  return {
    name: m.about_accuracy_columns_name(),
    what: m.about_accuracy_columns_what(),
    good: m.about_accuracy_columns_good(),
    how: m.about_accuracy_columns_how(),
    method: 'accuracy',
  };
}

export function aboutPairAccuracy(): NamedFigure {
  return {
    name: m.about_accuracy_pairs_name(),
    what: m.about_accuracy_pairs_what(),
    good: m.about_accuracy_pairs_good(),
    how: m.about_accuracy_pairs_how(),
    method: 'accuracy',
  };
}

export function aboutCeiling(): NamedFigure {
  return {
    name: m.check_accuracy_caption(),
    what: m.about_ceiling_what(),
    good: m.scores_alike_is_good(),
    how: m.about_ceiling_how(),
    method: 'accuracy',
  };
}

export function aboutMaking(): NamedFigure {
  return {
    name: m.about_made_name(),
    what: m.about_made_what(),
    how: m.about_made_how(),
    method: 'learning',
  };
}

export function aboutForecast(): NamedFigure {
  return {
    name: m.about_forecast_name(),
    what: m.about_forecast_what(),
    good: m.about_forecast_good(),
    how: m.about_forecast_how(),
    method: 'conditions',
  };
}

export function aboutSizes(): NamedFigure {
  return {
    name: m.about_storage_name(),
    what: m.about_storage_what(),
    how: m.about_storage_how(),
    method: 'work',
  };
}

export function aboutWritten(): NamedFigure {
  return {
    name: m.about_written_name(),
    what: m.about_written_what(),
    good: m.about_written_good(),
    how: m.about_written_how(),
    method: 'memorised',
  };
}

export function aboutPlan(): NamedFigure {
  return {
    name: m.about_plan_name(),
    what: m.about_plan_what(),
    how: m.about_plan_how(),
    method: 'work',
  };
}

export function aboutMix(): NamedFigure {
  return {
    name: m.about_mix_name(),
    what: m.about_mix_what(),
    good: m.about_mix_good(),
    how: m.about_mix_how(),
    method: 'mixing',
  };
}

export function aboutDevices(): NamedFigure {
  return {
    name: m.about_devices_name(),
    what: m.about_devices_what(),
    good: m.about_devices_good(),
    how: m.about_devices_how(),
    method: 'devices',
  };
}

export function aboutTable(): NamedFigure {
  return {
    name: m.about_table_name(),
    what: m.about_table_what(),
    how: m.about_table_how(),
    method: 'columns',
  };
}
