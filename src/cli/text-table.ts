export interface TextColumn {
  head: string;
  align: 'left' | 'right';
  /** May be cut to fit the width; the others keep theirs. */
  flexible?: boolean;
}

/** Characters a terminal gives a text: East Asian wide ones take two, combining marks none. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const character of text) {
    if (/\p{Mark}/u.test(character)) continue;
    width +=
      /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}]/u.test(
        character,
      )
        ? 2
        : 1;
  }
  return width;
}

/** Lines of an aligned table at most `width` wide: a head, a rule, the rows. */
export function textTable(
  columns: readonly TextColumn[],
  rows: readonly string[][],
  width: number,
): string[] {
  const clean = rows.map((row) => row.map(printable));
  const widths = columns.map(({ head }, index) =>
    Math.max(displayWidth(head), ...clean.map((row) => displayWidth(row[index] ?? ''))),
  );
  const gaps = 2 * (columns.length - 1);
  for (;;) {
    const excess = widths.reduce((sum, each) => sum + each, gaps) - width;
    const widest = columns
      .map((column, index) => ({ index, size: column.flexible === true ? (widths[index] ?? 0) : 0 }))
      .reduce((best, each) => (each.size > best.size ? each : best), { index: 0, size: 0 });
    if (excess <= 0 || widest.size <= 8) break;
    widths[widest.index] = widest.size - 1;
  }
  const line = (cells: readonly string[]): string =>
    columns
      .map(({ align }, index) => cell(cells[index] ?? '', widths[index] ?? 0, align))
      .join('  ')
      .trimEnd();
  return [
    line(columns.map(({ head }) => head)),
    widths.map((each) => '─'.repeat(each)).join('  '),
    ...clean.map(line),
  ];
}

function cell(text: string, width: number, align: TextColumn['align']): string {
  const cut = cutTo(text, width);
  const space = ' '.repeat(Math.max(0, width - displayWidth(cut)));
  return align === 'right' ? space + cut : cut + space;
}

/** As much of a text as a terminal has room for, with a mark where it was cut. */
export function cutTo(text: string, width: number): string {
  if (displayWidth(text) <= width) return text;
  let cut = '';
  for (const character of text) {
    if (displayWidth(cut + character) > width - 1) break;
    cut += character;
  }
  return `${cut}…`;
}

/** Control characters could move the cursor or worse. */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}]/gu, '·');
}
