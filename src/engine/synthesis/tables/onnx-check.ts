/**
 * An ONNX file may name other files to read weights from (TensorProto.external_data). A model file from a
 * stranger must not make this computer read anything, so such files are refused.
 */
import protobuf from 'protobufjs/minimal.js';

/** Field numbers of onnx.proto3 on the way to every tensor and function a model may hold. */
const modelGraph = 7;
const modelFunctions = 25;
const graphNode = 1;
const graphInitializer = 5;
const graphSparseInitializer = 15;
const nodeAttribute = 5;
const attributeTensor = 5;
const attributeGraph = 6;
const attributeTensors = 10;
const attributeGraphs = 11;
const attributeSparseTensor = 22;
const attributeSparseTensors = 23;
const tensorExternalData = 13;
const tensorDataLocation = 14;

type Visit = (field: number, bytes: Uint8Array | undefined) => boolean;

/** Whether the ONNX file is complete in itself: no data elsewhere, no functions, no nested graphs. */
export function selfContained(onnx: Uint8Array): boolean {
  try {
    return every(onnx, (field, model) => {
      if (field === modelFunctions) return false;
      return field !== modelGraph || !model || graphIsPlain(model);
    });
  } catch {
    return false;
  }
}

function graphIsPlain(graph: Uint8Array): boolean {
  return every(graph, (field, bytes) => {
    if (field === graphSparseInitializer) return false;
    if (field === graphInitializer && bytes) return tensorIsPlain(bytes);
    if (field !== graphNode || !bytes) return true;
    return every(bytes, (nodeField, attribute) =>
      nodeField !== nodeAttribute || !attribute ? true : attributeIsPlain(attribute),
    );
  });
}

const refused = new Set([attributeGraph, attributeGraphs, attributeSparseTensor, attributeSparseTensors]);

function attributeIsPlain(attribute: Uint8Array): boolean {
  return every(attribute, (field, bytes) => {
    if (refused.has(field)) return false;
    return (field !== attributeTensor && field !== attributeTensors) || !bytes || tensorIsPlain(bytes);
  });
}

function tensorIsPlain(tensor: Uint8Array): boolean {
  return every(tensor, (field) => field !== tensorExternalData && field !== tensorDataLocation);
}

/** Whether `visit` agrees to every field of a message; it is given the content of length-delimited ones. */
function every(message: Uint8Array, visit: Visit): boolean {
  const reader = protobuf.Reader.create(message);
  while (reader.pos < reader.len) {
    const tag = reader.uint32();
    const kind = tag & 7;
    let bytes: Uint8Array | undefined;
    if (kind === 2) bytes = reader.bytes();
    else reader.skipType(kind);
    if (!visit(tag >>> 3, bytes)) return false;
  }
  return true;
}
