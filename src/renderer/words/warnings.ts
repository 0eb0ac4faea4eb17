import type { Card } from '../../shared/card.ts';
import type { TableProfile } from '../../shared/table.ts';
import { findings, type ScoreName } from '../../shared/verdicts.ts';

const fixes: Record<ScoreName, string> = {
  accuracy: 'Look under Check which columns differ most. Train longer, or leave those columns out.',
  utility: 'Train longer. Until then, do not draw conclusions about this column from synthetic rows.',
  detection: 'Train longer if the rows must pass for real. For testing and teaching it rarely matters.',
  closeness: 'Do not pass its rows on. Train again with more rows, fewer columns or a shorter time.',
  copies:
    'Copies are replaced when rows are exported, unless five or more real rows are alike. Train again with more rows or a shorter time.',
  rare: 'Train longer, or merge rare classes in the source if they need not be told apart.',
};

const otherwise = 'Look at the scores under Check before you use its rows.';

/** The warnings on a model's card, each with what to do about it. */
export function warningsOf(card: Card, profile: TableProfile | null): { message: string; fix: string }[] {
  const known = new Map<string, string>();
  for (const { column, message, fix } of profile?.problems ?? []) {
    known.set(column === undefined ? message : `${column}: ${message}`, fix);
  }
  for (const { score, sentence } of card.scores ? findings(card.scores) : [])
    known.set(sentence, fixes[score]);
  return card.warnings.map((message) => ({ message, fix: known.get(message) ?? otherwise }));
}
