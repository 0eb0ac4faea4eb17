import type { compileGuard } from './likelihood-program.ts';

/** Rows kept back from training to notice when rows begin to be learned by heart: a tenth, at most 5,000. */
export function guardRows(rows: number): number {
  return Math.min(5000, Math.max(2, Math.round(rows / 10)));
}

/**
 * Mean loss of the program's model on the rows listed in `kept`, in nats a row. `rows` holds classes row by row,
 * `width` a row.
 */
export async function guardLoss(
  program: Awaited<ReturnType<typeof compileGuard>>,
  rows: Uint16Array,
  width: number,
  kept: Uint32Array,
): Promise<number> {
  const batch = Math.min(1000, kept.length);
  const codes = new Int32Array(batch * width);
  let sum = 0;
  for (let from = 0; from < kept.length; from += batch) {
    const count = Math.min(batch, kept.length - from);
    for (let row = 0; row < count; row++) {
      const start = kept[from + row]! * width;
      for (let column = 0; column < width; column++) codes[row * width + column] = rows[start + column]!;
    }
    const { loss } = await program.run({ codes });
    for (let row = 0; row < count; row++) sum += loss[row]!;
  }
  return sum / kept.length;
}
