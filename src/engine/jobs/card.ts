import type { Card } from '../../shared/card.ts';
import { m } from '../../shared/messages/messages.js';
import type { AnonymityReport } from '../../shared/personal.ts';
import { namesPeople } from '../../shared/personal-defaults.ts';
import type { Scores } from '../../shared/scores.ts';
import type { Problem } from '../../shared/table.ts';
import { findings } from '../../shared/verdicts.ts';
import type { TrainedTableModel } from '../synthesis/tables/train.ts';
import { fewRows } from '../tables/problems.ts';
import { ruleText } from '../tables/rules/rule-text.ts';
import type { ColumnSchema } from '../tables/schema.ts';
import type { Table } from '../tables/table.ts';
import type { TrainParams } from './train.ts';
import { version } from './version.ts';

export interface CardFacts {
  sha256: string;
  /** Rows of the source, and how many of them were read. */
  rows: number;
  read: number;
  problems: readonly Problem[];
  params: TrainParams;
  schema: readonly ColumnSchema[];
  model: TrainedTableModel;
  scores: Scores;
  training: Table;
  /** Whether the scores come from rows that had no part in choosing the state of the model. */
  holdoutApart: boolean;
  anonymity?: AnonymityReport;
}

/** The papers of a freshly trained model. Holds no path and no value of a row. */
export function trainingCard(facts: CardFacts): Card {
  const { model, params, scores } = facts;
  const delimiter = params.profile.dialect?.delimiter ?? ',';
  return {
    semblance: version,
    created: new Date().toISOString(),
    source: {
      sha256: facts.sha256,
      rows: facts.rows,
      ...(facts.read < facts.rows && { read: facts.read }),
      columns: params.profile.columns.length,
      ...(delimiter !== ',' && { delimiter }),
    },
    columns: columnsOf(facts),
    ...(facts.anonymity && { anonymity: facts.anonymity }),
    model: { kind: 'table-gan', version: 1, parameters: model.parameters },
    seed: params.settings.seed,
    device: model.device,
    ...(model.tried && { devices: model.tried.devices }),
    training: {
      rows: facts.training.rows,
      seconds: model.seconds,
      epochs: Math.floor(model.epochs),
      ...(model.best && { best: model.best }),
      history: model.history,
    },
    scores,
    ...(model.rules && model.rules.length > 0 && { rules: model.rules.map(({ rule }) => ruleText(rule)) }),
    warnings: warningsOf(facts),
  };
}

/** All columns of the source, in its order; what is neither learned nor made anew was left out. */
function columnsOf({ params, schema }: CardFacts): Card['columns'] {
  const used = new Map(schema.map((column) => [column.name, column]));
  const chosen = new Map(params.columns.map((choice) => [choice.name, choice]));
  return params.profile.columns.map((column): Card['columns'][number] => {
    const { name } = column;
    const written = used.get(name);
    const personal = column.personal?.map((found) => found.kind);
    return {
      name,
      kind: written?.kind ?? chosen.get(name)?.kind ?? column.kind,
      role: written?.role ?? 'drop',
      ...(personal !== undefined && { personal }),
      ...(written?.fake !== undefined && { fake: written.fake.kind, locale: written.fake.locale }),
      ...(written?.generalise !== undefined && { generalise: written.generalise }),
      ...(chosen.get(name)?.learnPersonal && namesPeople(column) && { kept: true as const }),
    };
  });
}

/** Each once; a list of them may be keyed by its texts. */
function warningsOf(facts: CardFacts): string[] {
  const { problems, params, training, model, scores } = facts;
  const roles = new Map(columnsOf(facts).map(({ name, role }) => [name, role]));
  const proposed = new Map(params.profile.columns.map(({ name, role }) => [name, role]));
  /** Whether it bears on the result: what is odd about a column the user left out does not. */
  const matters = ({ severity, column }: Problem): boolean => {
    // Notes on the whole table are such as a guessed encoding.
    if (column === undefined) return true;
    return severity !== 'note' && (roles.get(column) !== 'drop' || proposed.get(column) === 'drop');
  };
  const warnings = [
    ...[...params.profile.problems, ...problems]
      .filter(matters)
      .map(({ column, message }) => (column === undefined ? message : `${column}: ${message}`)),
    // Of a smaller table the profile has said so.
    ...(training.rows < fewRows && params.profile.rows >= fewRows
      ? [m.notes_few_rows({ rows: training.rows })]
      : []),
    ...(facts.holdoutApart ? [] : [m.notes_small_holdout({ rows: scores.rows.holdout })]),
    ...findings(scores)
      .filter(({ verdict }) => verdict === 'poor')
      .map(({ sentence }) => sentence),
    ...model.notes,
  ];
  return [...new Set(warnings)];
}
