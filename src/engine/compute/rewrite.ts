/**
 * Rewrites a finished graph where a node is asked for only once, which is not known while it is being traced:
 * scales, sums and biases move into the matrix product before them, where they are almost free.
 */
import {
  sizeOf,
  splatValue,
  madeBy,
  nodesInOrder,
  float,
  type Graph,
  type GraphNode,
  type Value,
} from './graph.ts';

/** The same results, made by fewer nodes. */
export function rewrite(graph: Graph, results: ReadonlyMap<string, Value>): Map<string, Value> {
  return new Rewriter(graph, [...results.values()]).apply(results);
}

class Rewriter {
  readonly #graph: Graph;
  readonly #nodes: readonly GraphNode[];
  readonly #uses = new Map<Value, number>();
  /** The activation applied to a value, if there is one that keeps its sign. */
  readonly #activations = new Map<Value, GraphNode>();
  readonly #replaced = new Map<Value, Value>();

  constructor(graph: Graph, results: readonly Value[]) {
    this.#graph = graph;
    this.#nodes = nodesInOrder(results);
    for (const value of results) this.#count(value);
    for (const node of this.#nodes) {
      for (const input of node.inputs) if (input) this.#count(input);
      const [input] = node.inputs;
      if (input && (node.op === 'Relu' || node.op === 'LeakyRelu')) this.#activations.set(input, node);
    }
  }

  apply(results: ReadonlyMap<string, Value>): Map<string, Value> {
    for (const node of this.#nodes) {
      const simpler = this.#simpler(node);
      const outputs = simpler ? [simpler] : this.#copy(node, node.inputs);
      node.outputs.forEach((output, index) => {
        const replacement = outputs[index];
        if (replacement && replacement !== output) this.#replaced.set(output, replacement);
      });
    }
    return new Map([...results].map(([name, value]) => [name, this.#now(value)]));
  }

  #simpler(node: GraphNode): Value | undefined {
    const [a, b] = node.inputs;
    switch (node.op) {
      case 'Mul':
        return a && b ? this.#scaled(a, splatValue(b)) : undefined;
      case 'Neg':
        return a ? this.#scaled(a, -1) : undefined;
      case 'Add':
        return a && b ? (this.#accumulated(b, a, 1) ?? this.#accumulated(a, b, 1)) : undefined;
      case 'Sub':
        return a && b ? (this.#accumulated(a, b, -1) ?? this.#subtracted(a, b)) : undefined;
      case 'HardSigmoid':
        return a ? this.#maskOfActivation(node, a) : undefined;
      default:
        return undefined;
    }
  }

  /** factor · product: the factor goes into the product. */
  #scaled(value: Value, factor: number | undefined): Value | undefined {
    const gemm = this.#onlyProduct(value);
    if (!gemm || factor === undefined || gemm.inputs[2]) return undefined;
    return this.#gemm(gemm, alphaOf(gemm) * factor, null, 1);
  }

  /** product ± addend */
  #accumulated(product: Value, addend: Value, sign: 1 | -1): Value | undefined {
    const gemm = this.#onlyProduct(product);
    if (!gemm || gemm.inputs[2] || !broadcastsInto(addend, product)) return undefined;
    return this.#gemm(gemm, alphaOf(gemm), this.#now(addend), sign);
  }

  /** from − product */
  #subtracted(from: Value, product: Value): Value | undefined {
    const gemm = this.#onlyProduct(product);
    if (!gemm || gemm.inputs[2] || !broadcastsInto(from, product)) return undefined;
    return this.#gemm(gemm, -alphaOf(gemm), this.#now(from), 1);
  }

  /**
   * Where a value is positive, so is its activation. Asking the latter leaves the value itself with the activation as
   * its only reader, and the runtime can compute both with the product before them.
   */
  #maskOfActivation(node: GraphNode, value: Value): Value | undefined {
    const activation = this.#activations.get(value);
    if (!activation) return undefined;
    const [activated] = this.#copy(activation, activation.inputs);
    return activated
      ? this.#graph.one(node.op, [activated], value.type, value.shape, node.attributes)
      : undefined;
  }

  /** The product that made a value nobody else reads. */
  #onlyProduct(value: Value): GraphNode | undefined {
    return this.#uses.get(value) === 1 ? madeBy(this.#now(value), 'Gemm') : undefined;
  }

  #gemm(gemm: GraphNode, alpha: number, addend: Value | null, beta: number): Value {
    const [output] = gemm.outputs;
    if (!output) throw new Error('A product without an output.');
    return this.#graph.one('Gemm', [...gemm.inputs.slice(0, 2), addend], output.type, output.shape, {
      ...gemm.attributes,
      ...(alpha === 1 ? {} : { alpha: float(alpha) }),
      ...(beta === 1 ? {} : { beta: float(beta) }),
    });
  }

  #copy(node: GraphNode, inputs: readonly (Value | null)[]): readonly Value[] {
    return this.#graph.node(
      node.op,
      inputs.map((value) => value && this.#now(value)),
      node.outputs,
      node.attributes,
    );
  }

  #now(value: Value): Value {
    return this.#replaced.get(value) ?? value;
  }

  #count(value: Value): void {
    this.#uses.set(value, (this.#uses.get(value) ?? 0) + 1);
  }
}

function alphaOf(gemm: GraphNode): number {
  const { alpha } = gemm.attributes;
  return alpha?.kind === 'float' ? alpha.value : 1;
}

/** Whether a value broadcasts to the shape of a product without making it larger, as Gemm asks of its addend. */
function broadcastsInto(value: Value, product: Value): boolean {
  const rank = value.shape.length;
  return (
    rank <= 2 &&
    // A single number is added as cheaply elsewhere.
    sizeOf(value.shape) > 1 &&
    value.shape.every((dimension, axis) => dimension === 1 || dimension === product.shape[axis - rank + 2])
  );
}
