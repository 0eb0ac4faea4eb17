import type { TableProfile } from '../../shared/table.ts';
import { delimiterWord, formatWords } from './columns.ts';
import { counted, fileSize } from './figures.ts';

/** What a table is, in a few words: "30,000 rows", "24 columns", "CSV, semicolon, gzip", "2.7 MB". */
export function sourceFacts(profile: TableProfile): string[] {
  const format = [formatWords[profile.format]];
  const { dialect } = profile;
  if (dialect) {
    if (dialect.delimiter !== ',') format.push(delimiterWord(dialect.delimiter));
    if (!dialect.header) format.push('no header');
    if (!/^utf-?8$/i.test(dialect.encoding)) format.push(dialect.encoding);
  }
  if (profile.gzip) format.push('gzip');
  return [
    counted(profile.rows, 'row'),
    counted(profile.columns.length, 'column'),
    format.join(', '),
    fileSize(profile.bytes),
  ];
}
