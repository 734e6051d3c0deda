import protobuf from 'protobufjs/light.js';

/** One dimension of a tensor's shape: a length, or a name such as `N` for one that varies. */
export interface OnnxDimension {
  readonly dimValue?: number;
  readonly dimParam?: string;
}
export interface OnnxValueInfo {
  readonly name: string;
  /** Absent for what is no tensor, such as the sequence of maps that ZipMap gives. */
  readonly type?: { readonly tensorType?: { readonly elemType: number; readonly shape?: { readonly dim: readonly OnnxDimension[] } } };
}
export interface OnnxAttribute {
  readonly name: string;
  readonly type: number;
  readonly f?: number;
  readonly i?: number;
  readonly s?: Uint8Array;
  readonly floats?: readonly number[];
  readonly ints?: readonly number[];
  readonly strings?: readonly Uint8Array[];
}
export interface OnnxNode {
  readonly input: readonly string[];
  readonly output: readonly string[];
  readonly name: string;
  readonly opType: string;
  readonly domain: string;
  readonly attribute: readonly OnnxAttribute[];
}
export interface OnnxGraph {
  readonly name: string;
  readonly node: readonly OnnxNode[];
  readonly input: readonly OnnxValueInfo[];
  readonly output: readonly OnnxValueInfo[];
}
export interface OnnxModel {
  readonly irVersion: number;
  readonly producerName: string;
  readonly producerVersion: string;
  readonly graph: OnnxGraph;
  readonly opsetImport: readonly { readonly domain: string; readonly version: number }[];
  readonly metadataProps: readonly { readonly key: string; readonly value: string }[];
}

/** AttributeProto.AttributeType. */
export const ATTRIBUTE_TYPE = { float: 1, int: 2, string: 3, floats: 6, ints: 7, strings: 8 } as const;
/** TensorProto.DataType. */
export const FLOAT32 = 1;

type Field = { readonly type: string; readonly id: number; readonly rule?: 'repeated'; readonly options?: { readonly packed: boolean } };
const one = (type: string, id: number): Field => ({ type, id });
const many = (type: string, id: number): Field => ({ rule: 'repeated', type, id });
const packed = (type: string, id: number): Field => ({ rule: 'repeated', type, id, options: { packed: true } });

/** The part of onnx.proto (IR version 8) that tree models use; field numbers are that file's. Fields not named here are skipped. */
const ROOT = protobuf.Root.fromJSON({
  nested: {
    ModelProto: {
      fields: {
        irVersion: one('int64', 1),
        producerName: one('string', 2),
        producerVersion: one('string', 3),
        graph: one('GraphProto', 7),
        opsetImport: many('OperatorSetIdProto', 8),
        metadataProps: many('StringStringEntryProto', 14),
      },
    },
    OperatorSetIdProto: { fields: { domain: one('string', 1), version: one('int64', 2) } },
    StringStringEntryProto: { fields: { key: one('string', 1), value: one('string', 2) } },
    GraphProto: {
      fields: { node: many('NodeProto', 1), name: one('string', 2), input: many('ValueInfoProto', 11), output: many('ValueInfoProto', 12) },
    },
    NodeProto: {
      fields: {
        input: many('string', 1),
        output: many('string', 2),
        name: one('string', 3),
        opType: one('string', 4),
        attribute: many('AttributeProto', 5),
        domain: one('string', 7),
      },
    },
    AttributeProto: {
      fields: {
        name: one('string', 1),
        f: one('float', 2),
        i: one('int64', 3),
        s: one('bytes', 4),
        floats: packed('float', 7),
        ints: packed('int64', 8),
        strings: many('bytes', 9),
        type: one('int32', 20),
      },
    },
    ValueInfoProto: { fields: { name: one('string', 1), type: one('TypeProto', 2) } },
    TypeProto: { fields: { tensorType: one('TensorTypeProto', 1) } },
    TensorTypeProto: { fields: { elemType: one('int32', 1), shape: one('TensorShapeProto', 2) } },
    TensorShapeProto: { fields: { dim: many('DimensionProto', 1) } },
    DimensionProto: { fields: { dimValue: one('int64', 1), dimParam: one('string', 2) } },
  },
});
const MODEL = ROOT.lookupType('ModelProto');
const VALUE_INFO = ROOT.lookupType('ValueInfoProto');

/** The protobuf bytes of a model. */
export function encodeOnnx(model: OnnxModel): Uint8Array {
  return MODEL.encode(MODEL.fromObject(model)).finish();
}

/** @throws Error when the bytes are no protobuf message, or hold no graph */
export function decodeOnnx(bytes: Uint8Array): OnnxModel {
  const decoded = MODEL.toObject(MODEL.decode(bytes), { longs: Number, arrays: true }) as Partial<OnnxModel>;
  const { graph, irVersion } = decoded;
  if (graph === undefined || irVersion === undefined) throw new RangeError('it holds no graph');
  const nodes = graph.node.map((node) => ({ ...EMPTY_NODE, ...node }));
  const { producerName = '', producerVersion = '', opsetImport = [], metadataProps = [] } = decoded;
  const opsets = opsetImport.map(({ domain = '', version }: Partial<OnnxModel['opsetImport'][number]>) => ({
    domain,
    version: version ?? 0,
  }));
  return { irVersion, producerName, producerVersion, opsetImport: opsets, metadataProps, graph: { ...graph, node: nodes } };
}

const EMPTY_NODE: OnnxNode = { input: [], output: [], name: '', opType: '', domain: '', attribute: [] };

/**
 * The same file with the nodes that `isGone` names taken out, and each output that they gave replaced by the tensor that they read.
 * Every field of the file, known here or not, stays as it was.
 */
export function withoutNodes(bytes: Uint8Array, isGone: (node: OnnxNode) => boolean): Uint8Array {
  const reader = protobuf.Reader.create(bytes);
  reader.discardUnknown = false;
  const message = MODEL.decode(reader);
  const { graph } = message as unknown as { readonly graph: { node: OnnxNode[]; output: OnnxValueInfo[] } };
  const gone = graph.node.filter(isGone);
  graph.node = graph.node.filter((node) => !isGone(node));
  graph.output = graph.output.map((output) => {
    const node = gone.find(({ output: [name] }) => name === output.name);
    if (node === undefined) return output;
    const tensor = VALUE_INFO.fromObject({ name: node.input[0], type: { tensorType: { elemType: FLOAT32 } } });
    return tensor as unknown as OnnxValueInfo;
  });
  return MODEL.encode(message).finish();
}
