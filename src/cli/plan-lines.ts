import type { ExportPlan } from '../shared/export-plan.ts';
import { textTable, type TextColumn } from './text-table.ts';
import { bytesInWords, count, noteLines, wrap } from './words.ts';

const origins = {
  model: 'made by the model',
  fresh: 'made anew',
  nothing: 'stays empty',
  mark: 'marks rows',
};

const left = (head: string, flexible = false): TextColumn => ({ head, align: 'left', flexible });

/** What would be written, for a terminal. */
export function planLines(plan: ExportPlan, width: number): string[] {
  const { files, protection, columns } = plan;
  return [
    'Nothing has been written. This would be:',
    '',
    ...textTable(
      [left('File', true), left('What'), left('Size'), left('')],
      files.map(({ path, role, bytes, estimate, encrypted, replaces }) => [
        path,
        role,
        bytes === null
          ? 'not known yet'
          : `${estimate === 'at-most' ? 'at most' : 'about'} ${bytesInWords(bytes)}`,
        [encrypted ? 'encrypted' : '', replaces ? 'REPLACES A FILE' : '']
          .filter((word) => word !== '')
          .join(', '),
      ]),
      width,
    ),
    '',
    `Rows     ${count(plan.rows, 'row')}${plan.realRows > 0 ? `, ${plan.realRows.toLocaleString('en-GB')} of them REAL` : ''}`,
    ...wrap(
      protection === null
        ? 'Opened   by anyone'
        : protection.by === 'passphrase'
          ? 'Opened   by whoever knows the passphrase'
          : `Opened   by ${protection.recipients.join(', ')}`,
      width,
    ),
    `Signed   ${plan.signedBy === null ? 'by nobody' : `by ${plan.signedBy}`}`,
    ...plan.conditions.flatMap((condition) => wrap(`Where    ${condition}`, width)),
    '',
    ...textTable(
      [left('Column', true), left('Kind'), left('Type'), left('')],
      columns.map(({ name, kind, type, from }) => [name, kind, type ?? '', origins[from]]),
      width,
    ),
    ...plan.warnings.flatMap((warning) => noteLines(warning, width)),
  ];
}
