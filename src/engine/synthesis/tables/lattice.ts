import { createRandom } from '../../compute/random.ts';
import type { ColumnSchema } from '../../tables/schema.ts';
import type { NumberEncoding } from './encoding.ts';

/** Steps a column may have that say nothing of one row: round ones, and those of a clock in milliseconds. */
const plainSteps = [
  86_400_000,
  3_600_000,
  1_800_000,
  900_000,
  60_000,
  ...Array.from({ length: 12 }, (_, power) => [5, 2, 1].map((digit) => digit * 10 ** (11 - power))).flat(),
];
/** Groups the values are dealt out to by lot, and how many must find the same lattice on their own. */
const groups = 5;
const agreeing = 3;

type Lattice = Pick<NumberEncoding, 'decimals' | 'step' | 'offset'>;

/**
 * The coarsest lattice the values of a column lie on: dates of whole days, amounts in steps of 10,000 and the like.
 *
 * The step goes into the model, so no single value may decide it. The values are dealt out to five groups by lot, and
 * a step counts where at least three groups find it independently of each other; where the groups are too small to
 * agree it is the largest round step that all values share.
 *
 * @param values those that have a part in the model, ascending; rare extremes have none
 */
export function findLattice(
  values: Float64Array,
  schema: Pick<ColumnSchema, 'kind' | 'decimals'> | undefined,
): Lattice {
  const decimals = schema?.kind === 'decimal' ? schema.decimals : 0;
  const plain = { decimals: null, step: 1, offset: 0 };
  if (decimals === undefined || decimals > 15) return plain;
  const unit = 10 ** decimals;
  const scaled: number[] = [];
  for (const value of values) {
    const whole = Math.round(value * unit);
    // Beyond the integers a double holds exactly, or with more digits than declared: leave values as drawn.
    if (!Number.isSafeInteger(whole) || whole / unit !== value) return plain;
    if (whole !== scaled.at(-1)) scaled.push(whole);
  }
  return { decimals, ...(agreed(scaled) ?? roundest(scaled)) };
}

/** The lattice that most groups of the distinct `values` find, each from its own values alone. */
function agreed(values: readonly number[]): Pick<Lattice, 'step' | 'offset'> | undefined {
  const random = createRandom(1);
  const found = Array.from({ length: groups }, () => ({ first: NaN, step: 0 }));
  for (const value of values) {
    const group = found[random.integer(groups)]!;
    if (Number.isNaN(group.first)) group.first = value;
    else if (group.step !== 1) group.step = greatestCommonDivisor(group.step, value - group.first);
  }
  const lattices = found
    .filter(({ step }) => step > 0)
    .map(({ first, step }) => ({ step, offset: modulo(first, step) }));
  return lattices.find(
    ({ step, offset }) =>
      lattices.filter((other) => other.step === step && other.offset === offset).length >= agreeing,
  );
}

/** The largest plain step of which all distinct `values` are multiples; 1 where there are only a few. */
function roundest(values: readonly number[]): Pick<Lattice, 'step' | 'offset'> {
  let common = 0;
  for (const value of values) common = greatestCommonDivisor(common, value);
  const step = values.length < groups ? 1 : (plainSteps.find((plain) => common % plain === 0) ?? 1);
  return { step, offset: 0 };
}

function modulo(value: number, step: number): number {
  return ((value % step) + step) % step;
}

function greatestCommonDivisor(a: number, b: number): number {
  let [left, right] = [Math.abs(a), Math.abs(b)];
  while (right !== 0) [left, right] = [right, left % right];
  return left;
}
