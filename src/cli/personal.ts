/** Options of the terminal about personal data. */
import { listed } from '../engine/jobs/evaluate.ts';
import { AppError } from '../shared/errors.ts';
import { personalKinds } from '../shared/personal-kinds.ts';
import type { Generalisation, PersonalPolicy } from '../shared/personal.ts';
import type { PersonalKind } from '../shared/personal-kinds.ts';
import { canFake, namesPeople, proposedChoice, safeChoice } from '../shared/personal-defaults.ts';
import { asMarked } from '../shared/personal-marks.ts';
import type { ColumnChoice, ColumnProfile, TableProfile } from '../shared/table.ts';
import type { Options } from './options.ts';

export interface PersonalParams {
  /** What columns hold of persons as the user says, whatever is found. */
  marks: { column: string; kind: PersonalKind | 'none' }[];
  defaults: PersonalPolicy | undefined;
  /** Column and kind; no kind: the one found. */
  fake: { column: string; kind: PersonalKind | undefined }[];
  generalise: { column: string; how: Generalisation }[];
  keep: string[];
  quasi: string[];
  sensitive: string[];
}

/** Throws `usage`. */
export function readPersonal(options: Options): PersonalParams {
  const defaults = options.text('defaults');
  if (defaults !== undefined && defaults !== 'hipaa' && defaults !== 'gdpr')
    throw wrong('--defaults takes hipaa or gdpr.');
  return {
    defaults,
    marks: options.list('personal').map(readMark),
    fake: options.list('fake').map((item) => {
      const { column, value } = halves(item);
      const kind = personalKinds.find((each) => each === value);
      if (value !== undefined && (kind === undefined || !canFake(kind)))
        throw wrong(
          `--fake ${item}: no values are made up of a kind “${value}”. Kinds are ${personalKinds.filter(canFake).join(', ')}.`,
        );
      return { column, kind };
    }),
    generalise: options.list('generalise').map((item) => {
      const { column, value } = halves(item);
      return { column, how: readGeneralisation(item, value) };
    }),
    keep: options.list('keep'),
    quasi: options.list('quasi'),
    sensitive: options.list('sensitive'),
  };
}

function readMark(item: string): PersonalParams['marks'][number] {
  const { column, value } = halves(item);
  const kind = value === 'none' ? value : personalKinds.find((each) => each === value);
  if (kind !== undefined) return { column, kind };
  throw wrong(`--personal ${item}: after the column and = comes none or one of ${personalKinds.join(', ')}.`);
}

/** COLUMN=VALUE at the last =, so that a column's name may hold one. */
function halves(item: string): { column: string; value: string | undefined } {
  const at = item.lastIndexOf('=');
  return at <= 0
    ? { column: item, value: undefined }
    : { column: item.slice(0, at), value: item.slice(at + 1) };
}

/** `bands:5`, `bands:5:90`, `top:90`, `round:1`, `zip3`, `area`, `month`, `quarter`, `year`, `year:1936`, `network`. */
function readGeneralisation(item: string, value: string | undefined): Generalisation {
  const [how = '', ...numbers] = (value ?? '').split(':');
  const [first, second] = numbers.map(Number);
  const plain = numbers.every((number) => /^\d+(\.\d+)?$/.test(number));
  if (plain && numbers.length === 0) {
    if (how === 'zip3' || how === 'network') return { how };
    if (how === 'area') return { how: 'postcode-area' };
    if (how === 'month' || how === 'quarter' || how === 'year') return { how: 'date', to: how };
  }
  if (plain && first !== undefined) {
    const last = numbers.length === 1;
    if (how === 'bands' && first > 0 && numbers.length <= 2)
      return { how: 'bands', width: first, ...(second !== undefined && { top: second }) };
    if (how === 'top' && last) return { how: 'top', at: first };
    if (how === 'round' && last && Number.isInteger(first) && first <= 6)
      return { how: 'round', decimals: first };
    if ((how === 'month' || how === 'quarter' || how === 'year') && last && first >= 1000 && first <= 3000)
      return { how: 'date', to: how, notBefore: Math.trunc(first) };
  }
  throw wrong(
    `--generalise ${item} is not understood. After the column and = comes bands:5, bands:5:90, top:90, round:1, zip3, area, month, quarter, year, year:1936 or network.`,
  );
}

function wrong(message: string): AppError {
  return new AppError('usage', message, 'See: semblance synth --help');
}

/**
 * The choices for every column: what is proposed or the defaults asked for say, then what the options say. Throws
 * `table/unknown-column`, and `usage` where nothing can be made up for a column.
 */
export function personalChoices(
  profile: TableProfile,
  params: PersonalParams,
  table: string,
): ColumnChoice[] {
  const { defaults, marks, fake, generalise, keep } = params;
  const names = profile.columns.map(({ name }) => name);
  const asked = [
    ...marks.map(({ column }) => column),
    ...fake.map(({ column }) => column),
    ...generalise.map(({ column }) => column),
    ...keep,
    ...params.quasi,
    ...params.sensitive,
  ];
  const unknown = asked.find((name) => !names.includes(name));
  if (unknown !== undefined)
    throw new AppError(
      'table/unknown-column',
      `“${table}” has no column “${unknown}”.`,
      `Its columns are ${listed(names)}.`,
    );
  return profile.columns.map((found): ColumnChoice => {
    const { name } = found;
    const marked = marks.findLast((each) => each.column === name)?.kind;
    const said = marked === undefined ? {} : { marked };
    return { ...treated(asMarked(found, said)), ...said };
  });

  function treated(column: ColumnProfile): ColumnChoice {
    const { name } = column;
    const usual = defaults === undefined ? proposedChoice(column) : safeChoice(column, defaults);
    const faked = fake.find((each) => each.column === name);
    if (faked) return { name, kind: column.kind, role: 'fake', fake: faked.kind ?? foundKind(column) };
    const coarser = generalise.find((each) => each.column === name);
    if (coarser) return { name, kind: column.kind, role: 'keep', generalise: coarser.how };
    if (!keep.includes(name)) return usual;
    const kind = column.kind === 'text' || column.kind === 'identifier' ? 'category' : column.kind;
    return { name, kind, role: 'keep', ...(namesPeople(column) && { learnPersonal: true }) };
  }
}

function foundKind({ name, personal }: ColumnProfile): PersonalKind {
  const kind = personal?.[0]?.kind;
  if (kind !== undefined && canFake(kind)) return kind;
  throw wrong(
    `Semblance cannot tell what to make up for “${name}”. Write --fake ${name}=KIND with one of ${personalKinds.filter(canFake).join(', ')}.`,
  );
}
