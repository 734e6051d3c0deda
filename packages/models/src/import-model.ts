import { InputError } from './input-error.ts';
import { compareEngines, isWalkable } from './check/compare-engines.ts';
import { sampleRows } from './check/sample-rows.ts';
import { OnnxSession } from './runner/onnx-session.ts';
import { loadableBytes } from './runner/create-runner.ts';
import { decodedModel } from './store/read-model.ts';
import { modelOf, type ModelDraft } from './store/write-model.ts';
import type { DecodedModel } from './tree/decode.ts';

export interface ImportOptions {
  readonly name: string;
  /** Feature texts, or `side`, one a column. */
  readonly inputs: readonly string[];
  /** Output that holds the probabilities; may be left out where only one can. */
  readonly output?: string | undefined;
  /** Base name of the file, for the card. */
  readonly file: string;
  readonly versions: Readonly<Record<string, string>>;
}

/** Rows of the smoke run. */
const ROWS = 2000;
/** How far from 1 the two columns of a row may add up. */
const SLACK = 1e-3;

/**
 * Makes a model of an ONNX file that another tool wrote: a binary classifier from float32 [N, columns] to probabilities, [N, 2] or
 * [N, 1]. It is run on made-up rows first, and is served by ONNX Runtime, or by the walker where that agrees.
 * @throws InputError when it cannot be read, does not run, or gives no probabilities
 */
export async function importModel(onnx: Uint8Array, options: ImportOptions): Promise<ModelDraft> {
  const { name, inputs, file, versions } = options;
  const decoded = decodedModel(onnx, file);
  if (decoded.input.columns !== inputs.length) {
    throw new InputError(
      `${file}: takes ${decoded.input.columns} columns, ${inputs.length} were named: give --input once for each, in their order`,
    );
  }
  const draft = { name, inputs, calibration: { kind: 'none' }, versions, onnx } as const;
  // A file of ours: its sums are known to be margins.
  if (decoded.columnNames !== null && decoded.trees.kind === 'trees' && decoded.trees.link === 'none')
    return checked({ ...draft, engine: 'walker' });
  const output = await probabilityOutput(onnx, decoded, options);
  const source = { file, producer: decoded.producer, output };
  return checked({ ...draft, engine: 'onnxruntime', source });
}

/** The draft with the parity of the engines, served by the walker where they agree. */
async function checked(draft: ModelDraft): Promise<ModelDraft> {
  const model = modelOf(draft);
  const { inputs } = model.card;
  const parity = await compareEngines(model, ROWS);
  if (parity === null) return { ...draft, inputs };
  return { ...draft, inputs, parity, engine: parity.differing === 0 && isWalkable(model) ? 'walker' : 'onnxruntime' };
}

async function probabilityOutput(onnx: Uint8Array, decoded: DecodedModel, { output, file }: ImportOptions): Promise<string> {
  const session = await opened(onnx, decoded, file);
  try {
    const names = decoded.outputs.map(({ name }) => name);
    if (output !== undefined) {
      // A ZipMap's own output is known to users by its name; what it was fed with stands in for it.
      const asked = decoded.renamed[output] ?? output;
      if (!names.includes(asked)) throw new InputError(`--output ${output}: ${file} has ${names.join(', ')}`);
      const fault = outputFault(session, decoded, asked);
      if (fault !== null) throw new InputError(`--output ${output}: ${fault}`);
      return asked;
    }
    const faults = names.map((name) => outputFault(session, decoded, name));
    const fit = names.filter((_, k) => faults[k] === null);
    const [only] = fit;
    if (only === undefined)
      throw new InputError(`${file}: no output holds probabilities: ${names.map((name, k) => `${name} ${faults[k]}`).join('; ')}`);
    if (fit.length > 1) throw new InputError(`${file}: ${fit.join(' and ')} could be the probabilities; name one with --output`);
    return only;
  } finally {
    session.close();
  }
}

async function opened(onnx: Uint8Array, decoded: DecodedModel, file: string): Promise<OnnxSession> {
  try {
    return await OnnxSession.open(loadableBytes(onnx, decoded));
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw new InputError(`${file}: ${cause.message}; export it for an older version of ONNX`, { cause });
  }
}

/** Why an output is no probability of class 1, or null. Rows in which nothing is missing have to have one. */
function outputFault(session: OnnxSession, decoded: DecodedModel, output: string): string | null {
  const { name, columns } = decoded.input;
  const rows = sampleRows(decoded, ROWS);
  let result;
  try {
    result = session.run(name, rows, ROWS, columns, output);
  } catch (cause) {
    return `cannot be read (${(cause as Error).message.replaceAll(/\s+/g, ' ').trim()})`;
  }
  if (result.columns !== 1 && result.columns !== 2) return `has ${result.columns} values a row`;
  for (let row = 0; row < ROWS; row++) {
    const isWhole = rows.subarray(row * columns, (row + 1) * columns).every((value) => !Number.isNaN(value));
    const [first, second = 1 - first] = result.values.subarray(row * result.columns, (row + 1) * result.columns);
    if (Number.isNaN(first) && !isWhole) continue;
    if (!(first >= -SLACK && first <= 1 + SLACK && Math.abs(first + second - 1) <= SLACK)) return `gives ${first}, which is no probability`;
  }
  return null;
}
