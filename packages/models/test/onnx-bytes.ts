/**
 * Writes ONNX files byte by byte from the specification alone (protobuf wire format; onnx.proto3 of ONNX 1.16 for the field
 * numbers), apart from the package's own encoder, as a file of another tool would come.
 */

type Bytes = readonly number[];

function varint(value: number): Bytes {
  const bytes: number[] = [];
  let left = value;
  while (left > 127) {
    bytes.push((left % 128) + 128);
    left = Math.floor(left / 128);
  }
  return [...bytes, left];
}
const VARINT = 0;
const LENGTH = 2;
const FIXED32 = 5;
const tag = (field: number, wire: number): Bytes => varint(field * 8 + wire);
const int = (field: number, value: number): Bytes => [...tag(field, VARINT), ...varint(value)];
const nested = (field: number, content: Bytes): Bytes => [...tag(field, LENGTH), ...varint(content.length), ...content];
const text = (field: number, value: string): Bytes => nested(field, [...Buffer.from(value, 'utf8')]);
function float32(value: number): Bytes {
  const bytes = Buffer.alloc(4);
  bytes.writeFloatLE(value);
  return [...bytes];
}
const float = (field: number, value: number): Bytes => [...tag(field, FIXED32), ...float32(value)];

/** AttributeProto: name 1, i 3, s 4, floats 7, ints 8, strings 9, type 20 (FLOAT 1, INT 2, STRING 3, FLOATS 6, INTS 7, STRINGS 8). Lists unpacked, as the Python package writes them. */
export const attribute = {
  ints: (name: string, values: readonly number[]): Bytes => [...text(1, name), ...values.flatMap((value) => int(8, value)), ...int(20, 7)],
  floats: (name: string, values: readonly number[]): Bytes => [
    ...text(1, name),
    ...values.flatMap((value) => float(7, value)),
    ...int(20, 6),
  ],
  int: (name: string, value: number): Bytes => [...text(1, name), ...int(3, value), ...int(20, 2)],
  strings: (name: string, values: readonly string[]): Bytes => [
    ...text(1, name),
    ...values.flatMap((value) => text(9, value)),
    ...int(20, 8),
  ],
  string: (name: string, value: string): Bytes => [...text(1, name), ...text(4, value), ...int(20, 3)],
};

export interface NodeText {
  readonly op: string;
  readonly domain?: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes?: readonly Bytes[];
}
/** NodeProto: input 1, output 2, name 3, op_type 4, attribute 5, domain 7. */
function nodeBytes({ op, domain = '', inputs, outputs, attributes = [] }: NodeText): Bytes {
  return [
    ...inputs.flatMap((name) => text(1, name)),
    ...outputs.flatMap((name) => text(2, name)),
    ...text(3, op.toLowerCase()),
    ...text(4, op),
    ...attributes.flatMap((bytes) => nested(5, bytes)),
    ...text(7, domain),
  ];
}

/** TensorProto.DataType. */
export const TYPE = { float: 1, int64: 7, double: 11 } as const;
/** ValueInfoProto of a tensor: name 1, type 2 { tensor_type 1 { elem_type 1, shape 2 { dim 1 { dim_value 1 | dim_param 2 } } } }. */
export function tensor(name: string, elemType: number, dims: readonly (number | string)[]): Bytes {
  const shape = dims.flatMap((dim) => nested(1, typeof dim === 'number' ? int(1, dim) : text(2, dim)));
  return [...text(1, name), ...nested(2, nested(1, [...int(1, elemType), ...nested(2, shape)]))];
}
/** ValueInfoProto of a sequence of maps from int64 to float: type { sequence_type 4 { elem_type 1 { map_type 5 { key_type 1, value_type 2 } } } }. */
export function mapSequence(name: string): Bytes {
  const value = nested(1, int(1, TYPE.float));
  return [...text(1, name), ...nested(2, nested(4, nested(1, nested(5, [...int(1, TYPE.int64), ...nested(2, value)]))))];
}

export interface FileText {
  readonly nodes: readonly NodeText[];
  readonly inputs: readonly Bytes[];
  readonly outputs: readonly Bytes[];
  readonly producer?: string;
  readonly opsets?: readonly (readonly [domain: string, version: number])[];
}
/** ModelProto: ir_version 1, producer_name 2, producer_version 3, graph 7 { node 1, name 2, input 11, output 12 }, opset_import 8 { domain 1, version 2 }. */
export function onnxFile({
  nodes,
  inputs,
  outputs,
  producer = 'OnnxMLTools',
  opsets = [
    ['ai.onnx.ml', 1],
    ['', 9],
  ],
}: FileText): Uint8Array {
  const graph = [
    ...nodes.flatMap((node) => nested(1, nodeBytes(node))),
    ...text(2, 'graph'),
    ...inputs.flatMap((bytes) => nested(11, bytes)),
    ...outputs.flatMap((bytes) => nested(12, bytes)),
  ];
  return Uint8Array.from([
    ...int(1, 4),
    ...text(2, producer),
    ...text(3, '1.12.0'),
    ...nested(7, graph),
    ...opsets.flatMap(([domain, version]) => nested(8, [...text(1, domain), ...int(2, version)])),
  ]);
}

/**
 * Two trees by hand, in the attributes that onnxmltools gives an XGBoost classifier:
 *   x0 < 0.5 (missing: yes) ? −0.4 : 0.6
 *   x1 < 2   (missing: no)  ? 0.1 : (x0 < 1 ? −0.2 : 0.3)
 * and a base of 0.25, all for class 1 of 0 and 1.
 */
export function handTrees(mode = 'BRANCH_LT'): readonly Bytes[] {
  return [
    attribute.ints('nodes_treeids', [0, 0, 0, 1, 1, 1, 1, 1]),
    attribute.ints('nodes_nodeids', [0, 1, 2, 0, 1, 2, 3, 4]),
    attribute.ints('nodes_featureids', [0, 0, 0, 1, 0, 0, 0, 0]),
    attribute.strings('nodes_modes', [mode, 'LEAF', 'LEAF', mode, 'LEAF', mode, 'LEAF', 'LEAF']),
    attribute.floats('nodes_values', [0.5, 0, 0, 2, 0, 1, 0, 0]),
    attribute.ints('nodes_truenodeids', [1, 0, 0, 1, 0, 3, 0, 0]),
    attribute.ints('nodes_falsenodeids', [2, 0, 0, 2, 0, 4, 0, 0]),
    attribute.ints('nodes_missing_value_tracks_true', [1, 0, 0, 0, 0, 0, 0, 0]),
    attribute.ints('class_treeids', [0, 0, 1, 1, 1]),
    attribute.ints('class_nodeids', [1, 2, 1, 3, 4]),
    attribute.ints('class_ids', [0, 0, 0, 0, 0]),
    attribute.floats('class_weights', [-0.4, 0.6, 0.1, -0.2, 0.3]),
    attribute.floats('base_values', [0.25]),
    attribute.ints('classlabels_int64s', [0, 1]),
    attribute.string('post_transform', 'LOGISTIC'),
  ];
}

/** The whole file of such a classifier, its probabilities as a tensor or, behind a ZipMap, as maps. */
export function handClassifier(options: { zipMap?: boolean; mode?: string } = {}): Uint8Array {
  const trees: NodeText = {
    op: 'TreeEnsembleClassifier',
    domain: 'ai.onnx.ml',
    inputs: ['float_input'],
    outputs: ['label', 'probabilities'],
    attributes: handTrees(options.mode),
  };
  const zip: NodeText = {
    op: 'ZipMap',
    domain: 'ai.onnx.ml',
    inputs: ['probabilities'],
    outputs: ['output_probability'],
    attributes: [attribute.ints('classlabels_int64s', [0, 1])],
  };
  return onnxFile({
    nodes: options.zipMap === true ? [trees, zip] : [trees],
    inputs: [tensor('float_input', TYPE.float, ['None', 2])],
    outputs: [
      tensor('label', TYPE.int64, ['None']),
      options.zipMap === true ? mapSequence('output_probability') : tensor('probabilities', TYPE.float, ['None', 2]),
    ],
  });
}
