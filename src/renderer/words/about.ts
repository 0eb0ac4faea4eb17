import { m } from '../../shared/messages/messages.js';
import type { MethodPart } from '../state/method.ts';

/** What each figure is, what is good and how it was measured, for people who do not measure for a living. */
export interface AboutFigure {
  what: string;
  good: string;
  how: string;
  /** Part of the page on the method that tells more. */
  method: MethodPart;
}

export function aboutAnonymity(): AboutFigure {
  return {
    what: m.personal_about_what(),
    good: m.personal_about_good(),
    how: m.personal_about_how(),
    method: 'anonymity',
  };
}

export function aboutQuality(): AboutFigure {
  return {
    what: m.train_quality_what(),
    good: m.train_quality_good(),
    how: m.train_quality_how(),
    method: 'accuracy',
  };
}
