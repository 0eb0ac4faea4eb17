/** What the user should know about a table, each with what to do about it. Never quotes a value. */
import { fewestRows } from '../../shared/fewest-rows.ts';
import { m } from '../../shared/messages/messages.js';
import type { ColumnProfile, Problem } from '../../shared/table.ts';
import type { ColumnFacts } from './column-facts.ts';
import { areRowNumbers } from './identifiers.ts';
import type { FoundKind, Remark } from './kinds.ts';

/** Fewer rows than this teach a model little: every score is rough, and each row weighs much. */
export const fewRows = 1000;

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
      message: m.problems_no_rows(),
      fix: m.problems_no_rows_fix(),
    });
  else if (rows < fewestRows)
    found.push({
      severity: 'error',
      message:
        rows === 1
          ? m.problems_one_row({ least: fewestRows })
          : m.problems_too_few({ rows, least: fewestRows }),
      fix: m.problems_too_few_fix(),
    });
  else if (rows < fewRows)
    found.push({
      severity: 'warning',
      message: m.problems_few({ rows }),
      fix: m.problems_few_fix(),
    });
  if (rows > 0 && columns.every(({ role }) => role !== 'keep'))
    found.push({
      severity: 'error',
      message: m.problems_nothing_to_learn(),
      fix: m.problems_nothing_to_learn_fix(),
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
        message: m.problems_empty(),
        fix: m.problems_empty_fix(),
      };
    case 'constant':
      return {
        severity: 'note',
        message: m.problems_constant(),
        fix: m.problems_constant_fix(),
      };
    case 'identifier':
      if (areRowNumbers(facts))
        return {
          severity: 'note',
          message: m.problems_numbers_rows({ first: facts.numbers?.min === 0 ? 0 : 1 }),
          fix: m.problems_numbers_rows_fix(),
        };
      return {
        severity: 'note',
        message: facts.distinct === facts.values ? m.problems_identifier() : m.problems_nearly_identifier(),
        fix: m.problems_identifier_fix(),
      };
    case 'reference':
      return {
        severity: 'warning',
        message: m.problems_reference(),
        fix: m.problems_reference_fix(),
      };
    case 'free-text':
      return {
        severity: 'warning',
        message: m.problems_free_text(),
        fix: m.problems_free_text_fix(),
      };
    case 'many-categories':
      return {
        severity: 'warning',
        message: m.problems_many_categories({ distinct }),
        fix: m.problems_many_categories_fix(),
      };
    case 'ambiguous-date':
      return {
        severity: 'warning',
        message: m.problems_ambiguous_date({ format: humanFormat(found.date?.format) }),
        fix: m.problems_ambiguous_date_fix(),
      };
    case 'mixed-dates': {
      const ways = [found.date?.format ?? '', ...(found.date?.also ?? [])].map(patternInWords);
      return {
        severity: 'warning',
        message: m.problems_mixed_dates({ count: ways.length, ways: ways.join('; ') }),
        fix: m.problems_mixed_dates_fix({ way: ways[0] ?? '' }),
      };
    }
    case 'unclear-dates':
      return {
        severity: 'warning',
        message: m.problems_unclear_dates(),
        fix:
          found.role === 'drop'
            ? m.problems_unclear_dates_dropped_fix()
            : m.problems_unclear_dates_kept_fix(),
      };
    case 'mixed-marks':
      return {
        severity: 'warning',
        message: m.problems_mixed_marks(),
        fix: found.role === 'drop' ? m.problems_mixed_marks_dropped_fix() : m.problems_mixed_marks_kept_fix(),
      };
    case 'grouped-numbers':
      return {
        severity: 'warning',
        message: m.problems_grouped_numbers(),
        fix: m.problems_grouped_numbers_fix(),
      };
    case 'thousands-separators':
      return {
        severity: 'note',
        message: m.problems_thousands(),
        fix: m.problems_thousands_fix(),
      };
    case 'ambiguous-commas':
      return {
        severity: 'warning',
        message: m.problems_ambiguous_commas(),
        fix: m.problems_ambiguous_commas_fix(),
      };
    case 'numbers-with-units':
      return {
        severity: 'warning',
        message: m.problems_units(),
        fix: m.problems_units_fix(),
      };
    case 'mostly-numbers': {
      const odd = facts.values - facts.markers - (facts.numbers?.count ?? 0);
      return {
        severity: 'warning',
        message: m.problems_mostly_numbers({ odd: odd.toLocaleString('en-GB') }),
        fix: m.problems_mostly_numbers_fix(),
      };
    }
    case 'leading-zeros':
      return {
        severity: 'note',
        message: m.problems_leading_zeros(),
        fix: m.problems_leading_zeros_fix(),
      };
    case 'huge-numbers':
      return {
        severity: 'warning',
        message: m.problems_huge_numbers(),
        fix: m.problems_huge_numbers_fix(),
      };
    case 'null-markers':
      return {
        severity: 'note',
        message:
          facts.markers === 1
            ? m.problems_missing_sign()
            : m.problems_missing_signs({ count: facts.markers.toLocaleString('en-GB') }),
        fix: m.problems_missing_signs_fix(),
      };
    case 'mixed-zones':
      return {
        severity: 'note',
        message: m.problems_mixed_zones(),
        fix: m.problems_mixed_zones_fix(),
      };
    case 'binary':
      return {
        severity: 'warning',
        message: m.problems_binary(),
        fix: m.problems_binary_fix(),
      };
    case 'nested':
      return {
        severity: 'warning',
        message: m.problems_nested(),
        fix: m.problems_nested_fix(),
      };
  }
}

/** A strftime pattern as people write it: YYYY-MM-DD hh:mm. */
function patternInWords(format: string): string {
  const names: Record<string, string> = {
    Y: 'YYYY', y: 'YY', m: 'MM', d: 'DD', b: 'Mon', B: 'Month', H: 'hh', I: 'hh', M: 'mm', S: 'ss', p: 'AM', z: '+hh:mm',
  }; // prettier-ignore
  return format
    .replace(/%\.f/g, '.fff')
    .replace(/%-?([A-Za-z])/g, (_, letter: string) => names[letter] ?? 'fff');
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
