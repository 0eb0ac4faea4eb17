import { AppError } from '../../../shared/errors.ts';
import { programLine } from '../program-line.ts';
import { binary, broadcastShape, cast, expand, select } from '../algebra.ts';
import { int, type ElementType, type Graph, type Value } from '../graph.ts';
import { listOf, need, type Lowering, type Lowerings } from './kernel.ts';

/** Two numbers to a number of the same type. */
function plain(op: string): Lowering {
  return (graph, inputs) => {
    const a = need(inputs, 'a');
    if (a.type === 'bool')
      throw AppError.of('compute/unsupported', 'compile_truth_values', { place: programLine() });
    return binary(graph, op, a, need(inputs, 'b'));
  };
}

/** Two numbers to a truth value. */
function comparison(op: string): Lowering {
  return (graph, inputs) => {
    const [a, b] = ordered(graph, need(inputs, 'a'), need(inputs, 'b'), op);
    return binary(graph, op, a, b, 'bool');
  };
}

/** ONNX orders numbers, not truth values. */
function ordered(graph: Graph, a: Value, b: Value, op: string): [Value, Value] {
  return a.type === 'bool' && op !== 'Equal' ? [cast(graph, a, 'int32'), cast(graph, b, 'int32')] : [a, b];
}

function logical(op: string): Lowering {
  return (graph, inputs) => binary(graph, op, need(inputs, 'a'), need(inputs, 'b'), 'bool');
}

/** The quotient rounded down; ONNX divides whole numbers towards zero. */
function floorDivide(graph: Graph, a: Value, b: Value): Value {
  const type: ElementType = a.type;
  if (type === 'float32') {
    return floor(graph, binary(graph, 'Div', a, b));
  }
  const quotient = binary(graph, 'Div', cast(graph, a, 'float64'), cast(graph, b, 'float64'));
  return cast(graph, floor(graph, quotient), type);
}

function floor(graph: Graph, value: Value): Value {
  return graph.one('Floor', [value], value.type, value.shape);
}

/** The remainder with the sign of the divisor. ONNX offers that for whole numbers only. */
function modulo(graph: Graph, a: Value, b: Value): Value {
  const remainder = (x: Value, y: Value): Value => {
    const shape = broadcastShape(x.shape, y.shape);
    return graph.one('Mod', [x, y], x.type, shape, { fmod: int(Number(x.type === 'float32')) });
  };
  const first = remainder(a, b);
  if (a.type !== 'float32') return first;
  const zero = graph.scalar('float32', 0);
  const sameSign = binary(
    graph,
    'Equal',
    binary(graph, 'Less', a, zero, 'bool'),
    binary(graph, 'Less', b, zero, 'bool'),
    'bool',
  );
  return select(
    graph,
    sameSign,
    first,
    remainder(binary(graph, 'Add', first, expand(graph, b, first.shape)), b),
  );
}

export const arithmetic: Lowerings = {
  Add: plain('Add'),
  Sub: plain('Sub'),
  Multiply: plain('Mul'),
  RealDiv: plain('Div'),
  Pow: plain('Pow'),
  Maximum: plain('Max'),
  Minimum: plain('Min'),
  FloorDiv: (graph, inputs) => floorDivide(graph, need(inputs, 'a'), need(inputs, 'b')),
  Mod: (graph, inputs) => modulo(graph, need(inputs, 'a'), need(inputs, 'b')),
  SquaredDifference: (graph, inputs) => {
    const difference = binary(graph, 'Sub', need(inputs, 'a'), need(inputs, 'b'));
    return binary(graph, 'Mul', difference, difference);
  },
  AddN: (graph, inputs) => listOf(inputs).reduce((sum, value) => binary(graph, 'Add', sum, value)),
  Equal: comparison('Equal'),
  Greater: comparison('Greater'),
  GreaterEqual: comparison('GreaterOrEqual'),
  Less: comparison('Less'),
  LessEqual: comparison('LessOrEqual'),
  NotEqual: (graph, inputs) => {
    const equal = binary(graph, 'Equal', need(inputs, 'a'), need(inputs, 'b'), 'bool');
    return graph.one('Not', [equal], 'bool', equal.shape);
  },
  LogicalAnd: logical('And'),
  LogicalOr: logical('Or'),
  Select: (graph, inputs) => {
    const condition = need(inputs, 'condition');
    const a = need(inputs, 't');
    // A condition of rank one chooses rows.
    const rank = condition.shape.length === 1 ? a.shape.length : condition.shape.length;
    const shape = [...condition.shape, ...Array<number>(rank - condition.shape.length).fill(1)];
    return select(graph, expandTo(graph, condition, shape), a, need(inputs, 'e'));
  },
};

function expandTo(graph: Graph, value: Value, shape: readonly number[]): Value {
  return expand(graph, value, shape);
}
