/** Grey pictures as scanners and screens make them, and text burned into them. */
import type { Random } from '../personal/random.ts';
import type { Box } from './checks.ts';
import { letters } from './letters.ts';

export interface Picture {
  readonly rows: number;
  readonly columns: number;
  /** A value a pixel. */
  readonly values: Uint16Array;
}

/** Something round with structure and noise in it, before black. */
export function tissue(rows: number, columns: number, most: number, random: Random): Picture {
  const values = new Uint16Array(rows * columns);
  const [fx, fy, phase] = [3 + random.next() * 6, 3 + random.next() * 6, random.next() * 6];
  for (let y = 0; y < rows; y++) {
    for (let x = 0; x < columns; x++) {
      const [u, v] = [(2 * x) / columns - 1, (2 * y) / rows - 1];
      if (u * u + v * v > 0.62) continue;
      const shade = 0.42 + 0.2 * Math.sin(fx * u + phase) * Math.cos(fy * v) + 0.05 * (random.next() - 0.5);
      values[y * columns + x] = Math.round(most * Math.max(0, Math.min(1, shade)));
    }
  }
  return { rows, columns, values };
}

/** The fan that an ultrasound probe shows, below the lines of text. */
export function fan(rows: number, columns: number, most: number, random: Random): Picture {
  const values = new Uint16Array(rows * columns);
  for (let y = Math.round(rows * 0.22); y < rows * 0.9; y++) {
    for (let x = 0; x < columns; x++) {
      const depth = (y - rows * 0.15) / (rows * 0.75);
      if (Math.abs(x - columns / 2) > depth * columns * 0.38) continue;
      values[y * columns + x] = Math.round(most * (0.15 + 0.6 * random.next() * (1 - depth / 2)));
    }
  }
  // Speckle is some pixels wide, since beams are.
  return { rows, columns, values: blurred(blurred(values, columns), columns) };
}

function blurred(values: Uint16Array, columns: number): Uint16Array {
  return values.map((_, at) => {
    let sum = 0;
    for (const dy of [-columns, 0, columns]) for (const dx of [-1, 0, 1]) sum += values[at + dy + dx] ?? 0;
    return Math.round(sum / 9);
  });
}

/** Where the fan is and no text. */
export function fanBox(rows: number, columns: number): Box {
  const y = Math.round(rows * 0.4);
  return {
    x: Math.round(columns * 0.4),
    y,
    width: Math.round(columns * 0.2),
    height: Math.round(rows * 0.4),
  };
}

/** Text as capitals of ASCII, since that is what devices burn in. */
export function asBurnedIn(text: string): string {
  return text
    .normalize('NFD')
    .toUpperCase()
    .replaceAll('^', ' ')
    .replaceAll(/[^A-Z0-9/.: -]/g, '');
}

/**
 * Writes a line into the picture.
 *
 * @returns places of the pixels of its letters.
 */
export function burnIn(
  { rows, columns, values }: Picture,
  text: string,
  at: { readonly x: number; readonly y: number; readonly scale: number; readonly ink: number },
): number[] {
  const places: number[] = [];
  [...text].forEach((letter, i) => {
    letters[letter]?.forEach((column, dx) => {
      for (let dy = 0; dy < 7; dy++) {
        if ((column >> dy) % 2 === 0) continue;
        for (let s = 0; s < at.scale * at.scale; s++) {
          const x = at.x + (6 * i + dx) * at.scale + (s % at.scale);
          const y = at.y + dy * at.scale + Math.floor(s / at.scale);
          if (x >= columns || y >= rows) continue;
          values[y * columns + x] = at.ink;
          places.push(y * columns + x);
        }
      }
    });
  });
  return places;
}
