import { Worker } from 'node:worker_threads';
import type { FeatureGraph, FeatureSpec, Tape } from '@orrery/core';
import { computedGraph, receivedLog } from './computed-graph.ts';
import type { ScanAnswer, ScanJob } from './scan-messages.ts';
import { sharedTape } from './shared-columns.ts';

/** The built file: what is started runs under plain Node, which the sources do not everywhere. */
const WORKER = new URL(import.meta.url.endsWith('.ts') ? '../../dist/scan/scan-worker.js' : './scan-worker.js', import.meta.url);

export interface ScanOptions {
  readonly workers: number;
  readonly signal?: AbortSignal | undefined;
  /** Called after each instrument. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

/**
 * Computes the features of all tapes in threads, each of which takes the next tape that nobody has taken. Columns are shared, not
 * copied. The result does not depend on the number of threads.
 * @throws RangeError for features that cannot be computed; Error when a thread fails; the signal's reason when it is aborted
 */
export async function scanTapes(tapes: readonly Tape[], specs: readonly FeatureSpec[], options: ScanOptions): Promise<FeatureGraph[]> {
  const { signal, onProgress } = options;
  signal?.throwIfAborted();
  const job: ScanJob = { tapes: tapes.map(sharedTape), specs, next: new Int32Array(new SharedArrayBuffer(4)) };
  const graphs: (FeatureGraph | undefined)[] = tapes.map(() => undefined);
  let done = 0;
  const workers = Array.from(
    { length: Math.min(options.workers, Math.max(1, tapes.length)) },
    () => new Worker(WORKER, { workerData: job, execArgv: [] }),
  );
  const onAbort = (): void => void Promise.all(workers.map((worker) => worker.terminate()));
  signal?.addEventListener('abort', onAbort, { once: true });
  try {
    await Promise.all(
      workers.map((worker) =>
        finished(worker, (answer) => {
          graphs[answer.instrument] = computedGraph({ ...answer, logs: answer.logs.map(receivedLog) });
          onProgress?.(++done, tapes.length);
        }),
      ),
    );
  } catch (error) {
    // What was aborted ends in whatever a thread that is cut off says.
    signal?.throwIfAborted();
    throw error;
  } finally {
    signal?.removeEventListener('abort', onAbort);
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
  signal?.throwIfAborted();
  return graphs.map((graph, instrument) => {
    if (graph === undefined) throw new Error(`no thread has computed instrument ${instrument}`);
    return graph;
  });
}

/** Settles when a worker has nothing left to do. */
function finished(worker: Worker, take: (answer: Extract<ScanAnswer, { readonly type: 'computed' }>) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    worker.on('message', (answer: ScanAnswer) => {
      switch (answer.type) {
        case 'computed':
          take(answer);
          return;
        case 'done':
          resolve();
          return;
        case 'failed':
          reject(answer.isInput ? new RangeError(answer.message) : new Error(answer.message));
          return;
        default:
          reject(new TypeError(`unknown answer ${String(answer satisfies never)}`));
      }
    });
    worker.on('error', reject);
    worker.on('exit', (code) => reject(new Error(`a thread that computes features ended by itself with code ${code}`)));
  });
}
