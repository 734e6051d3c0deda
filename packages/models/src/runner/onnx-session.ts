import type { InferenceSession, TypedTensor } from 'onnxruntime-node';

/** What ONNX Runtime gave for one output: its values, and how many a row has. */
export interface OnnxResult {
  readonly values: Float32Array;
  readonly columns: number;
}

/** One thread: with more of them the sums depend on how rows were shared out among them. */
const OPTIONS: InferenceSession.SessionOptions = {
  intraOpNumThreads: 1,
  interOpNumThreads: 1,
  executionMode: 'sequential',
  graphOptimizationLevel: 'all',
  logSeverityLevel: 4,
};

/**
 * The only place that knows ONNX Runtime. It calls the package's own synchronous binding, an undocumented deep import: the
 * public `run` gives a promise around the very same blocking call. The version is pinned, and a test holds on to the binding's shape.
 */
export class OnnxSession {
  readonly #session: NativeSession;
  readonly #tensor: Runtime['Tensor'];

  private constructor(session: NativeSession, tensor: Runtime['Tensor']) {
    this.#session = session;
    this.#tensor = tensor;
  }

  /**
   * @throws Error when onnxruntime-node is not installed
   * @throws RangeError when it cannot load the file
   */
  static async open(onnx: Uint8Array): Promise<OnnxSession> {
    const { native, Tensor } = await runtime();
    native.initOrt();
    const session = new native.binding.InferenceSession();
    try {
      // Bytes of their own: the binding takes no shared memory, and a file's bytes may lie in a pool.
      const own = onnx.slice();
      session.loadModel(own.buffer, own.byteOffset, own.byteLength, OPTIONS);
    } catch (cause) {
      throw new RangeError(`ONNX Runtime does not load it: ${(cause as Error).message.replaceAll(/\s+/g, ' ').trim()}`, { cause });
    }
    return new OnnxSession(session, Tensor);
  }

  get outputs(): readonly string[] {
    return this.#session.outputMetadata.map(({ name }) => name);
  }

  /**
   * The named output for `count` rows.
   * @throws Error when ONNX Runtime fails, or the output is no float32 tensor with a row for each of them
   */
  run(input: string, rows: Float32Array, count: number, columns: number, output: string): OnnxResult {
    // Copied: the binding refuses memory that is shared between threads.
    const copy = new Float32Array(count * columns);
    copy.set(rows.subarray(0, count * columns));
    const feeds = { [input]: new this.#tensor('float32', copy, [count, columns]) };
    const result: unknown = this.#session.run(feeds, { [output]: null }, {})[output];
    const { data, dims } = result as TypedTensor<'float32'>;
    if (!(data instanceof Float32Array) || dims[0] !== count)
      throw new Error(`ONNX Runtime: output ${output} is no float32 tensor of ${count} rows`);
    return { values: data, columns: data.length / count };
  }

  close(): void {
    this.#session.dispose();
  }
}

type Native = typeof import('onnxruntime-node/dist/binding.js');
type NativeSession = InstanceType<Native['binding']['InferenceSession']>;
interface Runtime {
  readonly native: Native;
  readonly Tensor: typeof import('onnxruntime-node').Tensor;
}

/** Loaded when a model asks for it: 200 MB of native code that trees do not need. */
async function runtime(): Promise<Runtime> {
  try {
    const [native, { Tensor }] = await Promise.all([import('onnxruntime-node/dist/binding.js'), import('onnxruntime-node')]);
    return { native, Tensor };
  } catch (cause) {
    throw new Error(`onnxruntime-node cannot be loaded (${(cause as Error).message.split('\n')[0]}); install it, or use the walker`, {
      cause,
    });
  }
}
