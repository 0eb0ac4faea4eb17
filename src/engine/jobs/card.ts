import type { Card } from '../../shared/card.ts';
import type { Scores } from '../../shared/scores.ts';
import type { Problem } from '../../shared/table.ts';
import { findings } from '../../shared/verdicts.ts';
import type { TrainedTableModel } from '../synthesis/tables/train.ts';
import type { ColumnSchema } from '../tables/schema.ts';
import type { Table } from '../tables/table.ts';
import type { TrainParams } from './train.ts';
import { version } from './version.ts';

/** Under so many training rows, every figure of the scores is a rough one and each row weighs much. */
const fewRows = 1000;

export interface CardFacts {
  sha256: string;
  /** Rows of the source. */
  rows: number;
  problems: readonly Problem[];
  params: TrainParams;
  schema: readonly ColumnSchema[];
  model: TrainedTableModel;
  scores: Scores;
  training: Table;
}

/** The papers of a freshly trained model. Holds no path and no value of a row. */
export function trainingCard(facts: CardFacts): Card {
  const { model, params, scores } = facts;
  return {
    semblance: version,
    created: new Date().toISOString(),
    source: { sha256: facts.sha256, rows: facts.rows, columns: params.profile.columns.length },
    columns: facts.schema.map(({ name, kind, role }) => ({ name, kind, role })),
    model: { kind: 'table-gan', version: 1, parameters: model.parameters },
    seed: params.settings.seed,
    device: model.device,
    training: {
      rows: facts.training.rows,
      seconds: model.seconds,
      epochs: Math.floor(model.epochs),
      ...(model.best && { best: model.best }),
      history: model.history,
    },
    scores,
    warnings: warningsOf(facts),
  };
}

function warningsOf({ problems, training, model, scores }: CardFacts): string[] {
  return [
    ...problems
      .filter(({ severity }) => severity !== 'note')
      .map(({ column, message }) => (column === undefined ? message : `${column}: ${message}`)),
    ...(training.rows < fewRows
      ? [
          `Learned from ${training.rows} rows only: the scores are rough, and each row weighs much in the result.`,
        ]
      : []),
    ...findings(scores)
      .filter(({ verdict }) => verdict === 'poor')
      .map(({ sentence }) => sentence),
    ...model.notes,
  ];
}
