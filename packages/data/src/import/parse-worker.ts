// Runs in a thread of its own, see ParsePool. What this imports is loaded once a thread, so it keeps to the few files of parsing.
import { parentPort } from 'node:worker_threads';
import { gunzipSync } from 'node:zlib';
import { answerError, type ParseAnswer, type ParseRequest } from './parse-messages.ts';
import { parseSource } from './parse-source.ts';

if (parentPort === null) throw new Error('parse-worker is started by an import, not by itself');
const port = parentPort;

port.on('message', (request: ParseRequest) => void answer(request));

async function answer({ id, job }: ParseRequest): Promise<void> {
  try {
    const source = await parseSource(job, gunzipSync);
    const parsed: ParseAnswer = { id, outcome: 'parsed', source };
    port.postMessage(
      parsed,
      [source.rows.time, ...source.rows.columns].map(({ buffer }) => buffer as ArrayBuffer),
    );
  } catch (cause) {
    port.postMessage(answerError(id, cause), []);
  }
}
