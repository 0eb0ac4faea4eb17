/**
 * Adds nodes to a graph and simplifies as it goes: constants fold, neutral elements vanish, broadcasts are
 * carried along unevaluated until something needs them in full. Gradients are full of such waste.
 */
import {
  ints,
  int,
  madeBy,
  sameShape,
  sizeOf,
  splatValue,
  type ElementType,
  type Graph,
  type Shape,
  type Value,
} from './graph.ts';

/** The shape two shapes broadcast to, by the rules of NumPy. */
export function broadcastShape(a: Shape, b: Shape): number[] {
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, axis) => {
    const left = a[axis - rank + a.length] ?? 1;
    const right = b[axis - rank + b.length] ?? 1;
    if (left !== right && left !== 1 && right !== 1) {
      throw new Error(`Shapes [${a.join()}] and [${b.join()}] do not broadcast.`);
    }
    return left === 1 ? right : left;
  });
}

export function reshape(graph: Graph, value: Value, shape: Shape): Value {
  if (sameShape(value.shape, shape)) return value;
  const splat = splatValue(value);
  if (splat !== undefined) return graph.splat(value.type, shape, splat);
  if (value.origin.kind === 'constant') return graph.constant(value.type, shape, value.origin.data);
  const earlier = madeBy(value, 'Reshape')?.inputs[0];
  if (earlier) return reshape(graph, earlier, shape);
  const narrow = madeBy(value, 'Expand')?.inputs[0];
  if (narrow) {
    // Adding or removing axes of length one commutes with broadcasting.
    const moved = reshapeBroadcast(narrow.shape, value.shape, shape);
    if (moved) return expand(graph, reshape(graph, narrow, moved), shape);
  }
  return graph.one('Reshape', [value, graph.indices(shape)], value.type, shape);
}

/** The shape that `narrow`, broadcast to `wide`, must take so that it broadcasts to `target` instead. */
function reshapeBroadcast(narrow: Shape, wide: Shape, target: Shape): number[] | undefined {
  const padded = [...Array<number>(wide.length - narrow.length).fill(1), ...narrow];
  const kept = padded.filter((_, axis) => wide[axis] !== 1);
  const wideKept = wide.filter((dimension) => dimension !== 1);
  if (
    !sameShape(
      wideKept,
      target.filter((dimension) => dimension !== 1),
    )
  )
    return undefined;
  let next = 0;
  return target.map((dimension) => (dimension === 1 ? 1 : (kept[next++] ?? 1)));
}

/** Broadcasts to `shape`. */
export function expand(graph: Graph, value: Value, shape: Shape): Value {
  if (sameShape(value.shape, shape)) return value;
  const splat = splatValue(value);
  if (splat !== undefined) return graph.splat(value.type, shape, splat);
  const narrow = madeBy(value, 'Expand')?.inputs[0];
  if (narrow) return expand(graph, narrow, shape);
  if (sizeOf(value.shape) === sizeOf(shape)) return reshape(graph, value, shape);
  return graph.one('Expand', [value, graph.indices(shape)], value.type, shape);
}

/** The smallest value that broadcasts to the given one. */
export function narrowed(graph: Graph, value: Value): Value {
  const splat = splatValue(value);
  if (splat !== undefined) return graph.scalar(value.type, splat);
  return madeBy(value, 'Expand')?.inputs[0] ?? value;
}

export function transpose(graph: Graph, value: Value, permutation: readonly number[]): Value {
  const shape = permutation.map((axis) => value.shape[axis] ?? 1);
  const splat = splatValue(value);
  if (splat !== undefined) return graph.splat(value.type, shape, splat);
  const moved = permutation.filter((axis) => value.shape[axis] !== 1);
  if (moved.every((axis, index) => index === 0 || axis > (moved[index - 1] ?? 0))) {
    return reshape(graph, value, shape);
  }
  const earlier = madeBy(value, 'Transpose');
  const source = earlier?.inputs[0];
  const first = earlier?.attributes.perm;
  if (source && first?.kind === 'ints') {
    return transpose(
      graph,
      source,
      permutation.map((axis) => first.value[axis] ?? 0),
    );
  }
  return graph.one('Transpose', [value], value.type, shape, { perm: ints(permutation) });
}

const castCodes: Record<ElementType, number> = { float32: 1, int32: 6, int64: 7, bool: 9, float64: 11 };

export function cast(graph: Graph, value: Value, type: ElementType): Value {
  if (value.type === type) return value;
  const { origin, shape } = value;
  const convert = (number: number): number =>
    type === 'bool'
      ? Number(number !== 0)
      : type === 'int32' || type === 'int64'
        ? Math.trunc(number)
        : number;
  if (origin.kind === 'splat') return graph.splat(type, shape, convert(origin.value));
  if (origin.kind === 'constant') return graph.constant(type, shape, origin.data.map(convert));
  const narrow = madeBy(value, 'Expand')?.inputs[0];
  if (narrow) return expand(graph, cast(graph, narrow, type), shape);
  return graph.one('Cast', [value], type, shape, { to: int(castCodes[type]) });
}

const foldUnary: Readonly<Record<string, (x: number) => number>> = {
  Abs: Math.abs,
  Ceil: Math.ceil,
  Cos: Math.cos,
  Exp: Math.exp,
  Floor: Math.floor,
  Log: Math.log,
  Neg: (x) => -x,
  Not: (x) => Number(x === 0),
  Reciprocal: (x) => 1 / x,
  Relu: (x) => Math.max(x, 0),
  Sign: Math.sign,
  Sin: Math.sin,
  Sqrt: Math.sqrt,
  Tanh: Math.tanh,
};

/** An elementwise operator of one argument. */
export function unary(graph: Graph, op: string, value: Value, type: ElementType = value.type): Value {
  const splat = splatValue(value);
  const fold = foldUnary[op];
  if (splat !== undefined && fold) return graph.splat(type, value.shape, fold(splat));
  if (op === 'Neg') {
    const inner = madeBy(value, 'Neg')?.inputs[0];
    if (inner) return inner;
    const difference = madeBy(value, 'Sub');
    const [left, right] = difference?.inputs ?? [];
    if (left && right) return binary(graph, 'Sub', right, left);
    const product = madeBy(value, 'Mul');
    const [factor, constant] = product?.inputs ?? [];
    const number = constant ? splatValue(constant) : undefined;
    if (factor && number !== undefined) return scale(graph, factor, -number);
  }
  const narrow = narrowed(graph, value);
  if (narrow !== value) return expand(graph, graph.one(op, [narrow], type, narrow.shape), value.shape);
  return graph.one(op, [value], type, value.shape);
}

const foldBinary: Readonly<Record<string, (a: number, b: number) => number>> = {
  Add: (a, b) => a + b,
  Div: (a, b) => a / b,
  Equal: (a, b) => Number(a === b),
  Greater: (a, b) => Number(a > b),
  GreaterOrEqual: (a, b) => Number(a >= b),
  Less: (a, b) => Number(a < b),
  LessOrEqual: (a, b) => Number(a <= b),
  Max: Math.max,
  Min: Math.min,
  Mul: (a, b) => a * b,
  Pow: (a, b) => a ** b,
  Sub: (a, b) => a - b,
};

/** An elementwise operator of two arguments, with broadcasting. */
export function binary(graph: Graph, op: string, a: Value, b: Value, type: ElementType = a.type): Value {
  const shape = broadcastShape(a.shape, b.shape);
  const left = narrowed(graph, a);
  const right = narrowed(graph, b);
  return expand(graph, binaryNarrow(graph, op, left, right, type), shape);
}

function binaryNarrow(graph: Graph, op: string, a: Value, b: Value, type: ElementType): Value {
  const x = splatValue(a);
  const y = splatValue(b);
  const fold = foldBinary[op];
  // A whole-number division by zero stays for the runtime to report.
  if (x !== undefined && y !== undefined && fold && (type !== 'int32' || op !== 'Div')) {
    return graph.scalar(type, fold(x, y));
  }
  if (type === 'float32') {
    const simpler = simplified(graph, op, a, b, x, y);
    if (simpler) return simpler;
  }
  return graph.one(op, [a, b], type, broadcastShape(a.shape, b.shape));
}

function simplified(
  graph: Graph,
  op: string,
  a: Value,
  b: Value,
  x: number | undefined,
  y: number | undefined,
): Value | undefined {
  switch (op) {
    case 'Add': {
      if (x === 0) return b;
      if (y === 0) return a;
      if (x !== undefined) return binary(graph, 'Add', b, a);
      const right = madeBy(b, 'Neg')?.inputs[0];
      if (right) return binary(graph, 'Sub', a, right);
      const left = madeBy(a, 'Neg')?.inputs[0];
      if (left) return binary(graph, 'Sub', b, left);
      return undefined;
    }
    case 'Sub': {
      if (y === 0) return a;
      if (x === 0) return unary(graph, 'Neg', b);
      if (y !== undefined) return binary(graph, 'Add', a, graph.scalar('float32', -y));
      const right = madeBy(b, 'Neg')?.inputs[0];
      return right ? binary(graph, 'Add', a, right) : undefined;
    }
    case 'Mul': {
      if (x !== undefined) return scale(graph, b, x);
      if (y !== undefined) return scale(graph, a, y);
      // A square reads its argument once and a sign cancels or moves out to where it may cancel.
      const left = madeBy(a, 'Neg')?.inputs[0];
      const right = madeBy(b, 'Neg')?.inputs[0];
      if (left && right) return binary(graph, 'Mul', left, right);
      if (left) return unary(graph, 'Neg', binary(graph, 'Mul', left, b));
      if (right) return unary(graph, 'Neg', binary(graph, 'Mul', a, right));
      return undefined;
    }
    case 'Div':
      if (y === undefined) return undefined;
      // Exact only for powers of two; elsewhere the last bit may differ from a true division.
      return Number.isInteger(Math.log2(Math.abs(y))) ? scale(graph, a, 1 / y) : undefined;
    case 'Pow':
      if (y === 1) return a;
      if (y === 2) return binary(graph, 'Mul', a, a);
      if (y === 0.5) return unary(graph, 'Sqrt', a);
      if (y === -1) return unary(graph, 'Reciprocal', a);
      return undefined;
    default:
      return undefined;
  }
}

/** The product with a number; scales of scales are one scale. */
export function scale(graph: Graph, value: Value, factor: number): Value {
  if (factor === 1) return value;
  // Gradients are full of what a mask's derivative adds, which is nothing, and nothing has to be made from it.
  if (factor === 0) return graph.splat('float32', value.shape, 0);
  const splat = splatValue(value);
  if (splat !== undefined) return graph.splat('float32', value.shape, splat * factor);
  if (factor === -1) return unary(graph, 'Neg', value);
  const negated = madeBy(value, 'Neg')?.inputs[0];
  if (negated) return scale(graph, negated, -factor);
  const [inner, constant] = madeBy(value, 'Mul')?.inputs ?? [];
  const earlier = constant ? splatValue(constant) : undefined;
  if (inner && earlier !== undefined) {
    const product = earlier * factor;
    // Two factors that cancel must not overflow or vanish when multiplied in single precision.
    if (Math.abs(product) < 1e30 && Math.abs(product) > 1e-30) return scale(graph, inner, product);
  }
  return expand(
    graph,
    graph.one(
      'Mul',
      [narrowed(graph, value), graph.scalar('float32', factor)],
      'float32',
      narrowed(graph, value).shape,
    ),
    value.shape,
  );
}

/** `condition ? a : b`, with broadcasting. */
export function select(graph: Graph, condition: Value, a: Value, b: Value): Value {
  const shape = broadcastShape(broadcastShape(condition.shape, a.shape), b.shape);
  const [test, left, right] = [narrowed(graph, condition), narrowed(graph, a), narrowed(graph, b)];
  const known = splatValue(test);
  if (known !== undefined) return expand(graph, known ? left : right, shape);
  const narrow = broadcastShape(broadcastShape(test.shape, left.shape), right.shape);
  return expand(graph, graph.one('Where', [test, left, right], a.type, narrow), shape);
}
