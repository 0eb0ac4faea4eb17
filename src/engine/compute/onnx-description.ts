/** What an ONNX file says of itself, read without the runtime. */
import { all, fieldsOf, text, textOf, type Field } from './onnx-fields.ts';
import { versionEntry } from './version.ts';

/** Field numbers of onnx.proto3. */
const model = { producer: 2, documentation: 6, graph: 7, opsets: 8, metadata: 14 };
const graph = { node: 1, initialiser: 5, input: 11, output: 12 };
const operator = 4;
const tensor = { dimension: 1, name: 8 };

export interface TensorDescription {
  readonly name: string;
  readonly shape: readonly number[];
}

export interface OnnxDescription {
  readonly documentation: string;
  /** Of the standard operators. */
  readonly opset: number;
  /** The version of compute that wrote it; null for a file of another program, or of the first versions. */
  readonly compute: number | null;
  readonly inputs: readonly TensorDescription[];
  readonly outputs: readonly TensorDescription[];
  /** Numbers that are part of the file, in the order it has them. */
  readonly constants: readonly TensorDescription[];
  /** How many nodes there are of each operator. */
  readonly operators: Readonly<Record<string, number>>;
  readonly bytes: number;
}

/** @throws Error where the bytes are no ONNX file. */
export function describeOnnx(onnx: Uint8Array): OnnxDescription {
  const fields = fieldsOf(onnx);
  const [content] = all(fields, model.graph);
  if (!content) throw new Error('The file has no graph.');
  const inside = fieldsOf(content);
  const operators: Record<string, number> = {};
  for (const node of all(inside, graph.node)) {
    const name = textOf(fieldsOf(node), operator);
    operators[name] = (operators[name] ?? 0) + 1;
  }
  return {
    documentation: textOf(fields, model.documentation),
    opset: opsetOf(fields),
    compute: versionOf(fields),
    inputs: all(inside, graph.input).map(valueOf),
    outputs: all(inside, graph.output).map(valueOf),
    constants: all(inside, graph.initialiser).map(tensorOf),
    operators,
    bytes: onnx.length,
  };
}

/** The version of compute that wrote an ONNX file; null where it says none. */
export function computeVersionOf(onnx: Uint8Array): number | null {
  return versionOf(fieldsOf(onnx));
}

function versionOf(fields: readonly Field[]): number | null {
  for (const entry of all(fields, model.metadata)) {
    const [key, value] = [1, 2].map((number) => textOf(fieldsOf(entry), number));
    if (key === versionEntry && /^\d{1,9}$/.test(value ?? '')) return Number(value);
  }
  return null;
}

function opsetOf(fields: readonly Field[]): number {
  for (const entry of all(fields, model.opsets)) {
    const inside = fieldsOf(entry);
    if (textOf(inside, 1) === '') return inside.find(({ number }) => number === 2)?.whole ?? 0;
  }
  return 0;
}

/** A tensor's dimensions may be written one by one or packed together. */
function tensorOf(bytes: Uint8Array): TensorDescription {
  const fields = fieldsOf(bytes);
  const shape = fields.flatMap(({ number, whole }) =>
    number === tensor.dimension && whole !== undefined ? [whole] : [],
  );
  return { name: textOf(fields, tensor.name), shape };
}

/** ValueInfoProto: name, then type → tensor type → shape → dimensions. */
function valueOf(bytes: Uint8Array): TensorDescription {
  const fields = fieldsOf(bytes);
  const inner = (from: Uint8Array | undefined, number: number): Uint8Array | undefined =>
    from && all(fieldsOf(from), number)[0];
  const dimensions = inner(inner(all(fields, 2)[0], 1), 2);
  const shape = (dimensions ? all(fieldsOf(dimensions), 1) : []).map(
    (dimension) => fieldsOf(dimension).find(({ number }) => number === 1)?.whole ?? -1,
  );
  return { name: text(all(fields, 1)[0]), shape };
}
