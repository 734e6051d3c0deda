// Runs in a process of its own, see BoosterProcess: a wrong call into the library then ends this process and no other.
import process from 'node:process';
import { loadLibrary, versionOf, type XgboostLibrary } from './c-api.ts';
import type { FromChild, ToChild } from './messages.ts';
import { runJob } from './run-job.ts';

if (process.send === undefined) throw new Error('booster-child is started by a training, not by itself');
const send = (message: FromChild): void => void process.send?.(message);
let library: XgboostLibrary | null = null;
const parent = process.ppid;

// Ctrl-C reaches the whole group of processes; the parent decides what is to end.
process.on('SIGINT', () => undefined);
process.on('disconnect', () => process.exit(0));
process.on('message', (message: ToChild) => {
  try {
    send(answer(message));
  } catch (error) {
    send({ type: 'failed', message: error instanceof Error ? error.message : String(error) });
  }
});

function answer(message: ToChild): FromChild {
  if (message.type === 'open') {
    library = loadLibrary(message.library);
    return { type: 'opened', version: versionOf(library) };
  }
  if (library === null) throw new Error('a job came before the library was opened');
  const rounds = message.type === 'train' ? message.rounds : 0;
  return runJob(library, message, (round) => {
    // A job keeps the event loop from turning, so that a parent which was killed is noticed here alone.
    if (process.ppid !== parent) process.exit(1);
    send({ type: 'round', round, rounds });
  });
}
