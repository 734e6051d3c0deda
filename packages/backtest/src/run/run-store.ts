import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import type { Recorder } from '@orrery/core';
import { encodeSamples, InputError, isAlive, SAMPLES_FILE } from '@orrery/data';
import { JournalFileWriter } from '@orrery/data/journal';
import { sha256 } from '@orrery/data/run';
import { sealed, type JournalKind } from './manifest.ts';
import { PREDICTIONS_FILE, writePredictions } from './prediction-columns.ts';
import type { Backtest } from './run-backtest.ts';

/** Files that a run consists of; whatever else lies in its folder, such as a report, was put there later. */
const OWN_FILES = ['journal.jsonl', 'manifest.json', 'result.json', 'series.json', SAMPLES_FILE];
const WRITING = '.writing-';
/** Times that a folder may come or go between two looks. */
const PLACE_TRIES = 20;

/** A run's folder while it is being written: nothing is seen under its final name until everything is there. */
export class RunWriter {
  readonly #runs: string;
  readonly #folder: string;
  readonly #journal: JournalFileWriter | null;

  constructor(runs: string, kind: JournalKind) {
    this.#runs = runs;
    this.#folder = path.join(runs, `${WRITING}${process.pid}-${writers++}`);
    mkdirSync(this.#folder, { recursive: true });
    removeLeftovers(runs);
    this.#journal = kind === 'full' ? new JournalFileWriter(path.join(this.#folder, 'journal.jsonl')) : null;
  }
  get recorders(): readonly Recorder[] {
    return this.#journal === null ? [] : [this.#journal];
  }

  /**
   * Puts the run in its place and returns its folder. A run of the same id is the same run and is replaced; a report that was
   * drawn of it stays.
   * @throws InputError when something else has the name
   */
  async commit(backtest: Backtest, strategyFile: string | null, dataRoot: string): Promise<string> {
    const { result, series, entries, samples } = backtest;
    const folder = path.join(this.#runs, result.runId);
    if (existsSync(folder) && !isRun(folder, result.runId)) {
      throw new InputError(`${folder}: is there and is not this run; move it away, or name another folder with --runs`);
    }
    const chain = this.#journal?.close() ?? null;
    const columns = await writePredictions(this.#folder, backtest.predictions);
    const files = {
      'result.json': this.#write('result.json', result),
      'series.json': this.#write('series.json', series),
      ...Object.fromEntries(columns.map((name) => [name, this.#settled(name)])),
      ...(samples.length === 0 ? {} : { [SAMPLES_FILE]: this.#write(SAMPLES_FILE, encodeSamples(samples)) }),
    };
    const manifest = sealed({
      schema: 'orrery.manifest/1',
      runId: result.runId,
      mode: 'backtest',
      digest: result.digest,
      journal: { kind: chain === null ? 'hash' : 'full', entries, chain },
      strategy: { id: result.config.strategy, file: strategyFile, hash: result.config.strategyHash },
      config: result.config,
      dataset: result.dataset,
      dataRoot,
      versions: result.versions,
      files,
    });
    this.#write('manifest.json', manifest);
    this.#place(folder);
    return folder;
  }
  /** Leaves nothing behind. */
  discard(): void {
    this.#journal?.abandon();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /**
   * A folder of the same run steps aside whole, so that a crash between the two renames loses neither. The same run may be made twice at
   * once: then the other one's folder has come, or gone, in between, and it is tried again.
   */
  #place(folder: string): void {
    const former: string[] = [];
    for (let tried = 0; ; tried++) {
      try {
        if (existsSync(folder)) {
          const aside = `${this.#folder}-former-${tried}`;
          renameSync(folder, aside);
          former.push(aside);
        }
        renameSync(this.#folder, folder);
        break;
      } catch (error) {
        if (tried < PLACE_TRIES && isContended(error)) continue;
        const last = former.at(-1);
        if (last !== undefined && !existsSync(folder)) renameSync(last, folder);
        throw error;
      }
    }
    for (const aside of former) {
      for (const name of readdirSync(aside)) {
        if (!OWN_FILES.includes(name) && !PREDICTIONS_FILE.test(name)) renameSync(path.join(aside, name), path.join(folder, name));
      }
      rmSync(aside, { recursive: true, force: true });
    }
  }
  /** Makes a file that another hand wrote durable, and returns its hash. */
  #settled(name: string): string {
    const file = openSync(path.join(this.#folder, name), 'r+');
    try {
      fsyncSync(file);
      return sha256(readFileSync(file));
    } finally {
      closeSync(file);
    }
  }
  /** Returns the hash of what was written. */
  #write(name: string, value: unknown): string {
    const content = value instanceof Uint8Array ? value : `${JSON.stringify(value)}\n`;
    writeFileSync(path.join(this.#folder, name), content, { flush: true });
    return sha256(content);
  }
}
let writers = 0;

/** Whether a folder holds the run of this id, intact or not. */
function isRun(folder: string, runId: string): boolean {
  try {
    const manifest: unknown = JSON.parse(readFileSync(path.join(folder, 'manifest.json'), 'utf8'));
    return typeof manifest === 'object' && manifest !== null && 'runId' in manifest && manifest.runId === runId;
  } catch {
    return false;
  }
}

/** Deletes what processes that were killed left half written. */
function removeLeftovers(runs: string): void {
  for (const name of readdirSync(runs)) {
    const pid = new RegExp(`^\\${WRITING}(\\d+)-\\d+$`).exec(name)?.[1];
    if (pid !== undefined && !isAlive(Number(pid))) rmSync(path.join(runs, name), { recursive: true, force: true });
  }
}

/** Whether a folder was there, or was not, against what had been seen a moment ago. */
function isContended(error: unknown): boolean {
  return error instanceof Error && 'code' in error && ['ENOTEMPTY', 'EEXIST', 'ENOENT'].includes(String(error.code));
}
