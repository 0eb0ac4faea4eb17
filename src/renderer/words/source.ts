import { m } from '../../shared/messages/messages.js';
import type { TableProfile } from '../../shared/table.ts';
import { delimiterWord, formatWord } from './columns.ts';
import { fileSize } from './figures.ts';

/** What a table is, in a few words: "30,000 rows", "24 columns", "CSV, semicolon, gzip", "2.7 MB". */
export function sourceFacts(profile: TableProfile): string[] {
  const format = [formatWord(profile.format)];
  const { dialect } = profile;
  if (dialect) {
    if (dialect.delimiter !== ',') format.push(delimiterWord(dialect.delimiter));
    if (!dialect.header) format.push(m.data_no_header());
    if (!/^utf-?8$/i.test(dialect.encoding)) format.push(dialect.encoding);
  }
  if (profile.gzip) format.push('gzip');
  return [
    m.units_rows({ count: profile.rows }),
    m.units_columns({ count: profile.columns.length }),
    format.join(m.units_list_separator()),
    fileSize(profile.bytes),
  ];
}
