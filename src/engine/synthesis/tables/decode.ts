import type { Random } from '../../compute/random.ts';
import type { CategoryColumn, Column, NumberColumn, Table } from '../../tables/table.ts';
import type { CategoryEncoding, ColumnEncoding, NumberEncoding, TableEncoding } from './encoding.ts';

/** Turns rows of classes back into a table. Built once, used for any number of chunks. */
export interface Decoder {
  /**
   * Decodes `rows` rows; `codes` holds them row by row, one class per column of the encoding. Numbers inside a
   * bin come from its smoothed density, rare categories from their bucket by frequency: both from `random`.
   */
  decode(codes: Int32Array, rows: number, random: Random): Table;
}

export function createDecoder(encoding: TableEncoding): Decoder {
  const width = encoding.columns.length;
  const decoders = encoding.columns.map(columnDecoder);
  return {
    decode: (codes, rows, random) => {
      const uniforms = new Float32Array(rows);
      const columns = decoders.map((decode, index) => {
        const own = new Uint16Array(rows);
        for (let row = 0; row < rows; row++) own[row] = codes[row * width + index]!;
        random.fillUniform(uniforms);
        return decode(own, uniforms);
      });
      return { rows, columns };
    },
  };
}

type ColumnDecoder = (codes: Uint16Array, uniforms: Float32Array) => Column;

function columnDecoder(encoding: ColumnEncoding): ColumnDecoder {
  return encoding.type === 'number' ? numberDecoder(encoding) : categoryDecoder(encoding);
}

function numberDecoder(encoding: NumberEncoding): ColumnDecoder {
  const { name } = encoding;
  const heavy = Float64Array.from(encoding.heavy);
  const taken = new Set(encoding.heavy);
  const grids = encoding.bins.map((grid) => Float64Array.from(grid));
  const round = rounding(encoding);
  return (codes, uniforms): NumberColumn => {
    const values = new Float64Array(codes.length);
    for (let row = 0; row < codes.length; row++) {
      const code = codes[row]!;
      if (code < heavy.length) {
        values[row] = heavy[code]!;
        continue;
      }
      const grid = grids[code - heavy.length];
      values[row] = grid ? drawBetween(grid, uniforms[row]!, round, taken) : NaN;
    }
    return { type: 'number', name, values };
  };
}

/** Golden-ratio steps visit the unit interval evenly: a fresh place in the bin without a fresh draw. */
export const golden = 0.6180339887498949;

/**
 * A value of the bin's density, rounded. A value that is a class of its own belongs to that class, so a draw
 * that rounds to one is repeated elsewhere in the bin, up to eight times.
 */
function drawBetween(
  grid: Float64Array,
  uniform: number,
  round: (value: number) => number,
  taken: ReadonlySet<number>,
): number {
  let place = uniform;
  let value = round(interpolate(grid, place));
  for (let attempt = 0; attempt < 8 && taken.has(value); attempt++) {
    place = (place + golden) % 1;
    value = round(interpolate(grid, place));
  }
  return value;
}

/** The value at `place`, 0 to 1, of a bin’s quantile function. */
export function interpolate(grid: Float64Array, place: number): number {
  const position = place * (grid.length - 1);
  const segment = Math.min(grid.length - 2, Math.floor(position));
  const low = grid[segment]!;
  return low + (grid[segment + 1]! - low) * (position - segment);
}

/** Puts a value on the lattice of its column. Never decreasing. */
export function rounding({ decimals, step, offset }: NumberEncoding): (value: number) => number {
  if (decimals === null) return (value) => value;
  const unit = 10 ** decimals;
  return (value) => {
    const rounded = (offset + step * Math.round((value * unit - offset) / step)) / unit;
    return rounded === 0 ? 0 : rounded;
  };
}

function categoryDecoder(encoding: CategoryEncoding): ColumnDecoder {
  const { name, own, buckets, nulls } = encoding;
  const categories = [...own, ...buckets.flatMap(({ names }) => names)];
  const nullClass = nulls ? own.length + buckets.length : -1;
  let next = own.length;
  const draws = buckets.map(({ names, counts }) => {
    const first = next;
    next += names.length;
    return { first, cumulative: accumulate(counts) };
  });
  return (codes, uniforms): CategoryColumn => {
    const result = new Int32Array(codes.length);
    for (let row = 0; row < codes.length; row++) {
      const code = codes[row]!;
      if (code < own.length) result[row] = code;
      else if (code === nullClass) result[row] = -1;
      else {
        const draw = draws[code - own.length];
        result[row] = draw ? draw.first + pick(draw.cumulative, uniforms[row]!) : -1;
      }
    }
    return { type: 'category', name, codes: result, categories };
  };
}

export function accumulate(counts: readonly number[]): Float64Array {
  let sum = 0;
  return Float64Array.from(counts, (count) => (sum += count));
}

/** Inverse of a cumulative distribution at `uniform`. */
export function pick(cumulative: Float64Array, uniform: number): number {
  const target = uniform * cumulative[cumulative.length - 1]!;
  let low = 0;
  let high = cumulative.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (cumulative[middle]! > target) high = middle;
    else low = middle + 1;
  }
  return low;
}
