/** Options and words of the terminal about personal data. */
import { listed } from '../engine/jobs/evaluate.ts';
import { AppError } from '../shared/errors.ts';
import { personalKinds } from '../shared/personal-kinds.ts';
import type { AnonymityReport, Generalisation, PersonalFinding, PersonalPolicy } from '../shared/personal.ts';
import type { PersonalKind } from '../shared/personal-kinds.ts';
import { canFake, namesPeople, proposedChoice, safeChoice } from '../shared/personal-defaults.ts';
import { asMarked } from '../shared/personal-marks.ts';
import { letterOf, ruleOf, whyInWords } from '../shared/personal-reasons.ts';
import type { ColumnChoice, ColumnProfile, TableProfile } from '../shared/table.ts';
import type { Options } from './options.ts';
import { textTable } from './text-table.ts';
import { percent, wrap } from './words.ts';

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

const kindWords: Readonly<Record<PersonalKind, string>> = {
  'given-name': 'given name', 'family-name': 'family name', 'full-name': 'full name', email: 'e-mail address',
  phone: 'telephone number', address: 'postal address', postcode: 'postcode', 'ip-address': 'IP address',
  'birth-date': 'date of birth', 'card-number': 'payment card number', iban: 'IBAN', 'us-ssn': 'US social security number',
  'us-ein': 'US employer number', 'uk-nino': 'UK national insurance number', 'uk-nhs': 'NHS number',
  'de-tax-id': 'German tax number', 'fr-nir': 'French social security number', 'es-dni': 'Spanish DNI or NIE',
  'it-cf': 'Italian tax code', 'cn-resident-id': 'Chinese resident number', 'in-aadhaar': 'Aadhaar', 'in-pan': 'Indian PAN',
  'br-cpf': 'Brazilian CPF', 'br-cnpj': 'Brazilian CNPJ', 'medical-record': 'medical record number',
  'account-number': 'account number', 'document-number': 'document number', url: 'web address', coordinates: 'coordinates',
  city: 'town', age: 'age', sex: 'sex', date: 'date', 'other-identifier': 'other identifier',
  'other-attribute': 'attribute others may know',
}; // prettier-ignore

function findingInWords({ kind, withinText }: PersonalFinding): string {
  return withinText ? `${kindWords[kind]} in texts` : kindWords[kind];
}

/** What was found, column by column, with what is proposed for it. Counts only. */
export function findingLines(profile: TableProfile, width: number): string[] {
  const found = profile.columns.flatMap((column) =>
    (column.personal ?? []).map((finding) => ({ column, finding })),
  );
  if (found.length === 0) return [];
  const direct = found.filter(({ column }) => namesPeople(column));
  const quasi = found.filter((each) => !direct.includes(each));
  const all = [...direct, ...quasi];
  const rows = all.map(({ column, finding }) => [
    column.name,
    findingInWords(finding),
    ...(finding.sampled === 0
      ? ['', 'as you say']
      : [
          percent(finding.confidence),
          finding.hits === 0
            ? 'by its name'
            : `${finding.hits.toLocaleString('en-GB')} of ${finding.sampled.toLocaleString('en-GB')}`,
        ]),
    ruleMark(finding.kind),
    treatmentInWords(proposedChoice(column)),
    treatmentInWords(safeChoice(column, 'hipaa')),
  ]);
  return [
    'Personal data. Confidence, and how many of the distinct values looked at are of the kind:',
    '',
    ...textTable(
      [
        { head: 'Column', align: 'left', flexible: true },
        { head: 'Looks like', align: 'left', flexible: true },
        { head: 'Sure', align: 'right' },
        { head: 'Values', align: 'right' },
        { head: 'Rule', align: 'left' },
        { head: 'Becomes', align: 'left' },
        { head: 'With --defaults hipaa', align: 'left' },
      ],
      rows,
      width,
    ),
    '',
    'Why these defaults:',
    ...[...new Map(all.map(({ finding }) => [ruleMark(finding.kind), finding.kind])).values()].flatMap(
      (kind) => {
        const { hipaa, gdpr } = whyInWords(kind);
        return wrap(`${ruleMark(kind)}: ${hipaa} ${gdpr}`, width - 2).map((line, at) =>
          at === 0 ? line : `  ${line}`,
        );
      },
    ),
    '',
  ];
}

/** The rule a kind falls under, as short as can be: G is identifier (G) of HIPAA, 4(1) an article and R26 a recital of the GDPR. */
function ruleMark(kind: PersonalKind): string {
  const { hipaa, gdpr } = ruleOf(kind);
  const letters = hipaa.map(letterOf);
  const european = { identifier: '4(1)', online: 'R30', 'singling-out': 'R26' }[gdpr];
  return `${letters.length === 0 ? '–' : letters.join('')}, ${european}`;
}

/** What becomes of a column, in a few words. */
export function treatmentInWords({ role, generalise, fake }: ColumnChoice): string {
  if (role === 'drop') return 'left out';
  if (role === 'identifier') return 'made anew';
  if (role === 'fake') return fake === undefined ? 'made up' : `made up (${fake})`;
  switch (generalise?.how) {
    case undefined:
      return 'learned';
    case 'bands':
      return `bands of ${generalise.width}${generalise.top === undefined ? '' : `, ${generalise.top}+`}`;
    case 'top':
      return `${generalise.at} at most`;
    case 'round':
      return `rounded to ${generalise.decimals} places`;
    case 'zip3':
      return 'first three digits';
    case 'postcode-area':
      return 'area';
    case 'network':
      return 'network';
    case 'date':
      return `${generalise.to}${generalise.notBefore === undefined ? '' : `, not before ${generalise.notBefore}`}`;
  }
}

/** k, l and uniqueness before and after. */
export function anonymityLines({ before, after, sourceRows }: AnonymityReport, width: number): string[] {
  const row = (name: string, value: (each: AnonymityReport['before']) => string): string[] => [
    name,
    value(before),
    value(after),
  ];
  const share = (part: number, whole: number): string =>
    `${part.toLocaleString('en-GB')} (${percent(whole === 0 ? 0 : part / whole)})`;
  return [
    `How rows differ by ${before.columns.join(', ')}${after.columns.length === before.columns.length ? '' : `; afterwards by ${after.columns.join(', ') || 'nothing'}`}:`,
    '',
    ...textTable(
      [
        { head: '', align: 'left', flexible: true },
        { head: 'As it is', align: 'right' },
        { head: 'Treated', align: 'right' },
      ],
      [
        row('Smallest class (k)', ({ k }) => k.toLocaleString('en-GB')),
        ...before.l.map(({ column, l }) => [
          `Least different values of ${column} in a class (l)`,
          l.toLocaleString('en-GB'),
          after.l.find((each) => each.column === column)?.l.toLocaleString('en-GB') ?? '–',
        ]),
        row('Rows alone in their class', ({ unique, rows }) => share(unique, rows)),
        row('Rows in classes under five', ({ under5, rows }) => share(under5, rows)),
        row('Classes', ({ classes }) => classes.toLocaleString('en-GB')),
        ...before.sizes.map(({ label }, at) =>
          row(`  rows in classes of ${label}`, ({ sizes }) => (sizes[at]?.rows ?? 0).toLocaleString('en-GB')),
        ),
      ],
      width,
    ),
    ...(sourceRows === undefined
      ? []
      : wrap(
          `Counted on ${before.rows.toLocaleString('en-GB')} of ${sourceRows.toLocaleString('en-GB')} rows, drawn by lot. Classes of the whole table are larger.`,
          width,
        )),
  ];
}
