/**
 * Writes a graph as an ONNX model (https://onnx.ai/onnx/repo-docs/IR.html), field by field with the protobuf
 * wire writer: the few messages a model needs do not justify shipping the whole schema. Names are given in
 * topological order, so the same program gives the same bytes.
 */
import protobuf from 'protobufjs/minimal.js';
import {
  nodesInOrder,
  sizeOf,
  type Attribute,
  type ElementType,
  type GraphNode,
  type Value,
} from './graph.ts';
import { computeVersion, versionEntry } from './version.ts';

type Writer = protobuf.Writer;

export const opset = 18;
const intermediateRepresentation = 8;

const elementCodes: Record<ElementType, number> = { float32: 1, int32: 6, int64: 7, bool: 9, float64: 11 };
const attributeCodes: Record<Attribute['kind'], number> = { float: 1, int: 2, string: 3, ints: 7 };

/** Splats up to this many elements are written out; larger ones are made by the runtime. */
const splatLimit = 64;

export interface NamedValue {
  readonly name: string;
  readonly value: Value;
  /** What it is, for whoever opens the file. */
  readonly documentation?: string;
}

/** A flat vector's part that is a tensor of its own. */
export interface NamedPart {
  readonly name: string;
  readonly shape: readonly number[];
}

export interface ModelParts {
  readonly inputs: readonly NamedValue[];
  readonly outputs: readonly NamedValue[];
  /** Inputs that become part of the file: their values, by name. */
  readonly baked?: ReadonlyMap<string, Float32Array | Int32Array>;
  /** Of baked inputs that the graph only cuts into parts: what the parts are called, in order. */
  readonly parts?: ReadonlyMap<string, readonly NamedPart[]>;
  readonly documentation?: string;
}

/** Encodes the nodes that `outputs` need, with `inputs` in the order given. */
export function encodeModel(parts: ModelParts): Uint8Array {
  return new ModelEncoder(parts).bytes();
}

class ModelEncoder {
  readonly #parts: ModelParts;
  readonly #names = new Map<number, string>();
  readonly #taken = new Set<string>();
  readonly #nodes: Uint8Array[] = [];
  readonly #initialisers: Uint8Array[] = [];
  /** Nodes that are not written: what they make is in the file already. */
  readonly #cutOff = new Set<GraphNode>();

  constructor(parts: ModelParts) {
    this.#parts = parts;
    for (const { name } of [...parts.inputs, ...parts.outputs]) {
      if (this.#taken.has(name)) throw new Error(`Two inputs or outputs are called ${name}.`);
      this.#taken.add(name);
    }
  }

  bytes(): Uint8Array {
    const { inputs, outputs, baked, documentation } = this.#parts;
    const nodes = nodesInOrder(outputs.map(({ value }) => value));
    for (const { name, value } of inputs) {
      this.#names.set(value.id, name);
      const data = baked?.get(name);
      if (!data) continue;
      if (this.#cut(value, data, nodes)) continue;
      this.#initialisers.push(tensor(name, value.type, value.shape, rawBytes(value.type, data)));
    }
    // A value may be asked for under several names, or be an input itself: then it is copied.
    const copies: { from: Value; to: string }[] = [];
    for (const { name, value } of outputs) {
      if (value.origin.kind === 'node' && !this.#names.has(value.id)) this.#names.set(value.id, name);
      else copies.push({ from: value, to: name });
    }
    for (const node of nodes) if (!this.#cutOff.has(node)) this.#encodeNode(node);
    for (const { from, to } of copies) {
      this.#nodes.push(encodeNode('Identity', `copy_${to}`, [this.#nameOf(from)], [to], {}));
    }

    const graph = protobuf.Writer.create();
    for (const node of this.#nodes) graph.uint32(tag(1, 2)).bytes(node);
    graph.uint32(tag(2, 2)).string('semblance');
    if (documentation !== undefined) graph.uint32(tag(10, 2)).string(documentation);
    for (const initialiser of this.#initialisers) graph.uint32(tag(5, 2)).bytes(initialiser);
    for (const input of inputs) {
      if (!baked?.has(input.name)) graph.uint32(tag(11, 2)).bytes(valueInfo(input));
    }
    for (const output of outputs) graph.uint32(tag(12, 2)).bytes(valueInfo(output));

    const model = protobuf.Writer.create();
    model.uint32(tag(1, 0)).int64(intermediateRepresentation);
    model.uint32(tag(2, 2)).string('Semblance');
    if (documentation !== undefined) model.uint32(tag(6, 2)).string(documentation);
    model.uint32(tag(7, 2)).bytes(graph.finish());
    model.uint32(tag(8, 2)).fork().uint32(tag(1, 2)).string('').uint32(tag(2, 0)).int64(opset).ldelim();
    model.uint32(tag(14, 2)).fork();
    model.uint32(tag(1, 2)).string(versionEntry).uint32(tag(2, 2)).string(String(computeVersion)).ldelim();
    return Uint8Array.from(model.finish());
  }

  /**
   * Writes a baked vector as the tensors it is cut into, under their names and shapes, in place of the cutting. Tells
   * whether that was all that is done with it.
   */
  #cut(value: Value, data: ArrayLike<number>, nodes: readonly GraphNode[]): boolean {
    const name = this.#names.get(value.id) ?? '';
    const parts = this.#parts.parts?.get(name);
    const readers = nodes.filter(({ inputs }) => inputs.includes(value));
    const [split] = readers;
    if (!parts || readers.length !== 1 || split?.op !== 'Split') return false;
    const names = parts.map((part) => `${name}.${part.name}`);
    if (split.outputs.length !== parts.length || names.some((each) => this.#taken.has(each))) return false;
    const shaped = split.outputs.map((output) => nodes.filter(({ inputs }) => inputs.includes(output)));
    let offset = 0;
    split.outputs.forEach((output, index) => {
      const [reader, another] = shaped[index] ?? [];
      const reshaped = reader?.op === 'Reshape' && !another ? reader.outputs[0] : undefined;
      const part = reshaped ?? output;
      const partName = names[index] ?? '';
      const size = sizeOf(output.shape);
      const numbers = Array.from({ length: size }, (_, at) => data[offset + at] ?? NaN);
      offset += size;
      this.#taken.add(partName);
      this.#names.set(part.id, partName);
      this.#initialisers.push(tensor(partName, part.type, part.shape, rawBytes(part.type, numbers)));
      if (reshaped && reader) this.#cutOff.add(reader);
    });
    this.#cutOff.add(split);
    return true;
  }

  #encodeNode(node: GraphNode): void {
    const inputs = node.inputs.map((value) => (value ? this.#nameOf(value) : ''));
    while (inputs.at(-1) === '') inputs.pop();
    const outputs = node.outputs.map((value) => {
      const given = this.#names.get(value.id);
      if (given !== undefined) return given;
      return this.#name(value, node.op);
    });
    this.#nodes.push(encodeNode(node.op, outputs[0] ?? node.op, inputs, outputs, node.attributes));
  }

  #nameOf(value: Value): string {
    const known = this.#names.get(value.id);
    if (known !== undefined) return known;
    const { origin, type, shape } = value;
    if (origin.kind === 'constant') {
      const name = this.#name(value, 'constant');
      this.#initialisers.push(tensor(name, type, shape, rawBytes(type, origin.data)));
      return name;
    }
    if (origin.kind === 'splat') {
      const name = this.#name(value, 'splat');
      const size = sizeOf(shape);
      if (size <= splatLimit) {
        this.#initialisers.push(
          tensor(name, type, shape, rawBytes(type, new Float64Array(size).fill(origin.value))),
        );
      } else {
        const shapeName = `${name}_shape`;
        this.#taken.add(shapeName);
        this.#initialisers.push(tensor(shapeName, 'int64', [shape.length], rawBytes('int64', shape)));
        const element = tensor('', type, [1], rawBytes(type, [origin.value]));
        this.#nodes.push(
          encodeNode('ConstantOfShape', name, [shapeName], [name], {}, { name: 'value', element }),
        );
      }
      return name;
    }
    throw new Error('A value is used before it is made.');
  }

  #name(value: Value, kind: string): string {
    let name = `${kind}_${String(this.#names.size)}`;
    while (this.#taken.has(name)) name += '_';
    this.#taken.add(name);
    this.#names.set(value.id, name);
    return name;
  }
}

function tag(field: number, wireType: 0 | 2 | 5): number {
  return (field << 3) | wireType;
}

function encodeNode(
  op: string,
  name: string,
  inputs: readonly string[],
  outputs: readonly string[],
  attributes: Readonly<Record<string, Attribute>>,
  tensorAttribute?: { name: string; element: Uint8Array },
): Uint8Array {
  const writer = protobuf.Writer.create();
  for (const input of inputs) writer.uint32(tag(1, 2)).string(input);
  for (const output of outputs) writer.uint32(tag(2, 2)).string(output);
  writer.uint32(tag(3, 2)).string(name);
  writer.uint32(tag(4, 2)).string(op);
  for (const key of Object.keys(attributes).sort()) {
    const attribute = attributes[key];
    if (!attribute) continue;
    writer.uint32(tag(5, 2)).fork();
    writer.uint32(tag(1, 2)).string(key);
    encodeAttribute(writer, attribute);
    writer.ldelim();
  }
  if (tensorAttribute) {
    writer.uint32(tag(5, 2)).fork();
    writer.uint32(tag(1, 2)).string(tensorAttribute.name);
    writer.uint32(tag(5, 2)).bytes(tensorAttribute.element);
    writer.uint32(tag(20, 0)).int32(4);
    writer.ldelim();
  }
  return writer.finish();
}

function encodeAttribute(writer: Writer, attribute: Attribute): void {
  switch (attribute.kind) {
    case 'float':
      writer.uint32(tag(2, 5)).float(attribute.value);
      break;
    case 'int':
      writer.uint32(tag(3, 0)).int64(attribute.value);
      break;
    case 'string':
      writer.uint32(tag(4, 2)).string(attribute.value);
      break;
    case 'ints':
      for (const value of attribute.value) writer.uint32(tag(8, 0)).int64(value);
      break;
  }
  writer.uint32(tag(20, 0)).int32(attributeCodes[attribute.kind]);
}

function tensor(name: string, type: ElementType, shape: readonly number[], raw: Uint8Array): Uint8Array {
  const writer = protobuf.Writer.create();
  for (const dimension of shape) writer.uint32(tag(1, 0)).int64(dimension);
  writer.uint32(tag(2, 0)).int32(elementCodes[type]);
  if (name) writer.uint32(tag(8, 2)).string(name);
  writer.uint32(tag(9, 2)).bytes(raw);
  return writer.finish();
}

function valueInfo({ name, value, documentation }: NamedValue): Uint8Array {
  const writer = protobuf.Writer.create();
  writer.uint32(tag(1, 2)).string(name);
  writer.uint32(tag(2, 2)).fork().uint32(tag(1, 2)).fork();
  writer.uint32(tag(1, 0)).int32(elementCodes[value.type]);
  writer.uint32(tag(2, 2)).fork();
  for (const dimension of value.shape) {
    writer.uint32(tag(1, 2)).fork().uint32(tag(1, 0)).int64(dimension).ldelim();
  }
  writer.ldelim().ldelim().ldelim();
  if (documentation !== undefined) writer.uint32(tag(3, 2)).string(documentation);
  return writer.finish();
}

/** The elements as ONNX stores them: fixed width, little-endian. */
function rawBytes(type: ElementType, numbers: ArrayLike<number>): Uint8Array {
  const width = { float32: 4, int32: 4, int64: 8, bool: 1, float64: 8 }[type];
  const view = new DataView(new ArrayBuffer(numbers.length * width));
  for (let index = 0; index < numbers.length; index++) {
    const number = numbers[index]!;
    const at = index * width;
    if (type === 'float32') view.setFloat32(at, number, true);
    else if (type === 'int32') view.setInt32(at, number, true);
    else if (type === 'int64') view.setBigInt64(at, BigInt(number), true);
    else if (type === 'float64') view.setFloat64(at, number, true);
    else view.setUint8(at, number ? 1 : 0);
  }
  return new Uint8Array(view.buffer);
}
