import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import process from 'node:process';
import type { FromChild, Job, ScoreJob, ScoreResult, ToChild, TrainJob, TrainResult } from './messages.ts';
import { checkVersion, type Version } from './version-gate.ts';

/** The built file: what is forked runs under plain Node, which the sources do not everywhere. */
const CHILD = fileURLToPath(
  new URL(import.meta.url.endsWith('.ts') ? '../../dist/xgboost/booster-child.js' : './booster-child.js', import.meta.url),
);

interface Waiting {
  readonly resolve: (message: FromChild) => void;
  readonly reject: (cause: unknown) => void;
  readonly onRound: (round: number, rounds: number) => void;
}
export interface JobOptions {
  /** Called after each boosting round. */
  readonly onRound?: ((round: number, rounds: number) => void) | undefined;
  /** Ends the child process at once, whatever it is at; the job fails with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * XGBoost in a process of its own: it takes one job after the other. A crash of the library fails the job, not this process.
 * OpenMP's threads sleep while they wait (OMP_WAIT_POLICY=PASSIVE): spinning costs several times the work on a busy machine.
 */
export class BoosterProcess {
  readonly library: string;
  readonly version: Version;
  readonly #child: ChildProcess;
  readonly #slot: { waiting: Waiting | null };

  private constructor(child: ChildProcess, slot: { waiting: Waiting | null }, library: string, version: Version) {
    this.#child = child;
    this.#slot = slot;
    this.library = library;
    this.version = version;
  }

  /**
   * Starts the process and opens the library in it.
   * @throws InputError for a version that is not known to work; Error when the file cannot be loaded
   */
  static async open(library: string): Promise<BoosterProcess> {
    const env = { ...process.env, OMP_WAIT_POLICY: 'PASSIVE' };
    // Matrices go over as structured clones, binary as they are.
    const child = fork(CHILD, [], { env, execArgv: [], serialization: 'advanced', stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    const slot: { waiting: Waiting | null } = { waiting: null };
    watch(child, slot);
    try {
      const opened = await ask(child, slot, { type: 'open', library }, {});
      if (opened.type !== 'opened') throw new Error(`the booster process answered ${opened.type}`);
      checkVersion(opened.version, library);
      return new BoosterProcess(child, slot, library, opened.version);
    } catch (error) {
      child.kill('SIGKILL');
      if (error instanceof Error && error.name !== 'InputError') throw new Error(`${library}: ${error.message}`, { cause: error });
      throw error;
    }
  }

  async train(job: TrainJob, options: JobOptions = {}): Promise<TrainResult> {
    const result = await this.#run(job, options);
    if (result.type !== 'trained') throw new Error(`the booster process answered ${result.type}`);
    return result;
  }
  async score(job: ScoreJob, options: JobOptions = {}): Promise<ScoreResult> {
    const result = await this.#run(job, options);
    if (result.type !== 'scored') throw new Error(`the booster process answered ${result.type}`);
    return result;
  }
  /** Id of the process, for messages. */
  get pid(): number | undefined {
    return this.#child.pid;
  }
  close(): void {
    this.#child.kill('SIGKILL');
  }

  async #run(job: Job, options: JobOptions): Promise<FromChild> {
    const { signal } = options;
    signal?.throwIfAborted();
    const stop = (): void => {
      this.#slot.waiting?.reject(signal?.reason);
      this.close();
    };
    signal?.addEventListener('abort', stop);
    try {
      return await ask(this.#child, this.#slot, job, options);
    } finally {
      signal?.removeEventListener('abort', stop);
    }
  }
}

function ask(child: ChildProcess, slot: { waiting: Waiting | null }, message: ToChild, { onRound }: JobOptions): Promise<FromChild> {
  if (slot.waiting !== null) throw new Error('the booster process takes one job at a time');
  return new Promise<FromChild>((resolve, reject) => {
    slot.waiting = { resolve, reject, onRound: onRound ?? (() => undefined) };
    if (!child.connected) reject(new Error('the booster process has ended'));
    else child.send(message, (error) => void (error !== null && reject(error)));
  }).finally(() => {
    slot.waiting = null;
  });
}

function watch(child: ChildProcess, slot: { waiting: Waiting | null }): void {
  child.on('message', (message: FromChild) => {
    if (message.type === 'round') slot.waiting?.onRound(message.round, message.rounds);
    else if (message.type === 'failed') slot.waiting?.reject(new Error(message.message));
    else slot.waiting?.resolve(message);
  });
  child.on('error', (cause) => slot.waiting?.reject(cause));
  child.on('exit', (code, signal) => {
    slot.waiting?.reject(new Error(`the booster process ended with ${signal ?? `code ${code}`}; the library may have crashed`));
  });
}
