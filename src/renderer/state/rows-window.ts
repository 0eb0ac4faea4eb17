/** Tallest element browsers lay out without losing precision; taller content is scrolled faster than it is. */
const tallest = 8_000_000;

export interface RowsWindow {
  /** First row to render. */
  first: number;
  /** Rows to render. */
  length: number;
  /** Where the first rendered row stands, in pixels from the top of the content. */
  top: number;
  /** Height of the whole content in pixels. */
  height: number;
}

/**
 * The rows to render for a scroll position: those in view and some around them. Rows have one height, so
 * a billion of them cost no more than ten; beyond what a browser can lay out, scrolling is compressed.
 */
export function rowsWindow(
  rows: number,
  rowHeight: number,
  scrollTop: number,
  viewHeight: number,
  around = 8,
): RowsWindow {
  const natural = rows * rowHeight;
  const height = Math.min(natural, tallest);
  const most = Math.max(0, height - viewHeight);
  const scrolled = Math.min(Math.max(0, scrollTop), most);
  // Pixels of the uncompressed content above the view.
  const above = height === natural || most === 0 ? scrolled : (scrolled / most) * (natural - viewHeight);
  const inView = Math.ceil(viewHeight / rowHeight) + 1;
  const first = Math.min(Math.max(0, Math.floor(above / rowHeight) - around), Math.max(0, rows - 1));
  const last = Math.min(rows, Math.floor(above / rowHeight) + inView + around);
  return { first, length: Math.max(0, last - first), top: scrolled - (above - first * rowHeight), height };
}

/** Numbers of the pages that hold rows `first` to `first + length - 1`. */
export function pagesOf(first: number, length: number, pageRows: number): number[] {
  if (length <= 0) return [];
  const from = Math.floor(first / pageRows);
  const to = Math.floor((first + length - 1) / pageRows);
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}
