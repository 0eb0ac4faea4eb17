/** A made-up ledger for looking at the interface: no real values. */
import type { Card } from '../../src/shared/card.ts';
import type { Project } from '../../src/shared/project.ts';
import type { Scores } from '../../src/shared/scores.ts';
import type { AnonymityReport } from '../../src/shared/personal.ts';
import type { ColumnChoice, ColumnProfile, TableProfile } from '../../src/shared/table.ts';
import type { ColumnComparison, LearningPoint, TrainingProgress } from '../../src/shared/training.ts';

/** A repeatable stream of numbers in [0, 1). */
export function stream(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

const bell = (bars: number, centre: number, width: number, total: number) =>
  Array.from({ length: bars }, (_, i) => Math.round(total * Math.exp(-(((i - centre) / width) ** 2))));

function number(name: string, max: number, extra: Partial<ColumnProfile> = {}): ColumnProfile {
  const random = stream(name.length * 97 + name.charCodeAt(0));
  return {
    name,
    kind: 'integer',
    role: 'keep',
    nulls: 0,
    distinct: Math.round(max * 0.7),
    range: { min: '0', max: String(max) },
    histogram: bell(20, 3 + random() * 9, 3 + random() * 4, 4200).map((count, i) => ({
      label: `${Math.round((max * i) / 20)} – ${Math.round((max * (i + 1)) / 20)}`,
      count,
    })),
    other: 0,
    ...extra,
  };
}

function category(
  name: string,
  counts: Record<string, number>,
  extra: Partial<ColumnProfile> = {},
): ColumnProfile {
  return {
    name,
    kind: 'category',
    role: 'keep',
    nulls: 0,
    distinct: Object.keys(counts).length,
    histogram: Object.entries(counts).map(([label, count]) => ({ label, count })),
    other: 0,
    ...extra,
  };
}

export function columns(): ColumnProfile[] {
  return [
    {
      name: 'client_id',
      kind: 'identifier',
      role: 'identifier',
      nulls: 0,
      distinct: 30000,
      histogram: [],
      other: 30000,
    },
    number('limit_bal', 1000000, {
      kind: 'decimal',
      decimals: 2,
      range: { min: '10000.00', max: '1000000.00' },
    }),
    category('sex', { female: 18112, male: 11888 }),
    category('education', {
      university: 14030,
      'graduate school': 10585,
      'high school': 4917,
      unknown: 331,
      others: 123,
      none: 14,
    }),
    category('marriage', { single: 15964, married: 13659, others: 323, unknown: 54 }, { nulls: 412 }),
    number('age', 79, { range: { min: '21', max: '79' }, distinct: 56 }),
    number('opened_on', 3000, {
      kind: 'datetime',
      format: '%Y-%m-%d',
      range: { min: '2005-04-01', max: '2015-09-30' },
    }),
    ...[1, 2, 3, 4, 5, 6].map((month) => number(`bill_amount_month_${month}`, 964511)),
    ...[1, 2, 3, 4, 5, 6].map((month) => number(`payment_amount_month_${month}`, 873552)),
    category('defaulted', { no: 23364, yes: 6636 }, { kind: 'boolean' }),
    {
      name: 'account_managers_remarks_on_the_last_conversation_in_branch',
      kind: 'text',
      role: 'drop',
      nulls: 21030,
      distinct: 8771,
      histogram: [{ label: 'called, no answer', count: 12 }],
      other: 8958,
    },
  ];
}

export const problems: TableProfile['problems'] = [
  {
    severity: 'warning',
    column: 'marriage',
    message: '412 values are missing (1.4 %).',
    fix: 'Nothing to do: missing values are learned as such. Leave the column out if they are mistakes.',
  },
  {
    severity: 'warning',
    column: 'account_managers_remarks_on_the_last_conversation_in_branch',
    message: 'Free text cannot be learned and would carry private details.',
    fix: 'It is left out. Make it a category only if it holds few, harmless values.',
  },
  {
    severity: 'note',
    message: '3 lines had more fields than the header and were cut.',
    fix: 'Check lines 120, 4551 and 28004 of the source if the last column matters.',
  },
];

export function profile(change: Partial<TableProfile> = {}): TableProfile {
  return {
    format: 'csv',
    gzip: true,
    dialect: { delimiter: ',', quote: '"', header: true, encoding: 'utf-8' },
    bytes: 2694033,
    rows: 30000,
    columns: columns(),
    problems: problems.slice(1, 2),
    ...change,
  };
}

export function wideProfile(count: number): TableProfile {
  return profile({
    columns: Array.from({ length: count }, (_, i) =>
      number(`laboratory_measurement_channel_${i}_in_mmol`, 900 + i),
    ),
    problems: [],
  });
}

export function row(columnNames: readonly string[], index: number): (string | null)[] {
  const random = stream(index * 7919 + 13);
  return columnNames.map((name) => {
    const value = random();
    if (name === 'client_id') return `C${String(100000 + index)}`;
    if (name === 'sex') return value < 0.6 ? 'female' : 'male';
    if (name === 'education') return value < 0.5 ? 'university' : 'graduate school';
    if (name === 'marriage') return value < 0.06 ? null : value < 0.5 ? 'single' : 'married';
    if (name === 'age') return String(21 + Math.floor(value * 50));
    if (name === 'opened_on') return `20${10 + Math.floor(value * 5)}-0${1 + Math.floor(value * 8)}-17`;
    if (name === 'defaulted') return value < 0.78 ? 'no' : 'yes';
    if (name.startsWith('account')) return value < 0.6 ? null : 'asked for a longer term, will call back';
    if (name === 'limit_bal') return (Math.floor(value * 80) * 10000).toFixed(2);
    return String(Math.floor(value * value * 90000));
  });
}

export function point(epoch: number, seed = 5): LearningPoint {
  const wobble = stream(epoch * 31 + seed)();
  return {
    epoch,
    step: epoch * 60,
    seconds: epoch * 1.9,
    quality: Math.min(0.985, 0.62 + 0.345 * (1 - Math.exp(-epoch / 14)) + (wobble - 0.5) * 0.012),
    criticLoss: -2.2 * Math.exp(-epoch / 20) - 0.3 + (wobble - 0.5) * 0.2,
    generatorLoss: 1.4 * Math.exp(-epoch / 25) + 0.2 + (wobble - 0.5) * 0.2,
  };
}

export function comparisons(list: readonly ColumnProfile[], epoch: number): ColumnComparison[] {
  const off = 0.8 * Math.exp(-epoch / 12) + 0.03;
  return list
    .filter((column) => column.role === 'keep')
    .map((column) => {
      const total = column.histogram.reduce((sum, bar) => sum + bar.count, 0) || 1;
      const random = stream(column.name.length * 131 + epoch);
      const real = column.histogram.map((bar) => bar.count / total);
      const bent = real.map((share) => Math.max(0.001, share * (1 + (random() - 0.5) * off * 2)));
      const sum = bent.reduce((a, b) => a + b, 0);
      return {
        name: column.name,
        labels: column.histogram.map((bar) => bar.label),
        real,
        synthetic: bent.map((share) => share / sum),
      };
    });
}

export function training(
  list: readonly ColumnProfile[],
  epochs: number,
  notes: string[] = [],
): TrainingProgress {
  const history = Array.from({ length: Math.ceil(epochs / 2) }, (_, i) => point((i + 1) * 2));
  const best = history.reduce<LearningPoint | undefined>(
    (top, next) => (top && top.quality >= next.quality ? top : next),
    undefined,
  );
  const names = list.filter((column) => column.role !== 'drop').map((column) => column.name);
  return {
    history,
    ...(best ? { best } : {}),
    comparisons: comparisons(list, epochs),
    sample: {
      columns: names,
      rows: Array.from({ length: 8 }, (_, i) => row(names, 900000 + i + epochs * 10)),
    },
    notes,
  };
}

export function scores(list: readonly ColumnProfile[]): Scores {
  const names = list.filter((column) => column.role === 'keep').map((column) => column.name);
  const random = stream(77);
  const perColumn = names.map((name) => ({ name, accuracy: 0.995 - random() ** 3 * 0.09 }));
  return {
    accuracy: { overall: 0.968, univariate: 0.985, bivariate: 0.967, trivariate: 0.951 },
    ceiling: { overall: 0.979, univariate: 0.991, bivariate: 0.979, trivariate: 0.968 },
    utility: { target: 'defaulted', measure: 'auc', synthetic: 0.758, real: 0.776 },
    detection: { auc: 0.62 },
    privacy: { closerToTraining: 0.507, exactCopies: 0 },
    columns: perColumn,
    pairs: names.flatMap((a, i) =>
      names.slice(i + 1).map((b) => ({ a, b, accuracy: 0.99 - random() ** 4 * 0.2 })),
    ),
    rare: [
      { column: 'education', real: 0.0041, synthetic: 0.0046 },
      { column: 'education', real: 0.0005, synthetic: 0.0001 },
      { column: 'education', real: 0.011, synthetic: 0.0121 },
      { column: 'marriage', real: 0.0108, synthetic: 0.0093 },
      { column: 'marriage', real: 0.0018, synthetic: 0.0017 },
    ],
    rows: { training: 24000, holdout: 6000, synthetic: 6000 },
  };
}

export function card(list: readonly ColumnProfile[], withScores = true): Card {
  const done = training(list, 96);
  return {
    semblance: '0.1.0',
    created: new Date(Date.now() - 600000).toISOString(),
    source: { sha256: '9f2c'.repeat(16), rows: 30000, columns: list.length },
    columns: list.map(({ name, kind, role }) => ({ name, kind, role })),
    model: { kind: 'table-gan', version: 1, parameters: 412318 },
    seed: 1,
    device: 'cpu',
    training: {
      rows: 24000,
      seconds: 182,
      epochs: 96,
      ...(done.best ? { best: done.best } : {}),
      history: done.history,
    },
    ...(withScores ? { scores: scores(list) } : {}),
    anonymity: anonymity([
      { name: 'age', kind: 'integer', role: 'keep', generalise: { how: 'bands', width: 5 } },
    ]),
    warnings: [],
  };
}

export function project(change: Partial<Project> = {}): Project {
  const read = profile();
  return {
    id: 'p1',
    kind: 'table',
    files: null,
    name: 'Credit clients',
    sourcePath: '/home/ada/ledgers/2026/credit-card-clients.csv.gz',
    openedAt: new Date().toISOString(),
    rows: 30000,
    trained: false,
    source: 'present',
    profile: read,
    columns: read.columns.map(({ name, kind, role }) => ({ name, kind, role })),
    settings: { minutes: 20, stopEarly: true, seed: 1, holdout: 0.2 },
    training: null,
    learned: null,
    card: null,
    formerModel: null,
    exports: [],
    rules: [
      { text: 'start_date <= end_date', origin: 'found', on: false, rows: 30000, counterexamples: 4 },
      { text: 'postcode determines town', origin: 'found', on: true, rows: 29870, counterexamples: 0 },
    ],
    ...change,
  };
}

export function trained(change: Partial<Project> = {}): Project {
  const list = columns();
  const learned = training(list, 96);
  return project({ trained: true, training: learned, learned, card: card(list), ...change });
}

/** How identifiable rows are: less so where a column has been made coarser. */
export function anonymity(columns: readonly ColumnChoice[]): AnonymityReport {
  const coarser = columns.some(({ generalise }) => generalise !== undefined);
  const of = (k: number, rows: readonly number[]): AnonymityReport['before'] => ({
    columns: ['age', 'sex', 'postcode'],
    rows: rows.reduce((sum, each) => sum + each, 0),
    classes: 900 * (coarser ? 1 : 4),
    k,
    l: [{ column: 'diagnosis', l: k }],
    unique: rows[0] ?? 0,
    under5: (rows[0] ?? 0) + (rows[1] ?? 0) + (rows[2] ?? 0),
    sizes: ['1', '2', '3–4', '5–9', '10–19', '20–49', '50–99', '100+'].map((label, at) => ({
      label,
      rows: rows[at] ?? 0,
    })),
  });
  const before = of(1, [1900, 2400, 3100, 4200, 2800, 1500, 600, 0]);
  return { before, after: coarser ? of(2, [0, 300, 900, 2600, 4100, 4800, 2600, 1200]) : before };
}
