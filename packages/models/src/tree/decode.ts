import { decodeOnnx, FLOAT32, type OnnxGraph, type OnnxModel, type OnnxNode, type OnnxValueInfo } from '../onnx/proto.ts';
import { INPUTS_KEY, ML_DOMAIN } from './encode.ts';
import { readTrees, type ReadTrees } from './read-trees.ts';

/** What an ONNX file turned out to hold. */
export interface DecodedModel {
  readonly producer: string;
  /** Version of each operator domain that the file asks for; '' is ONNX's own. */
  readonly opsets: Readonly<Record<string, number>>;
  /** The one input, float32 [N, columns]. */
  readonly input: { readonly name: string; readonly columns: number };
  /** Tensors that the graph gives, in its order; what a ZipMap at the end was fed with instead of its maps. */
  readonly outputs: readonly DecodedOutput[];
  /** What stands in for an output that a ZipMap gave, by the name of that output. */
  readonly renamed: Readonly<Record<string, string>>;
  /** Names of the columns that our own files carry; null in others. */
  readonly columnNames: readonly string[] | null;
  /** ZipMap nodes of the graph: ONNX Runtime's Node binding takes no maps, so they are taken out before it loads the file. */
  readonly hasZipMap: boolean;
  readonly trees: ReadTrees;
}
export interface DecodedOutput {
  readonly name: string;
  /** Values a row, or null where the file does not say. */
  readonly columns: number | null;
}

/** Versions of the operator domains whose files are known to mean here what they mean elsewhere. */
const KNOWN: Readonly<Record<string, readonly [least: number, most: number]>> = { '': [1, 23], [ML_DOMAIN]: [1, 5] };
const ENSEMBLES = ['TreeEnsembleRegressor', 'TreeEnsembleClassifier'];

/**
 * Reads a tree model's ONNX file, ours or another tool's.
 * @throws RangeError with what is wrong: no ONNX, an operator version that is not known, or an input that is not float32 [N, columns]
 */
export function decodeTreeEnsemble(onnx: Uint8Array): DecodedModel {
  const model = decoded(onnx);
  const opsets = Object.fromEntries(model.opsetImport.map(({ domain, version }) => [domain, version]));
  for (const [domain, version] of Object.entries(opsets)) {
    const bounds = KNOWN[domain];
    if (bounds === undefined) throw new RangeError(`it uses the operators of ${domain}, which are not known here`);
    if (!(version >= bounds[0] && version <= bounds[1])) {
      throw new RangeError(`it uses version ${version} of ${domain || 'the ONNX operators'}; known are ${bounds[0]} to ${bounds[1]}`);
    }
  }
  const { graph } = model;
  const input = inputOf(graph);
  const zipMaps = graph.node.filter(isZipMap);
  const names = model.metadataProps.find(({ key }) => key === INPUTS_KEY)?.value.split('\n') ?? null;
  return {
    producer: [model.producerName, model.producerVersion].filter((text) => text !== '').join(' '),
    opsets,
    input,
    outputs: outputsOf(graph, zipMaps),
    renamed: Object.fromEntries(zipMaps.map(({ input: [from], output: [to] }) => [to ?? '', from ?? ''])),
    columnNames: names,
    hasZipMap: zipMaps.length > 0,
    trees: treesOf(graph, input),
  };
}

export function isZipMap(node: OnnxNode): boolean {
  return node.opType === 'ZipMap' && node.domain === ML_DOMAIN;
}

function decoded(onnx: Uint8Array): OnnxModel {
  try {
    return decodeOnnx(onnx);
  } catch (cause) {
    throw new RangeError(`it is no ONNX model (${cause instanceof Error ? cause.message : String(cause)})`, { cause });
  }
}

function inputOf(graph: OnnxGraph): DecodedModel['input'] {
  const [only, ...others] = graph.input;
  if (only === undefined || others.length > 0)
    throw new RangeError(`it has ${graph.input.length} inputs; one of float32 [N, columns] is known`);
  const tensor = only.type?.tensorType;
  const columns = columnsOf(only);
  if (tensor?.elemType !== FLOAT32 || columns === null || tensor.shape?.dim.length !== 2) {
    throw new RangeError(`its input ${JSON.stringify(only.name)} is not float32 [N, columns]`);
  }
  return { name: only.name, columns };
}

function columnsOf(value: OnnxValueInfo): number | null {
  return value.type?.tensorType?.shape?.dim[1]?.dimValue ?? null;
}

function outputsOf(graph: OnnxGraph, zipMaps: readonly OnnxNode[]): readonly DecodedOutput[] {
  return graph.output.map((output) => {
    const zipMap = zipMaps.find((node) => node.output[0] === output.name);
    return zipMap === undefined ? { name: output.name, columns: columnsOf(output) } : { name: zipMap.input[0] ?? '', columns: null };
  });
}

/** The trees, where nothing that computes stands in the graph beside one ensemble. */
function treesOf(graph: OnnxGraph, input: DecodedModel['input']): ReadTrees {
  const ensembles = graph.node.filter(({ opType, domain }) => domain === ML_DOMAIN && ENSEMBLES.includes(opType));
  const [ensemble] = ensembles;
  if (ensemble === undefined || ensembles.length > 1) return { kind: 'opaque', why: `${ensembles.length} tree ensembles` };
  // The label may be cast to another type on its way out; the sums may not.
  const others = graph.node.filter((node) => node !== ensemble && !isZipMap(node) && !readsLabel(node, ensemble));
  if (others.length > 0) return { kind: 'opaque', why: `other operators, such as ${others[0]?.opType}` };
  if (ensemble.input[0] !== input.name) return { kind: 'opaque', why: 'trees that do not read the input' };
  return readTrees(ensemble, input.columns);
}

function readsLabel(node: OnnxNode, ensemble: OnnxNode): boolean {
  const label = ensemble.opType === 'TreeEnsembleClassifier' ? ensemble.output[0] : undefined;
  return (node.opType === 'Cast' || node.opType === 'Identity') && node.input[0] === label && label !== undefined;
}
