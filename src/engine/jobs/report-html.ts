/**
 * The report on a synthetic table for people: what it was made of, how good it is in plain words and in figures, and what
 * to know of it. It holds what the card holds, and so no value of the source.
 */
import type { Card } from '../../shared/card.ts';
import { fixed } from '../../shared/fixed.ts';
import { intlTag, type Locale } from '../../shared/language.ts';
import { m } from '../../shared/messages/messages.js';
import { recognised } from '../../shared/recognised.ts';
import type { Scores } from '../../shared/scores.ts';
import type { ColumnKind, ColumnRole } from '../../shared/table.ts';
import { findings, type Verdict } from '../../shared/verdicts.ts';
import { bar, facts, isolated, markup, number, page, section, table, type Html } from './html-page.ts';

export interface Reported {
  /** Of the model, or of what was written. Without one the scores stand alone. */
  card?: Card;
  scores?: Scores;
  /** Beside those of the card. */
  warnings?: readonly string[];
}

/** Pairs listed, the worst first. */
const mostPairs = 20;

/** A whole HTML document in one language. */
export function reportHtml({ card, scores = card?.scores, warnings = [] }: Reported, locale: Locale): string {
  const say = { locale };
  const all = [...(card?.warnings ?? []), ...warnings];
  return page(m.report_title({}, say), locale, [
    markup`<h1>${m.report_title({}, say)}</h1>`,
    markup`<p class="muted">${m.report_lead({}, say)}</p>`,
    ...(card ? [realRows(card, locale), written(card, locale), made(card, locale)] : []),
    ...(scores ? [inWords(scores, locale), figures(scores, locale)] : []),
    warningList(all, scores, card, locale),
    ...(card || scores ? [columns(card, scores, locale)] : []),
    ...(scores ? [pairs(scores, locale), rare(scores, locale)] : []),
    ...(card?.anonymity ? [anonymity(card.anonymity, locale)] : []),
    markup`<p class="muted">${m.check_good_sign({}, say)}</p>`,
  ]);
}

/** What must not be overlooked. */
function realRows({ output }: Card, locale: Locale): Html {
  if (!output?.realRows) return markup``;
  const { rows, markedBy } = output.realRows;
  const told = m.report_real_rows(
    { real: count(rows, locale), all: count(output.rows, locale), column: markedBy },
    { locale },
  );
  return markup`<div class="panel risk">
    <p><strong>${told}</strong></p>
  </div>`;
}

function written({ output }: Card, locale: Locale): Html {
  if (!output) return markup``;
  const say = { locale };
  const formats = {
    csv: m.data_format_csv,
    parquet: m.data_format_parquet,
    jsonl: m.data_format_jsonl,
    sqlite: m.data_format_sqlite,
  };
  return section(m.report_written({}, say), [
    facts([
      [m.report_rows({}, say), count(output.rows, locale)],
      [m.export_format({}, say), formats[output.format]({}, say)],
      [m.train_seed({}, say), String(output.seed)],
      ...(output.where === undefined ? [] : [[m.export_where({}, say), output.where] as const]),
      [m.report_copies({}, say), count(output.replacedCopies, locale)],
      ['SHA-256', output.sha256],
    ]),
    ...(output.rules && output.rules.length > 0
      ? [
          table(
            [m.report_rule({}, say), m.report_mended({}, say), m.report_redrawn({}, say)],
            output.rules.map(({ rule, repaired, redrawn }) => [
              rule,
              number(count(repaired, locale)),
              number(count(redrawn, locale)),
            ]),
          ),
        ]
      : []),
  ]);
}

function made(card: Card, locale: Locale): Html {
  const say = { locale };
  const { source, training, model } = card;
  return section(m.check_made({}, say), [
    facts([
      [
        m.check_source({}, say),
        m.check_rows_columns(
          {
            rows: m.units_rows({ count: source.rows }, say),
            columns: m.units_columns({ count: source.columns }, say),
          },
          say,
        ),
      ],
      [m.report_source_hash({}, say), source.sha256],
      [m.check_learned_from({}, say), m.units_rows({ count: training.rows }, say)],
      [
        m.check_training({}, say),
        m.check_training_facts(
          {
            time: m.units_seconds({ count: Math.round(training.seconds) }, say),
            epochs: m.units_epochs({ count: training.epochs }, say),
            device: card.device,
          },
          say,
        ),
      ],
      [
        m.check_model({}, say),
        m.check_model_facts({ parameters: count(model.parameters, locale), seed: card.seed }, say),
      ],
      [m.check_made_with({}, say), `Semblance ${card.semblance}`],
      [m.report_created({}, say), card.created],
    ]),
  ]);
}

function inWords(scores: Scores, locale: Locale): Html {
  const words: Record<Verdict, () => string> = {
    good: () => m.report_good({}, { locale }),
    fair: () => m.report_fair({}, { locale }),
    poor: () => m.report_poor({}, { locale }),
  };
  return section(
    m.report_in_words({}, { locale }),
    findings(scores, locale).map(
      ({ verdict, sentence, about }) =>
        markup`<div class="panel">
          <p><strong class="${verdict}">${words[verdict]()}</strong> ${sentence}</p>
          <p class="muted">${about}</p>
        </div>`,
    ),
  );
}

function figures(scores: Scores, locale: Locale): Html {
  const say = { locale };
  const levels = [
    [m.check_single, 'univariate'],
    [m.check_pairs_level, 'bivariate'],
    [m.check_triples, 'trivariate'],
    [m.check_mean, 'overall'],
  ] as const;
  const { accuracy, ceiling, utility, detection, privacy, rows } = scores;
  return section(m.report_figures({}, say), [
    table(
      [m.check_accuracy({}, say), m.check_synthetic({}, say), m.check_ceiling({}, say)],
      levels.map(([word, level]) => [
        word({}, say),
        number(fixed(accuracy[level], 3)),
        number(fixed(ceiling[level], 3)),
      ]),
    ),
    facts([
      ...(utility
        ? [
            [
              m.scores_useful({}, say),
              m.scores_useful_term(
                {
                  measure: utility.measure === 'auc' ? 'AUC' : 'R²',
                  synthetic: fixed(utility.synthetic, 3),
                  real: fixed(utility.real, 3),
                },
                say,
              ),
            ] as const,
          ]
        : []),
      [m.scores_told_apart({}, say), m.scores_told_apart_term({ auc: fixed(detection.auc, 3) }, say)],
      [
        m.scores_private({}, say),
        m.scores_private_term(
          { share: fixed(privacy.closerToTraining, 3), copies: count(privacy.exactCopies, locale) },
          say,
        ),
      ],
      [
        m.report_compared({}, say),
        m.check_against(
          {
            synthetic: m.units_synthetic_rows({ count: rows.synthetic }, say),
            real: m.units_real_rows({ count: rows.holdout }, say),
          },
          say,
        ),
      ],
    ]),
  ]);
}

function warningList(
  warnings: readonly string[],
  scores: Scores | undefined,
  card: Card | undefined,
  locale: Locale,
): Html {
  if (warnings.length === 0) return markup``;
  const known = new Map<string, string>();
  if (scores) {
    const here = findings(scores, locale);
    findings(scores, 'en').forEach(({ sentence }, at) => known.set(sentence, here[at]?.sentence ?? sentence));
  }
  const say = (warning: string): string => {
    const found = known.get(warning);
    if (found !== undefined) return found;
    const whole = recognised(warning, locale);
    const column = card?.columns.find(({ name }) => warning.startsWith(`${name}: `))?.name;
    if (whole !== warning || column === undefined) return whole;
    return m.data_of_column(
      { column, message: recognised(warning.slice(column.length + 2), locale) },
      { locale },
    );
  };
  return section(m.report_warnings({}, { locale }), [
    markup`<div class="panel">
      <ul>
        ${warnings.map((warning) => markup`<li>${say(warning)}</li>`)}
      </ul>
    </div>`,
  ]);
}

function columns(card: Card | undefined, scores: Scores | undefined, locale: Locale): Html {
  const say = { locale };
  const accuracies = new Map(scores?.columns.map(({ name, accuracy }) => [name, accuracy]));
  const kinds: Record<ColumnKind, string> = {
    category: m.data_kind_category({}, say),
    integer: m.data_kind_integer({}, say),
    decimal: m.data_kind_decimal({}, say),
    boolean: m.data_kind_boolean({}, say),
    datetime: m.data_kind_datetime({}, say),
    identifier: m.data_kind_identifier({}, say),
    text: m.data_kind_text({}, say),
  };
  const roles: Record<ColumnRole, string> = {
    keep: m.report_learned({}, say),
    drop: m.report_left_out({}, say),
    identifier: m.report_made_anew({}, say),
    fake: m.report_made_up({}, say),
  };
  const of = (name: string) => {
    const accuracy = accuracies.get(name);
    return accuracy === undefined ? ['', ''] : [number(fixed(accuracy, 3)), bar(accuracy)];
  };
  const rows = card
    ? card.columns.map(({ name, kind, role, generalise }) => [
        isolated(name),
        kinds[kind],
        role === 'keep' && generalise !== undefined ? m.report_coarser({}, say) : roles[role],
        ...of(name),
      ])
    : [...accuracies.keys()].map((name) => [isolated(name), ...of(name)]);
  const described = card ? [m.report_kind({}, say), m.report_became({}, say)] : [];
  return section(m.check_columns({}, say), [
    table([m.check_column({}, say), ...described, m.check_accuracy({}, say), ''], rows),
  ]);
}

function pairs({ pairs }: Scores, locale: Locale): Html {
  if (pairs.length === 0) return markup``;
  const say = { locale };
  const worst = [...pairs].sort((a, b) => a.accuracy - b.accuracy).slice(0, mostPairs);
  return section(m.check_pairs_worst_first({}, say), [
    table(
      [m.check_column({}, say), m.check_and_column({}, say), m.check_accuracy({}, say), ''],
      worst.map(({ a, b, accuracy }) => [
        isolated(a),
        isolated(b),
        number(fixed(accuracy, 3)),
        bar(accuracy),
      ]),
    ),
  ]);
}

function rare({ rare }: Scores, locale: Locale): Html {
  if (rare.length === 0) return markup``;
  const say = { locale };
  const share = (value: number): Html => number(m.units_percent({ figure: (value * 100).toFixed(2) }, say));
  return section(m.check_rare({}, say), [
    markup`<p class="muted">${m.check_rare_what({}, say)}</p>`,
    table(
      [m.check_column({}, say), m.check_real_share({}, say), m.check_synthetic_share({}, say)],
      rare.map(({ column, real, synthetic }) => [isolated(column), share(real), share(synthetic)]),
    ),
  ]);
}

function anonymity({ before, after }: NonNullable<Card['anonymity']>, locale: Locale): Html {
  const say = { locale };
  const row = (word: string, value: (of: typeof before) => number) => [
    word,
    number(count(value(before), locale)),
    number(count(value(after), locale)),
  ];
  return section(m.report_anonymity({}, say), [
    markup`<p class="muted">${m.report_anonymity_by({ columns: before.columns.join(', ') }, say)}</p>`,
    table(
      ['', m.report_before({}, say), m.report_after({}, say)],
      [
        row(m.report_smallest_class({}, say), ({ k }) => k),
        row(m.report_unique({}, say), ({ unique }) => unique),
        row(m.report_under5({}, say), ({ under5 }) => under5),
      ],
    ),
  ]);
}

function count(value: number, locale: Locale): string {
  return value.toLocaleString(intlTag(locale));
}
