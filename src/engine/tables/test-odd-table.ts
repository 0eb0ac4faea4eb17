/** Names that are no names to most programs. */
export const oddColumns = [
  '😀 mood',
  'a "quoted" name',
  'line\nbreak',
  "x'); DROP TABLE c0;--",
  '<img src=x onerror=alert(1)>',
];

/** A table of 80 rows under those names, with values like them, as CSV. */
export function oddTable(): string {
  const quote = (text: string): string => `"${text.replaceAll('"', '""')}"`;
  const rows = Array.from({ length: 80 }, (_, row) =>
    oddColumns.map((_name, column) =>
      column === 0 ? (['😀', '<b>', 'a"b'][row % 3] ?? '') : String((row * 3) % 40),
    ),
  );
  return [oddColumns, ...rows].map((cells) => cells.map(quote).join(',')).join('\n');
}
