import type { Card } from '../../shared/card.ts';
import { m } from '../../shared/messages/messages.js';
import type { TableProfile } from '../../shared/table.ts';
import { findings, type ScoreName } from '../../shared/verdicts.ts';
import { recognised } from '../../shared/recognised.ts';

const fixes: Record<ScoreName, () => string> = {
  accuracy: m.scores_fix_accuracy,
  utility: m.scores_fix_utility,
  detection: m.scores_fix_detection,
  closeness: m.scores_fix_closeness,
  copies: m.scores_fix_copies,
  rare: m.scores_fix_rare,
};

/** The warnings on a model's card, which is in English, each with what to do about it. */
export function warningsOf(card: Card, profile: TableProfile | null): { message: string; fix: string }[] {
  const known = new Map<string, { message: string; fix: string }>();
  for (const { column, message, fix } of profile?.problems ?? []) {
    const whole = column === undefined ? message : `${column}: ${message}`;
    const here = recognised(message);
    known.set(whole, {
      message: column === undefined ? here : m.data_of_column({ column, message: here }),
      fix: recognised(fix),
    });
  }
  if (card.scores) {
    const here = findings(card.scores);
    findings(card.scores, 'en').forEach(({ score, sentence }, place) =>
      known.set(sentence, { message: here[place]?.sentence ?? sentence, fix: fixes[score]() }),
    );
  }
  return card.warnings.map(
    (message) => known.get(message) ?? { message: recognised(message), fix: m.scores_fix_otherwise() },
  );
}
