import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { DatasetReference, Recorder, RunConfig } from '@orrery/core';
import { InputError } from '@orrery/data';
import { z } from 'zod';
import { JournalFileWriter } from '../journal/journal-file.ts';
import type { Backtest } from './run-backtest.ts';

/** Whether the journal's entries are kept, or only their digest. */
export type JournalKind = 'full' | 'hash';

/** Shape of `manifest.json`, schema `orrery.manifest/1`: everything that a fresh run must share to give the same digest. */
export interface RunManifest {
  readonly schema: 'orrery.manifest/1';
  readonly runId: string;
  readonly mode: 'backtest';
  readonly digest: string;
  /** `chain` seals journal.jsonl; null where only the digest was kept. */
  readonly journal: { readonly kind: JournalKind; readonly entries: number; readonly chain: string | null };
  readonly strategy: { readonly id: string; readonly file: string | null; readonly hash: string | null };
  readonly config: RunConfig;
  readonly dataset: DatasetReference;
  /** Where the data lay; `verify` looks there unless told otherwise. */
  readonly dataRoot: string;
  readonly versions: Readonly<Record<string, string>>;
}

/** A run's folder while it is being written: nothing is seen under its final name until everything is there. */
export class RunWriter {
  readonly #runs: string;
  readonly #folder: string;
  readonly #journal: JournalFileWriter | null;

  constructor(runs: string, kind: JournalKind) {
    this.#runs = runs;
    this.#folder = path.join(runs, `.writing-${process.pid}-${writers++}`);
    mkdirSync(this.#folder, { recursive: true });
    this.#journal = kind === 'full' ? new JournalFileWriter(path.join(this.#folder, 'journal.jsonl')) : null;
  }
  get recorders(): readonly Recorder[] {
    return this.#journal === null ? [] : [this.#journal];
  }

  /** Puts the run in its place. A run of the same id is the same run, so it may be replaced. Returns its folder. */
  commit(backtest: Backtest, strategyFile: string | null, dataRoot: string): string {
    const { result, series, entries } = backtest;
    const chain = this.#journal?.close() ?? null;
    const manifest: RunManifest = {
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
    };
    this.#write('result.json', result);
    this.#write('series.json', series);
    this.#write('manifest.json', manifest);
    const folder = path.join(this.#runs, result.runId);
    rmSync(folder, { recursive: true, force: true });
    renameSync(this.#folder, folder);
    return folder;
  }
  /** Leaves nothing behind. */
  discard(): void {
    this.#journal?.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }
  #write(name: string, value: unknown): void {
    writeFileSync(path.join(this.#folder, name), `${JSON.stringify(value)}\n`);
  }
}
let writers = 0;

const config = z.object({
  strategy: z.string(),
  strategyHash: z.string().nullable(),
  params: z.record(z.string(), z.union([z.number(), z.boolean(), z.string()])),
  features: z.array(z.string()),
  symbols: z.array(z.string()),
  interval: z.string(),
  from: z.number().nullable(),
  to: z.number().nullable(),
  seed: z.number(),
  equity: z.string(),
  makerFeeBps: z.number(),
  takerFeeBps: z.number(),
  slippageBps: z.number(),
  fills: z.enum(['pessimistic', 'heuristic', 'optimistic']),
  maxLeverage: z.number(),
});
const manifestShape = z.object({
  schema: z.literal('orrery.manifest/1'),
  runId: z.string(),
  mode: z.literal('backtest'),
  digest: z.string(),
  journal: z.object({ kind: z.enum(['full', 'hash']), entries: z.number(), chain: z.string().nullable() }),
  strategy: z.object({ id: z.string(), file: z.string().nullable(), hash: z.string().nullable() }),
  config,
  dataset: z.object({
    digest: z.string(),
    synthetic: z.boolean(),
    symbols: z.array(
      z.object({
        symbol: z.string(),
        interval: z.string(),
        rows: z.number(),
        first: z.number(),
        last: z.number(),
        gaps: z.number(),
        fundingRows: z.number(),
        source: z.string(),
        digest: z.string(),
      }),
    ),
  }),
  dataRoot: z.string(),
  versions: z.record(z.string(), z.string()),
});

/** @throws InputError naming the file and the field that is wrong */
export function readManifest(folder: string): RunManifest {
  const file = path.join(folder, 'manifest.json');
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new InputError(`${file}: ${(error as Error).message}; run the backtest again`, { cause: error });
  }
  const parsed = manifestShape.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new InputError(`${file}: ${issue?.path.join('.') ?? ''} ${issue?.message ?? 'has another shape'}; run the backtest again`);
}
