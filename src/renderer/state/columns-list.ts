/** Lists of this many columns are short enough to be drawn whole; longer ones are searched and drawn in part. */
export const shortList = 120;

/** The columns whose name holds the text, in any case of letters; all where there is no text. */
export function withName<Column extends { name: string }>(
  columns: readonly Column[],
  text: string,
): readonly Column[] {
  const wanted = text.trim().toLocaleLowerCase();
  if (wanted === '') return columns;
  return columns.filter(({ name }) => name.toLocaleLowerCase().includes(wanted));
}

/** Where a list that is walked through in pages stands: the first and the last of what is shown, and the pages beside. */
export interface Page {
  first: number;
  /** One past the last. */
  end: number;
  before: number | null;
  after: number | null;
}

/** The page that begins at or before `from`. */
export function pageAt(from: number, all: number, size: number): Page {
  const last = Math.max(0, Math.floor((all - 1) / size) * size);
  const first = Math.min(last, Math.max(0, Math.floor(from / size) * size));
  const end = Math.min(all, first + size);
  return {
    first,
    end,
    before: first > 0 ? first - size : null,
    after: end < all ? end : null,
  };
}
