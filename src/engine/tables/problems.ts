/** What the user should know about a table, each with what to do about it. Never quotes a value. */
import type { ColumnProfile, Problem } from '../../shared/table.ts';
import type { ColumnFacts } from './column-facts.ts';
import { areRowNumbers } from './identifiers.ts';
import type { FoundKind, Remark } from './kinds.ts';

/** Fewer rows than this teach a model little: every score is rough, and each row weighs much. */
export const fewRows = 1000;
/** The fewest rows worth learning from: with fewer, what is learned is those rows, and a score says nothing. */
export const fewestRows = 20;

const order: Record<Problem['severity'], number> = { error: 0, warning: 1, note: 2 };

/** Errors first, notes last; otherwise in the order they were found. */
export function sortProblems(problems: readonly Problem[]): Problem[] {
  return problems.toSorted((a, b) => order[a.severity] - order[b.severity]);
}

export function tableProblems(rows: number, columns: readonly ColumnProfile[]): Problem[] {
  const found: Problem[] = [];
  if (rows === 0)
    found.push({
      severity: 'error',
      message: 'The table has column names but no rows.',
      fix: 'Check that it was saved or downloaded completely.',
    });
  else if (rows < fewestRows)
    found.push({
      severity: 'error',
      message: `The table has only ${rows} ${rows === 1 ? 'row' : 'rows'}; at least ${fewestRows} are needed to learn from.`,
      fix: 'Use a table with more rows: some hundreds give a rough likeness, some thousands a good one.',
    });
  else if (rows < fewRows)
    found.push({
      severity: 'warning',
      message: `The table has only ${rows} rows: what is learned will be rough, and single rows weigh much.`,
      fix: 'Use more rows if you have them, or leave out columns that do not matter.',
    });
  if (rows > 0 && columns.every(({ role }) => role !== 'keep'))
    found.push({
      severity: 'error',
      message: 'No column can be learned from: all are identifiers, free text or empty.',
      fix: 'Change the kind of a column if it holds categories or numbers after all.',
    });
  return found;
}

export function columnProblems(name: string, found: FoundKind, facts: ColumnFacts, rows: number): Problem[] {
  return found.remarks.flatMap((remark) => {
    const text = rows > 0 ? wording(remark, found, facts) : undefined;
    return text ? [{ column: name, ...text }] : [];
  });
}

function wording(remark: Remark, found: FoundKind, facts: ColumnFacts): Omit<Problem, 'column'> | undefined {
  const distinct = facts.distinct.toLocaleString('en-GB');
  switch (remark) {
    case 'no-values':
      return {
        severity: 'warning',
        message: 'The column is empty in every row.',
        fix: 'It is left out. Keep it only if the result needs the empty column.',
      };
    case 'constant':
      return {
        severity: 'note',
        message: 'Every row has the same value.',
        fix: 'It is kept and written as it is. Drop it if that value should not leave.',
      };
    case 'identifier':
      if (areRowNumbers(facts))
        return {
          severity: 'note',
          message: `The values number the rows, from ${facts.numbers?.min === 0 ? 0 : 1} on.`,
          fix: 'The rows of the result are numbered anew from there: the number is the place of a row and has nothing to do with the row of that number in the source. Drop the column if it is not needed.',
        };
      return {
        severity: 'note',
        message:
          facts.distinct === facts.values
            ? 'The values tell rows apart (an identifier): every one is different.'
            : 'The values tell rows apart (an identifier): nearly every one is different.',
        fix: 'New ones of the same shape are made, none of which occurs in the source. Drop the column if it is not needed.',
      };
    case 'reference':
      return {
        severity: 'warning',
        message: 'The name and the values look like a reference to rows of another table.',
        fix: 'It is learned like any other column, so it will not point to the same rows. Drop it if that is of no use.',
      };
    case 'free-text':
      return {
        severity: 'warning',
        message: 'Nearly every value is different text: there is nothing to learn, and it may name people.',
        fix: 'It is left out. Make it a category only if its values may appear in the result as they are.',
      };
    case 'many-categories':
      return {
        severity: 'warning',
        message: `The column has ${distinct} different categories; rare ones are hard to learn and may point to single people.`,
        fix: 'Drop it, or group its values in the source (regions instead of towns, say).',
      };
    case 'ambiguous-date':
      return {
        severity: 'warning',
        message: `Day and month cannot be told apart by the values; they are read as ${humanFormat(found.date?.format)}.`,
        fix: 'If the day comes first, write the dates as YYYY-MM-DD in the source.',
      };
    case 'grouped-numbers':
      return {
        severity: 'warning',
        message:
          'The values look like numbers with thousands separators or currency signs, and are read as text.',
        fix: 'Write them as plain numbers (1234.5) in the source to have them learned as numbers.',
      };
    case 'thousands-separators':
      return {
        severity: 'note',
        message: 'The commas in the numbers separate thousands (12,345 is twelve thousand).',
        fix: 'The numbers are learned as such, and written with separators where all of them have them.',
      };
    case 'ambiguous-commas':
      return {
        severity: 'warning',
        message: 'A comma may be a decimal mark or separate thousands here; it is read as a decimal mark.',
        fix: 'If it separates thousands, write the numbers without it in the source.',
      };
    case 'numbers-with-units':
      return {
        severity: 'warning',
        message: 'The values look like numbers with a unit, and are read as text.',
        fix: 'Move the unit into the column name and leave plain numbers to have them learned as numbers.',
      };
    case 'mostly-numbers': {
      const odd = facts.values - facts.markers - (facts.numbers?.count ?? 0);
      return {
        severity: 'warning',
        message: `Values that are no numbers stand among numbers (${odd.toLocaleString('en-GB')}), so the column is read as text.`,
        fix: 'Make it a number column to read those values as missing, or correct them in the source.',
      };
    }
    case 'leading-zeros':
      return {
        severity: 'note',
        message: 'The numbers have leading zeros, so they are read as codes.',
        fix: 'Nothing to do if they are codes. Make it an integer column if they count or measure something.',
      };
    case 'huge-numbers':
      return {
        severity: 'warning',
        message: 'The numbers are too long to compute with exactly (over 15 digits).',
        fix: 'They are treated as text. If they are keys, make the column an identifier.',
      };
    case 'null-markers':
      return {
        severity: 'note',
        message:
          facts.markers === 1
            ? 'One value is a sign for “missing” and is read as such.'
            : `${facts.markers.toLocaleString('en-GB')} values are a sign for “missing” and are read as such.`,
        fix: 'Make the column a category if they mean something.',
      };
    case 'mixed-zones':
      return {
        severity: 'note',
        message: 'The times have different offsets from UTC.',
        fix: 'They are learned as moments and written in UTC (+00:00).',
      };
    case 'binary':
      return {
        severity: 'warning',
        message: 'The column holds binary data (pictures, files or the like).',
        fix: 'It is left out: it cannot be learned from.',
      };
    case 'nested':
      return {
        severity: 'warning',
        message: 'The column holds lists or objects inside a row.',
        fix: 'It is left out. Flatten it into columns of its own if it should be learned.',
      };
  }
}

function humanFormat(format = ''): string {
  const names: Record<string, string> = {
    '%Y': 'YYYY',
    '%y': 'YY',
    '%m': 'MM',
    '%-m': 'M',
    '%d': 'DD',
    '%-d': 'D',
  };
  return format.replace(/%-?[Yymd]/g, (token) => names[token] ?? token).replace(/[ T].*$/, '');
}
