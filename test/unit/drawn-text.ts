/** Pictures with text of a small bitmap font, for tests. */
import type { Region } from '../../src/engine/dicom/pixels/blank.ts';
import type { Picture } from '../../src/engine/dicom/pixels/render.ts';

/** Letters of 5 × 7 pixels, a row each. */
const font: Readonly<Record<string, readonly string[]>> = {
  S: ['.####', '#....', '#....', '.###.', '....#', '....#', '####.'],
  M: ['#...#', '##.##', '#.#.#', '#...#', '#...#', '#...#', '#...#'],
  I: ['#####', '..#..', '..#..', '..#..', '..#..', '..#..', '#####'],
  T: ['#####', '..#..', '..#..', '..#..', '..#..', '..#..', '..#..'],
  H: ['#...#', '#...#', '#...#', '#####', '#...#', '#...#', '#...#'],
  E: ['#####', '#....', '#....', '####.', '#....', '#....', '#####'],
  N: ['#...#', '##..#', '#.#.#', '#..##', '#...#', '#...#', '#...#'],
  '1': ['..#..', '.##..', '..#..', '..#..', '..#..', '..#..', '.###.'],
  '9': ['.###.', '#...#', '#...#', '.####', '....#', '....#', '.###.'],
  '5': ['#####', '#....', '####.', '....#', '....#', '#...#', '.###.'],
  '0': ['.###.', '#...#', '#...#', '#...#', '#...#', '#...#', '.###.'],
  ' ': [],
};

export type Colour = readonly [number, number, number];

/** A picture whose pixels are made by a function of their place. */
export function painted(columns: number, rows: number, colourAt: (x: number, y: number) => Colour): Picture {
  const rgba = new Uint8ClampedArray(rows * columns * 4).fill(255);
  for (let y = 0; y < rows; y++) {
    for (let x = 0; x < columns; x++) rgba.set(colourAt(x, y), 4 * (y * columns + x));
  }
  return { rows, columns, rgba };
}

/** Writes into the picture. @returns Where the text stands. */
export function write(
  picture: Picture,
  text: string,
  x: number,
  y: number,
  scale: number,
  ink: Colour,
): Region {
  [...text].forEach((letter, i) => {
    font[letter]?.forEach((row, dy) => {
      [...row].forEach((dot, dx) => {
        if (dot !== '#') return;
        for (let sy = 0; sy < scale; sy++) {
          for (let sx = 0; sx < scale; sx++) {
            const [px, py] = [x + (6 * i + dx) * scale + sx, y + dy * scale + sy];
            picture.rgba.set(ink, 4 * (py * picture.columns + px));
          }
        }
      });
    });
  });
  return { x, y, width: (6 * text.length - 1) * scale, height: 7 * scale };
}
