import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { EntryList, findDivergence, type Divergence, type StrategyDefinition } from '@orrery/core';
import { InputError } from '@orrery/data';
import { DigestRecorder, readJournal } from '@orrery/data/journal';
import type { MarketData } from '../market-data.ts';
import type { RunRequest } from '../run-request.ts';
import { runBacktest } from './run-backtest.ts';
import { readManifest, sha256, type RunManifest } from './manifest.ts';

/** What a fresh run of a stored one gave. */
export interface Verification {
  readonly runId: string;
  readonly digest: string;
  readonly fresh: string;
  readonly isSame: boolean;
  readonly entries: number;
  /** Where the stored journal and the fresh one part; null when they are the same or no journal was kept. */
  readonly divergence: Divergence | null;
}
export interface VerifyOptions {
  readonly loadStrategy: (manifest: RunManifest) => Promise<{ readonly strategy: StrategyDefinition; readonly hash: string | null }>;
  readonly loadMarket: (manifest: RunManifest) => Promise<MarketData>;
  readonly blockRows?: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, total: number) => void;
}

/**
 * Runs a stored backtest again from its manifest and compares, entry by entry where the journal was kept.
 * @throws InputError when strategy, data, journal or another file are no longer those of the run
 */
export async function verifyRun(folder: string, options: VerifyOptions): Promise<Verification> {
  const manifest = readManifest(folder);
  checkFiles(folder, manifest);
  const { strategy, hash } = await options.loadStrategy(manifest);
  if (hash !== manifest.strategy.hash) {
    throw new InputError(
      `${manifest.strategy.file ?? manifest.strategy.id}: the strategy's source has changed since run ${manifest.runId}; run the backtest again`,
    );
  }
  const market = await options.loadMarket(manifest);
  checkData(manifest, market);
  const list = new EntryList();
  const keeps = manifest.journal.kind === 'full';
  const request: RunRequest = { ...manifest.config, strategy, strategyHash: hash };
  const { signal, onProgress, blockRows } = options;
  const fresh = await runBacktest(request, market, {
    bounds: false,
    recorders: keeps ? [list] : [],
    signal,
    onProgress,
    ...(blockRows === undefined ? {} : { blockRows }),
  });
  const divergence = keeps ? await compareJournal(folder, manifest, list) : null;
  const isSame = fresh.result.digest === manifest.digest && divergence === null;
  return {
    runId: manifest.runId,
    digest: manifest.digest,
    fresh: fresh.result.digest,
    isSame,
    entries: manifest.journal.entries,
    divergence,
  };
}

/** A digest says that the run can be repeated; that the numbers shown are the run's is another matter. */
function checkFiles(folder: string, manifest: RunManifest): void {
  for (const [name, hash] of Object.entries(manifest.files)) {
    const file = path.join(folder, name);
    if (!existsSync(file)) throw new InputError(`${file}: missing; run the backtest again`);
    if (sha256(readFileSync(file)) !== hash) {
      throw new InputError(`${file}: was changed since the run was written; restore it, or run the backtest again`);
    }
  }
}

function checkData(manifest: RunManifest, market: MarketData): void {
  if (market.digest === manifest.dataset.digest) return;
  const changed = market.datasetSymbols.filter((now, k) => now.digest !== manifest.dataset.symbols[k]?.digest).map(({ symbol }) => symbol);
  throw new InputError(
    `data of ${changed.slice(0, 5).join(', ') || 'the run'} is not what run ${manifest.runId} read; restore it, or run the backtest again`,
  );
}

async function compareJournal(folder: string, manifest: RunManifest, fresh: EntryList): Promise<Divergence | null> {
  const file = path.join(folder, 'journal.jsonl');
  if (!existsSync(file)) throw new InputError(`${file}: missing; run the backtest again`);
  const stored = await readJournal(file);
  if (stored.chain !== manifest.journal.chain || stored.entries.length !== manifest.journal.entries) {
    throw new InputError(
      `${file}: ${stored.isTorn ? 'its last line is cut off' : 'it ends elsewhere than the manifest says'} (${stored.entries.length} of ${manifest.journal.entries} entries); run the backtest again`,
    );
  }
  const digest = new DigestRecorder();
  for (const { seq, pos, lane, message } of stored.entries) digest.record(seq, pos, lane, message);
  if (digest.digest() !== manifest.digest) throw new InputError(`${file}: its digest is not the manifest's; run the backtest again`);
  return findDivergence(stored.entries, fresh.entries);
}
