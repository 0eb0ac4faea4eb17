/** Makes a graph fit what devices can do, as ONNX Runtime 1.30 has it. */
import { binary, unary } from './algebra.ts';
import { reduce } from './contraction.ts';
import { nodesInOrder, type Graph, type GraphNode, type Value } from './graph.ts';

/**
 * A shader of WebGPU may bind eight buffers
 * (https://www.w3.org/TR/webgpu/#dom-supported-limits-maxstoragebuffersperpipelinestage): one for the input of a Split
 * and one for each output.
 */
const mostOutputs = 7;

/** The same results, made by nodes that a device has kernels for. */
export function forDevice(graph: Graph, results: ReadonlyMap<string, Value>): Map<string, Value> {
  const replaced = new Map<Value, Value>();
  const now = (value: Value): Value => replaced.get(value) ?? value;
  for (const node of nodesInOrder([...results.values()])) {
    const inputs = node.inputs.map((value) => value && now(value));
    const outputs = fitting(graph, node, inputs);
    node.outputs.forEach((output, index) => {
      const replacement = outputs[index];
      if (replacement && replacement !== output) replaced.set(output, replacement);
    });
  }
  return new Map([...results].map(([name, value]) => [name, now(value)]));
}

function fitting(graph: Graph, node: GraphNode, inputs: readonly (Value | null)[]): readonly Value[] {
  const [first] = inputs;
  if (node.op === 'Split' && node.outputs.length > mostOutputs) {
    return splitBySteps(graph, node, first, node.outputs);
  }
  if (node.op === 'LogSoftmax' && first) return [logSoftmax(graph, first, axisOf(node))];
  return graph.node(node.op, inputs, node.outputs, node.attributes);
}

/** WebGPU has no kernel for it: it would go to the CPU and back. */
function logSoftmax(graph: Graph, value: Value, axis: number): Value {
  const along = axis < 0 ? axis + value.shape.length : axis;
  const below = binary(graph, 'Sub', value, reduce(graph, 'ReduceMax', value, [along], true));
  const sum = reduce(graph, 'ReduceSum', unary(graph, 'Exp', below), [along], true);
  return binary(graph, 'Sub', below, unary(graph, 'Log', sum));
}

/** Splits into a few pieces, and these again. */
function splitBySteps(
  graph: Graph,
  node: GraphNode,
  value: Value | null | undefined,
  outputs: readonly Value[],
): readonly Value[] {
  if (!value) throw new Error('A split of nothing.');
  const axis = axisOf(node);
  const lengthOf = ({ shape }: Value): number => shape[axis] ?? 0;
  const split = (of: Value, parts: readonly { length: number }[]): readonly Value[] => {
    const lengths = parts.map(({ length }) => length);
    const specs = lengths.map((length) => ({ type: of.type, shape: of.shape.with(axis, length) }));
    return graph.node('Split', [of, graph.indices(lengths)], specs, node.attributes);
  };
  if (outputs.length <= mostOutputs) {
    return split(
      value,
      outputs.map((output) => ({ length: lengthOf(output) })),
    );
  }
  const size = Math.ceil(outputs.length / mostOutputs);
  const groups = Array.from({ length: Math.ceil(outputs.length / size) }, (_, group) =>
    outputs.slice(group * size, (group + 1) * size),
  );
  const pieces = split(
    value,
    groups.map((group) => ({ length: group.reduce((sum, output) => sum + lengthOf(output), 0) })),
  );
  return groups.flatMap((group, index) =>
    group.length === 1 ? (pieces[index] ?? []) : splitBySteps(graph, node, pieces[index], group),
  );
}

function axisOf(node: GraphNode): number {
  const { axis } = node.attributes;
  return axis?.kind === 'int' ? axis.value : node.op === 'LogSoftmax' ? -1 : 0;
}
