/**
 * A static dataflow graph in which every shape is known: what a traced program becomes before it is
 * written as ONNX. Equal nodes are shared as they are added (hash-consing), so gradients that recompute a
 * value from the input cost nothing. Values are immutable; nodes nobody asks for are never emitted.
 */

export type ElementType = 'float32' | 'int32' | 'bool' | 'int64' | 'float64';
export type Shape = readonly number[];

export type Attribute =
  | { readonly kind: 'int'; readonly value: number }
  | { readonly kind: 'float'; readonly value: number }
  | { readonly kind: 'ints'; readonly value: readonly number[] }
  | { readonly kind: 'string'; readonly value: string };
export type Attributes = Readonly<Record<string, Attribute>>;

export const int = (value: number): Attribute => ({ kind: 'int', value });
export const float = (value: number): Attribute => ({ kind: 'float', value });
export const ints = (value: readonly number[]): Attribute => ({ kind: 'ints', value: [...value] });
export const text = (value: string): Attribute => ({ kind: 'string', value });

/** Where a value comes from. A splat is a constant of which every element is the same number. */
export type Origin =
  | { readonly kind: 'input'; readonly name: string }
  | { readonly kind: 'splat'; readonly value: number }
  | { readonly kind: 'constant'; readonly data: Float64Array }
  | { readonly kind: 'node'; readonly node: GraphNode; readonly output: number };

export interface Value {
  readonly id: number;
  readonly type: ElementType;
  readonly shape: Shape;
  readonly origin: Origin;
}

export interface GraphNode {
  readonly id: number;
  readonly op: string;
  readonly inputs: readonly (Value | null)[];
  readonly attributes: Attributes;
  readonly outputs: readonly Value[];
}

export interface OutputSpec {
  readonly type: ElementType;
  readonly shape: Shape;
}

/** The number of elements of a shape. */
export function sizeOf(shape: Shape): number {
  return shape.reduce((product, dimension) => product * dimension, 1);
}

export function sameShape(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((dimension, axis) => dimension === b[axis]);
}

// Ids are unique across graphs: a constant tensor made outside a program may be met by several traces.
let lastId = 0;

/** Builds one graph. Not reusable: a graph belongs to one traced program. */
export class Graph {
  readonly #known = new Map<string, Value>();
  readonly #longConstants = new Map<string, Value[]>();
  readonly #nodes = new Map<string, readonly Value[]>();
  readonly #inputs: Value[] = [];

  get inputs(): readonly Value[] {
    return this.#inputs;
  }

  input(name: string, type: ElementType, shape: Shape): Value {
    const value = this.#value(type, shape, { kind: 'input', name });
    this.#inputs.push(value);
    return value;
  }

  /** A constant of one repeated number; takes no memory until something needs it written out. */
  splat(type: ElementType, shape: Shape, value: number): Value {
    const rounded = roundTo(type, value);
    // Object.is tells −0 from 0, a template string does not.
    const key = `splat ${type} ${shape.join()} ${Object.is(rounded, -0) ? '-0' : String(rounded)}`;
    return this.#shared(key, () => this.#value(type, shape, { kind: 'splat', value: rounded }));
  }

  scalar(type: ElementType, value: number): Value {
    return this.splat(type, [], value);
  }

  constant(type: ElementType, shape: Shape, numbers: ArrayLike<number>): Value {
    const data = Float64Array.from(numbers, (number) => roundTo(type, number));
    const first = data[0];
    if (first !== undefined && data.every((number) => Object.is(number, first))) {
      return this.splat(type, shape, first);
    }
    const make = (): Value => this.#value(type, shape, { kind: 'constant', data });
    const kind = `constant ${type} ${shape.join()}`;
    return data.length > 4096 ? this.#long(kind, data, make) : this.#shared(`${kind} ${data.join()}`, make);
  }

  /** Shares constants whose keys would be as long as they are: there are few, and they differ early. */
  #long(kind: string, data: Float64Array, make: () => Value): Value {
    const alike = this.#longConstants.get(kind) ?? [];
    this.#longConstants.set(kind, alike);
    const same = ({ origin }: Value): boolean =>
      origin.kind === 'constant' && data.every((number, index) => Object.is(number, origin.data[index]));
    const known = alike.find(same);
    if (known) return known;
    const value = make();
    alike.push(value);
    return value;
  }

  /** A one-dimensional int64 constant, as ONNX wants for shapes and axes. */
  indices(numbers: readonly number[]): Value {
    return this.constant('int64', [numbers.length], numbers);
  }

  /** Adds a node, or finds the equal one added before. */
  node(
    op: string,
    inputs: readonly (Value | null)[],
    outputs: readonly OutputSpec[],
    attributes: Attributes = {},
  ): readonly Value[] {
    const key = `${op}(${inputs.map((value) => value?.id ?? '').join()})${attributesKey(attributes)}`;
    const known = this.#nodes.get(key);
    if (known) return known;
    const values: Value[] = [];
    const node: GraphNode = { id: lastId++, op, inputs, attributes, outputs: values };
    outputs.forEach(({ type, shape }, output) => {
      values.push(this.#value(type, shape, { kind: 'node', node, output }));
    });
    this.#nodes.set(key, values);
    return values;
  }

  /** Adds a node with one output. */
  one(
    op: string,
    inputs: readonly (Value | null)[],
    type: ElementType,
    shape: Shape,
    attributes: Attributes = {},
  ): Value {
    const [value] = this.node(op, inputs, [{ type, shape }], attributes);
    if (!value) throw new Error(`${op} has no output`);
    return value;
  }

  #shared(key: string, make: () => Value): Value {
    const known = this.#known.get(key);
    if (known) return known;
    const value = make();
    this.#known.set(key, value);
    return value;
  }

  #value(type: ElementType, shape: Shape, origin: Origin): Value {
    return { id: lastId++, type, shape: [...shape], origin };
  }
}

/** The node that made a value, when it was made by a node of that operator. */
export function madeBy(value: Value, op: string): GraphNode | undefined {
  return value.origin.kind === 'node' && value.origin.node.op === op ? value.origin.node : undefined;
}

/** The number a splat repeats. */
export function splatValue(value: Value): number | undefined {
  return value.origin.kind === 'splat' ? value.origin.value : undefined;
}

/** Nodes that the given values need, in an order in which each follows its inputs; the same for the same graph. */
export function nodesInOrder(outputs: readonly Value[]): GraphNode[] {
  const order: GraphNode[] = [];
  const seen = new Set<GraphNode>();
  // An explicit stack: deep programs would overflow the call stack.
  const stack: { node: GraphNode; next: number }[] = [];
  const visit = (value: Value | null): void => {
    if (value?.origin.kind !== 'node' || seen.has(value.origin.node)) return;
    seen.add(value.origin.node);
    stack.push({ node: value.origin.node, next: 0 });
  };
  for (const output of outputs) {
    visit(output);
    for (let top = stack.at(-1); top; top = stack.at(-1)) {
      if (top.next < top.node.inputs.length) {
        visit(top.node.inputs[top.next++] ?? null);
      } else {
        order.push(top.node);
        stack.pop();
      }
    }
  }
  return order;
}

function roundTo(type: ElementType, value: number): number {
  switch (type) {
    case 'float32':
      return Math.fround(value);
    case 'int32':
      return value | 0;
    case 'bool':
      return value ? 1 : 0;
    default:
      return value;
  }
}

function attributesKey(attributes: Attributes): string {
  return Object.keys(attributes)
    .sort()
    .map((name) => `${name}=${String(attributes[name]?.value)}`)
    .join(';');
}
