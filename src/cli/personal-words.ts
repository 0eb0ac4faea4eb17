/** What the terminal says of personal data and of how identifiable rows are. */
import { namesPeople, proposedChoice, safeChoice } from '../shared/personal-defaults.ts';
import type { PersonalKind } from '../shared/personal-kinds.ts';
import { identifierName, letterOf, ruleOf, whyInWords } from '../shared/personal-reasons.ts';
import type { AnonymityReport, PersonalFinding } from '../shared/personal.ts';
import type { ColumnChoice, TableProfile } from '../shared/table.ts';
import { textTable } from './text-table.ts';
import { percent, wrap } from './words.ts';

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

/** What was found, column by column, with what becomes of it and why. Counts only. */
export function findingLines(
  profile: TableProfile,
  choices: readonly ColumnChoice[],
  width: number,
): string[] {
  const chosen = new Map(choices.map((choice) => [choice.name, choice]));
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
    treatmentInWords(chosen.get(column.name) ?? proposedChoice(column)),
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
    ...ruleLines(
      all.map(({ finding }) => finding.kind),
      width,
    ),
    '',
  ];
}

/** The rule a kind falls under, as short as can be: a letter of HIPAA's list and an article or recital of the GDPR. */
function ruleMark(kind: PersonalKind): string {
  const { hipaa, gdpr } = ruleOf(kind);
  return `${hipaa.length === 0 ? '–' : hipaa.map(letterOf).join('')}, ${europeanMarks[gdpr]}`;
}

const europeanMarks = { identifier: '4(1)', online: 'R30', 'singling-out': 'R26' } as const;

/** What the marks stand for, each once. */
function ruleLines(kinds: readonly PersonalKind[], width: number): string[] {
  const numbers = [...new Set(kinds.flatMap((kind) => ruleOf(kind).hipaa))].sort((a, b) => a - b);
  const listed = numbers.map((number) => `${letterOf(number)} ${identifierName(number)}`);
  const european = new Map(kinds.map((kind) => [ruleOf(kind).gdpr, whyInWords(kind).gdpr]));
  return [
    `Rule: of the 18 identifiers of HIPAA Safe Harbor, 45 CFR 164.514(b)(2)(i): ${listed.join('; ') || 'none'}.`,
    ...[...european].map(([rule, words]) => `${europeanMarks[rule]}: ${words}`),
  ].flatMap((text) => wrap(text, width - 2).map((line, at) => (at === 0 ? line : `  ${line}`)));
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
