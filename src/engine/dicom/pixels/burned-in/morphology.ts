/** Grey-scale morphology over squares: what is narrower than the square is taken off by an opening or a closing. */

export interface Plane {
  readonly rows: number;
  readonly columns: number;
  readonly values: Uint8Array;
}

/** Of the square. Strokes are narrower. */
const side = 7;

/** What is brighter than its surroundings and narrower than 7 pixels. */
export function brightDetails(plane: Plane): Uint8Array {
  const opened = inverted(eroded(inverted(eroded(plane))));
  return plane.values.map((value, i) => value - (opened.values[i] ?? 0));
}

/** What is darker than its surroundings and narrower than 7 pixels. */
export function darkDetails(plane: Plane): Uint8Array {
  return brightDetails(inverted(plane));
}

function inverted({ rows, columns, values }: Plane): Plane {
  return { rows, columns, values: values.map((value) => 255 - value) };
}

/** The least value in the square around each pixel. */
function eroded({ rows, columns, values }: Plane): Plane {
  const out = values.slice();
  for (let row = 0; row < rows; row++) erodeLine(out, row * columns, 1, columns);
  for (let column = 0; column < columns; column++) erodeLine(out, column, columns, rows);
  return { rows, columns, values: out };
}

/** The least of 2, then of 4 values on, of which two make 7. Beyond the ends all is white. */
function erodeLine(values: Uint8Array, start: number, step: number, length: number): void {
  const reach = side >> 1;
  const line = new Uint8Array(length + 2 * reach).fill(255);
  for (let i = 0; i < length; i++) line[i + reach] = values[start + i * step] ?? 255;
  for (const on of [1, 2]) {
    for (let i = 0; i + on < line.length; i++) {
      const next = line[i + on] ?? 255;
      if (next < (line[i] ?? 255)) line[i] = next;
    }
  }
  for (let i = 0; i < length; i++)
    values[start + i * step] = Math.min(line[i] ?? 255, line[i + reach] ?? 255);
}

/** Half as wide and high; of four pixels the mean. */
export function halved({ rows, columns, values }: Plane): Plane {
  const [height, width] = [rows >> 1, columns >> 1];
  const out = new Uint8Array(height * width);
  for (let y = 0, to = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = 2 * y * columns + 2 * x;
      const sum = (values[at] ?? 0) + (values[at + 1] ?? 0);
      out[to++] = (sum + (values[at + columns] ?? 0) + (values[at + columns + 1] ?? 0)) >> 2;
    }
  }
  return { rows: height, columns: width, values: out };
}

/** Rows become columns. */
export function transposed({ rows, columns, values }: Plane): Plane {
  const out = new Uint8Array(values.length);
  for (let y = 0, from = 0; y < rows; y++) {
    for (let x = 0; x < columns; x++) out[x * rows + y] = values[from++] ?? 0;
  }
  return { rows: columns, columns: rows, values: out };
}
