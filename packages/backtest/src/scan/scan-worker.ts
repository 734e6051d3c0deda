import { parentPort, workerData } from 'node:worker_threads';
import { createFeatureGraph } from '@orrery/core';
import { sentLog } from './computed-graph.ts';
import type { ScanAnswer, ScanJob } from './scan-messages.ts';
import { sharedColumns } from './shared-columns.ts';

/** Rows between two looks at nothing: the same blocks as a run's, so that what readers have passed is forgotten on the way. */
const BLOCK = 4096;

/** Takes one instrument after the other until there is none. */
function scan({ tapes, specs, next }: ScanJob, send: (answer: ScanAnswer, buffers: readonly ArrayBuffer[]) => void): void {
  for (let instrument = Atomics.add(next, 0, 1); instrument < tapes.length; instrument = Atomics.add(next, 0, 1)) {
    const tape = tapes[instrument];
    if (tape === undefined) break;
    const graph = createFeatureGraph(tape, specs, sharedColumns);
    for (let row = 0; row < tape.length; row += BLOCK) graph.advance(row, Math.min(row + BLOCK, tape.length));
    const logs = graph.logs.map(sentLog);
    const buffers = logs.flatMap((log) => (log === null ? [] : [log.words.buffer as ArrayBuffer]));
    send({ type: 'computed', instrument, columns: graph.columns, logs, warmups: graph.warmups }, buffers);
  }
  send({ type: 'done' }, []);
}

const port = parentPort;
if (port !== null) {
  try {
    scan(workerData as ScanJob, (answer, buffers) => port.postMessage(answer, buffers));
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    port.postMessage({ type: 'failed', message, isInput: error instanceof RangeError } satisfies ScanAnswer);
  }
}
