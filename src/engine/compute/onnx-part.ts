/**
 * A part of an ONNX model as a model of its own: what computes one of its inner values. Lets a portable file be asked
 * for more than it was written to answer, without knowing how it was made.
 */
import protobuf from 'protobufjs/minimal.js';
import { fieldsOf, text, type Field } from './onnx-fields.ts';

/** Field numbers of onnx.proto3. */
const modelGraph = 7;
const graphNode = 1;
const graphInitializer = 5;
const graphOutput = 12;
const graphValueInfo = 13;
const tensorName = 8;
const float32 = 1;

export interface OnnxNode {
  readonly op: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
}

/** The nodes of a model's graph, each after those it needs. */
export function nodesOf(onnx: Uint8Array): OnnxNode[] {
  return graphOf(onnx)
    .filter(({ number }) => number === graphNode)
    .map(({ bytes }) => readNode(bytes));
}

/**
 * The model that computes the value called `name`, float32 of `shape`, from the same inputs: the nodes it needs and no
 * others. Throws a TypeError where the model has no such value.
 */
export function partFor(onnx: Uint8Array, name: string, shape: readonly number[]): Uint8Array {
  const graph = graphOf(onnx);
  const nodes = graph.filter(({ number }) => number === graphNode).map(({ bytes }) => readNode(bytes));
  const needed = new Set([name]);
  const kept = new Set<number>();
  for (let at = nodes.length - 1; at >= 0; at--) {
    const node = nodes[at];
    if (!node?.outputs.some((output) => needed.has(output))) continue;
    kept.add(at);
    for (const input of node.inputs) needed.add(input);
  }
  if (kept.size === 0) throw new TypeError(`The model computes no value called ${name}.`);
  const writer = protobuf.Writer.create();
  let node = 0;
  for (const { number, raw, bytes } of graph) {
    if (number === graphNode && !kept.has(node++)) continue;
    if (number === graphInitializer && !needed.has(textField(bytes, tensorName))) continue;
    if (number === graphOutput || number === graphValueInfo) continue;
    // Inputs stay, even those this part does without.
    writer.raw(raw);
  }
  writer.uint32((graphOutput << 3) | 2).bytes(valueInfo(name, shape));
  return withGraph(onnx, writer.finish());
}

function graphOf(onnx: Uint8Array): Field[] {
  const graph = fieldsOf(onnx).find(({ number }) => number === modelGraph)?.bytes;
  return graph ? fieldsOf(graph) : [];
}

function withGraph(onnx: Uint8Array, graph: Uint8Array): Uint8Array {
  const writer = protobuf.Writer.create();
  for (const { number, raw } of fieldsOf(onnx)) {
    if (number === modelGraph) writer.uint32((modelGraph << 3) | 2).bytes(graph);
    else writer.raw(raw);
  }
  return Uint8Array.from(writer.finish());
}

function readNode(bytes: Uint8Array | undefined): OnnxNode {
  const inputs: string[] = [];
  const outputs: string[] = [];
  let op = '';
  for (const { number, bytes: content } of bytes ? fieldsOf(bytes) : []) {
    if (number === 1) inputs.push(text(content));
    else if (number === 2) outputs.push(text(content));
    else if (number === 4) op = text(content);
  }
  return { op, inputs, outputs };
}

function textField(message: Uint8Array | undefined, wanted: number): string {
  return text(message && fieldsOf(message).find(({ number }) => number === wanted)?.bytes);
}

function valueInfo(name: string, shape: readonly number[]): Uint8Array {
  const writer = protobuf.Writer.create();
  writer.uint32((1 << 3) | 2).string(name);
  writer.uint32((2 << 3) | 2).fork().uint32((1 << 3) | 2).fork(); // prettier-ignore
  writer.uint32(1 << 3).int32(float32);
  writer.uint32((2 << 3) | 2).fork();
  for (const dimension of shape)
    writer.uint32((1 << 3) | 2).fork().uint32(1 << 3).int64(dimension).ldelim(); // prettier-ignore
  writer.ldelim().ldelim().ldelim();
  return writer.finish();
}
