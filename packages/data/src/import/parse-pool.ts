import { Worker } from 'node:worker_threads';
import { openAnswer, type ParseAnswer, type ParseRequest } from './parse-messages.ts';
import type { ParsedSource, ParseJob } from './parse-source.ts';

interface Thread {
  readonly worker: Worker;
  readonly waiting: Map<number, { readonly resolve: (source: ParsedSource) => void; readonly reject: (cause: unknown) => void }>;
}

/** Whether threads can be started: they run the built files, which the sources are not. */
export const CAN_START_THREADS: boolean = import.meta.url.endsWith('.js');

/** Threads that read, unpack and parse files, each job in the one with the least to do. */
export class ParsePool {
  readonly #threads: readonly Thread[];
  #closed: Promise<unknown> | null = null;
  #failure: unknown = null;
  #next = 0;

  constructor(threads: number) {
    this.#threads = Array.from({ length: threads }, () => this.#start());
  }

  /** The rows of one file. Fails as {@link parseSource} does, with the same messages, and when a thread dies. */
  parse(job: ParseJob): Promise<ParsedSource> {
    return new Promise((resolve, reject) => {
      if (this.#failure !== null) {
        reject(this.#failure);
        return;
      }
      const idlest = this.#threads.reduce((best, thread) => (thread.waiting.size < best.waiting.size ? thread : best));
      const request: ParseRequest = { id: this.#next++, job };
      idlest.waiting.set(request.id, { resolve, reject });
      idlest.worker.postMessage(request, []);
    });
  }

  /** Ends the threads, whatever they are at; jobs that still run fail. */
  async close(): Promise<void> {
    this.#closed ??= Promise.all(this.#threads.map(({ worker }) => worker.terminate()));
    this.#fail(new Error('the parsing threads were ended'));
    await this.#closed;
  }

  #start(): Thread {
    // The flags of the process are not for the threads: some, such as those of --eval, would keep them from starting.
    const worker = new Worker(new URL('./parse-worker.js', import.meta.url), { execArgv: [] });
    const waiting: Thread['waiting'] = new Map();
    worker.on('message', (answer: ParseAnswer) => {
      const job = waiting.get(answer.id);
      waiting.delete(answer.id);
      try {
        job?.resolve(openAnswer(answer));
      } catch (cause) {
        job?.reject(cause);
      }
    });
    worker.on('error', (cause) => this.#fail(cause));
    worker.on('messageerror', (cause) => this.#fail(cause));
    worker.on('exit', (code) => this.#fail(new Error(`a parsing thread ended with code ${code}`)));
    return { worker, waiting };
  }

  #fail(cause: unknown): void {
    this.#failure ??= cause;
    for (const { waiting } of this.#threads) {
      for (const { reject } of waiting.values()) reject(this.#failure);
      waiting.clear();
    }
  }
}
