import { binary, cast, reshape, scale, select, unary } from '../algebra.ts';
import { float, int, madeBy, sizeOf, splatValue, type Graph, type Value } from '../graph.ts';
import { need, numberOf, type Lowering, type Lowerings } from './kernel.ts';

function plain(op: string): Lowering {
  return (graph, inputs) => unary(graph, op, need(inputs, 'x'));
}

function composed(make: (graph: Graph, x: Value) => Value): Lowering {
  return (graph, inputs) => make(graph, need(inputs, 'x'));
}

function number(graph: Graph, value: number): Value {
  return graph.scalar('float32', value);
}

/** An elementwise operator with attributes. */
function withAttribute(graph: Graph, op: string, x: Value, name: string, value: number): Value {
  return graph.one(op, [x], x.type, x.shape, { [name]: float(value) });
}

/**
 * The logarithm. The runtime's own operator rounds differently at the ends of each thread's share, so that the bits
 * would depend on the number of threads; the logarithm of a sum of one element does not.
 */
function log(graph: Graph, x: Value): Value {
  const size = sizeOf(x.shape);
  if (size <= unsharedLog || splatValue(x) !== undefined || madeBy(x, 'Expand'))
    return unary(graph, 'Log', x);
  const wide = reshape(graph, x, [size, 1]);
  const result = graph.one('ReduceLogSum', [wide, graph.indices([1])], x.type, [size], { keepdims: int(0) });
  return reshape(graph, result, x.shape);
}

/** Logarithms of so few elements are never shared between threads. */
const unsharedLog = 1024;

/** exp(x) − 1 without cancellation near zero: tanh(x/2)·(exp(x) + 1). */
function expm1(graph: Graph, x: Value): Value {
  const half = unary(graph, 'Tanh', scale(graph, x, 0.5));
  const result = binary(graph, 'Mul', half, binary(graph, 'Add', unary(graph, 'Exp', x), number(graph, 1)));
  // The product overflows no earlier than exp(x) itself, but −1·(0 + 1) is exact for large negative x.
  return result;
}

/** log(1 + x) without cancellation near zero (Goldberg 1991, theorem 4): x·log(u)/(u − 1) with u = 1 + x. */
function log1p(graph: Graph, x: Value): Value {
  const u = binary(graph, 'Add', x, number(graph, 1));
  const step = binary(graph, 'Sub', u, number(graph, 1));
  const exact = binary(graph, 'Equal', step, number(graph, 0), 'bool');
  const divisor = select(graph, exact, number(graph, 1), step);
  const ratio = binary(graph, 'Div', log(graph, u), divisor);
  const infinite = binary(graph, 'Equal', x, number(graph, Infinity), 'bool');
  return select(graph, exact, x, select(graph, infinite, x, binary(graph, 'Mul', x, ratio)));
}

/** log(1 + eˣ) as max(x, 0) − log σ(|x|): the runtime's own operator takes ten times as long. */
function softplus(graph: Graph, x: Value): Value {
  const rest = log(graph, unary(graph, 'Sigmoid', unary(graph, 'Abs', x)));
  return binary(graph, 'Sub', unary(graph, 'Relu', x), rest);
}

/**
 * 1 where x is positive, 0 elsewhere: min(1, max(0, 3·10³⁸·x)) is that for every number that is not denormal, in one
 * pass instead of a comparison and a slow conversion.
 */
function stepOf(graph: Graph, x: Value): Value {
  const attributes = { alpha: float(3e38), beta: float(0) };
  const splat = splatValue(x);
  if (splat !== undefined) return graph.splat('float32', x.shape, Number(splat > 0));
  return graph.one('HardSigmoid', [x], 'float32', x.shape, attributes);
}

export const unaries: Lowerings = {
  Abs: plain('Abs'),
  Ceil: plain('Ceil'),
  Cos: plain('Cos'),
  Erf: plain('Erf'),
  Exp: plain('Exp'),
  Floor: plain('Floor'),
  Log: composed(log),
  LogicalNot: plain('Not'),
  Neg: plain('Neg'),
  Reciprocal: plain('Reciprocal'),
  Relu: plain('Relu'),
  Round: plain('Round'),
  Sigmoid: plain('Sigmoid'),
  Sign: plain('Sign'),
  Sin: plain('Sin'),
  Softplus: composed(softplus),
  Sqrt: plain('Sqrt'),
  Tan: plain('Tan'),
  Tanh: plain('Tanh'),
  Expm1: composed(expm1),
  Log1p: composed(log1p),
  Rsqrt: composed((graph, x) => unary(graph, 'Reciprocal', unary(graph, 'Sqrt', x))),
  Square: composed((graph, x) => binary(graph, 'Mul', x, x)),
  IsNan: composed((graph, x) => unary(graph, 'IsNaN', x, 'bool')),
  IsInf: composed((graph, x) => unary(graph, 'IsInf', x, 'bool')),
  IsFinite: composed((graph, x) => {
    const bad = binary(
      graph,
      'Or',
      unary(graph, 'IsNaN', x, 'bool'),
      unary(graph, 'IsInf', x, 'bool'),
      'bool',
    );
    return unary(graph, 'Not', bad);
  }),
  Relu6: composed((graph, x) =>
    graph.one('Clip', [x, number(graph, 0), number(graph, 6)], 'float32', x.shape),
  ),
  Selu: plain('Selu'),
  Elu: plain('Elu'),
  // dy · (y ≥ 0 ? 1 : y + 1): the gradient from the output, as TensorFlow.js asks for it.
  EluGrad: (graph, inputs) => {
    const y = need(inputs, 'y');
    const positive = binary(graph, 'GreaterOrEqual', y, number(graph, 0), 'bool');
    const slope = select(graph, positive, number(graph, 1), binary(graph, 'Add', y, number(graph, 1)));
    return binary(graph, 'Mul', need(inputs, 'dy'), slope);
  },
  LeakyRelu: (graph, inputs, attributes) =>
    withAttribute(graph, 'LeakyRelu', need(inputs, 'x'), 'alpha', numberOf(attributes, 'alpha')),
  Prelu: (graph, inputs) => {
    const x = need(inputs, 'x');
    const negative = binary(graph, 'Less', x, number(graph, 0), 'bool');
    return select(graph, negative, binary(graph, 'Mul', x, need(inputs, 'alpha')), x);
  },
  Step: (graph, inputs, attributes) => {
    const x = need(inputs, 'x');
    const alpha = numberOf(attributes, 'alpha', 0);
    if (x.type !== 'float32') {
      const positive = binary(graph, 'Greater', x, graph.scalar(x.type, 0), 'bool');
      return cast(graph, select(graph, positive, number(graph, 1), number(graph, alpha)), x.type);
    }
    const positive = stepOf(graph, x);
    if (alpha === 0) return positive;
    if (alpha > 0 && alpha < 1) return binary(graph, 'Max', positive, number(graph, alpha));
    const slope = scale(graph, positive, 1 - alpha);
    return binary(graph, 'Add', slope, number(graph, alpha));
  },
  ClipByValue: (graph, inputs, attributes) => {
    const x = need(inputs, 'x');
    const low = graph.scalar(x.type, numberOf(attributes, 'clipValueMin'));
    const high = graph.scalar(x.type, numberOf(attributes, 'clipValueMax'));
    return graph.one('Clip', [x, low, high], x.type, x.shape);
  },
};
