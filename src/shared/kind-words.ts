import type { Locale } from './language.ts';
import { m } from './messages/messages.js';
import type { ColumnKind } from './table.ts';

/** What a column is, in words. In the language of the process unless given. */
export const kindWords: Readonly<Record<ColumnKind, (inputs?: object, say?: { locale: Locale }) => string>> =
  {
    category: m.data_kind_category,
    integer: m.data_kind_integer,
    decimal: m.data_kind_decimal,
    boolean: m.data_kind_boolean,
    datetime: m.data_kind_datetime,
    identifier: m.data_kind_identifier,
    text: m.data_kind_text,
  };
