/** What PS3.15 table E.1-1 says of each attribute. */
import rows from '../../../../../resources/dicom/confidentiality_profile_attributes.json' with { type: 'json' };
import { actionCodes, type ActionCode } from '../../../../shared/dicom-options.ts';
import { profileOptions, type OptionName } from './options.ts';

export { type ActionCode };

export interface ProfileRow {
  readonly name: string;
  readonly basic: ActionCode;
  /** Columns of options, by their name in the table. */
  readonly columns: ReadonlyMap<string, ActionCode>;
}

export function isActionCode(text: string): text is ActionCode {
  return actionCodes.some((code) => code === text);
}

/** Rows by tag as eight hexadecimal digits in lower case; repeating groups have `x` in their digits. */
const table = new Map<string, ProfileRow>();
for (const row of rows) {
  const columns = new Map<string, ActionCode>();
  for (const [column, value] of Object.entries(row))
    if (typeof value === 'string' && isActionCode(value)) columns.set(column, value);
  const basic = columns.get('basicProfile');
  if (basic !== undefined) table.set(row.id, { name: row.name, basic, columns });
}

/** The row of an attribute, undefined where the table says nothing. Private attributes and groups 50xx, 60xx are not here. */
export function profileRow(tag: number): ProfileRow | undefined {
  return table.get(hexOf(tag));
}

/** All rows, by their tag as eight hexadecimal digits, `x` in those of repeating groups. */
export function profileRows(): ReadonlyMap<string, ProfileRow> {
  return table;
}

/** Eight hexadecimal digits in lower case. */
export function hexOf(tag: number): string {
  return tag.toString(16).padStart(8, '0');
}

/**
 * The action for a row under options (PS3.15 section E.1.1: an option overrides the profile). Where one option keeps and
 * another cleans, cleaning wins, except that full dates are kept when asked for.
 */
export function codeUnder(row: ProfileRow, options: ReadonlySet<OptionName>): ActionCode {
  const asked = [...options].flatMap((name) => {
    const { column } = profileOptions[name];
    const code = column === undefined ? undefined : row.columns.get(column);
    return code === undefined ? [] : [{ name, code }];
  });
  const full = asked.find(({ name }) => name === 'retain-long-full-dates');
  if (full) return full.code;
  return (asked.find(({ code }) => code === 'C') ?? asked[0])?.code ?? row.basic;
}
