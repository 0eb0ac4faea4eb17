import { findRules } from '../../engine/jobs/model-rules.ts';
import { profile } from '../../engine/jobs/profile.ts';
import { m } from '../../shared/messages/messages.js';
import type { RuleFinding } from '../../shared/rules.ts';
import { freshSettings } from '../../engine/store/projects.ts';
import type { Store } from '../../engine/store/open.ts';
import { tableName } from '../../engine/table-name.ts';
import type { TaskContext } from '../../engine/jobs/task.ts';
import { openSource } from '../../engine/tables/source.ts';
import { measureAnonymity } from '../../engine/jobs/anonymity.ts';
import type { ColumnChoice, ColumnProfile, Problem, TableProfile } from '../../shared/table.ts';
import type { Command, CommandResult } from '../command.ts';
import { keepDescribed } from '../kept.ts';
import { openStoreOf } from '../open-store.ts';
import { markedProfile } from '../../shared/personal-marks.ts';
import { ruleOf, whyInWords } from '../../shared/personal-reasons.ts';
import { anonymityLines, findingLines } from '../personal-words.ts';
import { personalChoices, readPersonal } from '../personal.ts';
import type { PersonalParams } from '../personal.ts';
import { shownValues } from '../shown-values.ts';
import { textTable } from '../text-table.ts';
import { bytesInWords, count, percent, wrap } from '../words.ts';

export const runProfile: Command = async (options, context) => {
  const path = options.positional('IN');
  const personal = readPersonal(options);
  const show = options.list('show');
  const opened =
    options.text('store') === undefined ? null : await openStoreOf(options, context.signal, { create: true });
  try {
    return await describe(path, { personal, show, store: opened?.store ?? null }, context);
  } finally {
    opened?.vault.close();
  }
};

interface DescribeParams {
  personal: PersonalParams;
  /** Columns whose values may be seen. */
  show: readonly string[];
  /** Where to keep the description; null keeps nothing. */
  store: Store | null;
}

async function describe(
  path: string,
  { personal, show, store }: DescribeParams,
  context: TaskContext,
): Promise<CommandResult> {
  const source = await openSource(path, { signal: context.signal });
  try {
    const result = await profile(source, context);
    const choices = personalChoices(result, personal, source.name);
    const marked = markedProfile(result, choices);
    const { quasi, sensitive } = personal;
    const anonymity =
      quasi.length === 0
        ? undefined
        : await measureAnonymity({ source, profile: result, choices, quasi, sensitive }, context.signal);
    context.report({ phase: m.phases_rules(), progress: null });
    const rules = await findRules(source, result, choices, context.signal);
    const shown = await shownValues(source, result, show, context.signal);
    const project =
      store === null
        ? null
        : await keepDescribed(store, {
            ...{ input: path, name: tableName(path), profile: result },
            ...{ columns: choices, settings: freshSettings() },
          });
    return {
      json: {
        profile: marked,
        reasons: reasonsOf(marked),
        rules,
        ...(project !== null && { project }),
        ...(anonymity && { anonymity }),
        ...(shown.length > 0 && { shown }),
      },
      text: (width) => [
        ...profileLines(source.name, marked, choices, width),
        ...foundRuleLines(rules, width),
        ...(anonymity ? ['', ...anonymityLines(anonymity, width)] : []),
        ...shown.flatMap(({ column, values }) => [
          '',
          `${column}, some values:`,
          ...values.map((value) => `  ${value}`),
        ]),
      ],
    };
  } finally {
    await source.close();
  }
}

/** Why columns with personal data are treated as they are by default, for machines. */
function reasonsOf({ columns }: TableProfile) {
  return columns.flatMap(({ name, personal = [] }) =>
    personal.map(({ kind }) => ({ column: name, kind, ...ruleOf(kind), inWords: whyInWords(kind) })),
  );
}

/** What a profile says, for people: problems first. */
export function profileLines(
  name: string,
  profile: TableProfile,
  choices: readonly ColumnChoice[],
  width: number,
): string[] {
  const chosen = new Map(choices.map((choice) => [choice.name, choice]));
  const { rows, columns, bytes, format, gzip } = profile;
  const formatName = { csv: 'CSV', parquet: 'Parquet', jsonl: 'JSON lines' }[format];
  return [
    `${name}: ${count(rows, 'row')}, ${count(columns.length, 'column')}, ${bytesInWords(bytes)} ${formatName}${gzip ? ', gzip' : ''}`,
    '',
    ...findingLines(profile, choices, width),
    ...problemLines(profile.problems, width),
    ...textTable(
      [
        { head: 'Column', align: 'left', flexible: true },
        { head: 'Kind', align: 'left' },
        { head: 'Becomes', align: 'left' },
        { head: 'Missing', align: 'right' },
        { head: 'Distinct', align: 'right' },
        { head: 'Values', align: 'left', flexible: true },
      ],
      columns.map((column) => [
        column.name,
        column.kind,
        { keep: 'learned', drop: 'left out', identifier: 'made anew', fake: 'made up' }[
          (chosen.get(column.name) ?? column).role
        ],
        percent(rows === 0 ? 0 : column.nulls / rows),
        column.distinct.toLocaleString('en-GB'),
        valuesOf(column, rows),
      ]),
      width,
    ),
  ];
}

/** Rules found in the table, with how many rows they speak of and how many of these break them. */
function foundRuleLines(rules: readonly RuleFinding[], width: number): string[] {
  if (rules.length === 0) return [];
  return [
    '',
    ...textTable(
      [
        { head: 'Rule found', align: 'left', flexible: true },
        { head: 'Rows', align: 'right' },
        { head: 'Against it', align: 'right' },
      ],
      rules.map(({ text, rows, counterexamples }) => [
        text,
        rows.toLocaleString('en-GB'),
        counterexamples.toLocaleString('en-GB'),
      ]),
      width,
    ),
    '',
    ...wrap(
      'Hold them in synthetic rows with synth --rules auto, or with a file of those you choose.',
      width,
    ),
  ];
}

export function problemLines(problems: readonly Problem[], width: number): string[] {
  const lines = problems.flatMap(({ severity, column, message, fix }) => {
    const text = `${severity}: ${column === undefined ? '' : `${column}: `}${message} ${fix}`;
    return wrap(text, width - 4).map((line, index) => (index === 0 ? `• ${line}` : `  ${line}`));
  });
  return lines.length === 0 ? [] : [...lines, ''];
}

/** The range of numbers and dates, the most frequent categories. Identifiers and texts are not shown. */
function valuesOf({ kind, range, histogram }: ColumnProfile, rows: number): string {
  if (range) return range.min === range.max ? range.min : `${range.min} to ${range.max}`;
  if (kind !== 'category' && kind !== 'boolean') return '';
  return histogram
    .slice(0, 4)
    .map(({ label, count: frequency }) => `${label} ${percent(rows === 0 ? 0 : frequency / rows)}`)
    .join(', ');
}
