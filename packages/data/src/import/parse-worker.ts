// Runs in a thread of its own, see ParsePool. What this imports is loaded once a thread, so it keeps to the few files of parsing.
import { parentPort } from 'node:worker_threads';
import { gunzipSync } from 'node:zlib';
import { answerError, type ParseAnswer, type ParseRequest } from './parse-messages.ts';
import { parseSource } from './parse-source.ts';

if (parentPort === null) throw new Error('parse-worker is started by an import, not by itself');
const port = parentPort;

port.on('message', ({ id, job }: ParseRequest) => {
  void parseSource(job, gunzipSync).then(
    (source) => {
      const answer: ParseAnswer = { id, outcome: 'parsed', source };
      port.postMessage(
        answer,
        [source.rows.time, ...source.rows.columns].map(({ buffer }) => buffer as ArrayBuffer),
      );
    },
    (cause: unknown) => port.postMessage(answerError(id, cause)),
  );
});
