import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import {
  EntryList,
  findDivergence,
  type Divergence,
  type JournalEntry,
  type ModelReference,
  type Strategy,
  type StrategyDefinition,
} from '@orrery/core';
import { InputError } from '@orrery/data';
import { DigestRecorder, readJournal } from '@orrery/data/journal';
import { sha256 } from '@orrery/data/run';
import type { MarketData } from '../market-data.ts';
import type { RunRequest } from '../run-request.ts';
import { columnNames, readPredictions } from './prediction-columns.ts';
import type { PredictionSourceOf } from './prediction-source.ts';
import { RecordedPredictions, type Drift } from './recorded-predictions.ts';
import { runBacktest } from './run-backtest.ts';
import { isOfFormerVenue, readManifest, type RunManifest } from './manifest.ts';

/** What a fresh run of a stored one gave. */
export interface Verification {
  readonly runId: string;
  readonly digest: string;
  readonly fresh: string;
  readonly isSame: boolean;
  /** The version that made the run, where its simulated venue was another: the run then need not come out the same. */
  readonly formerVenue: string | null;
  readonly entries: number;
  /** Where the stored journal and the fresh one part; null when they are the same or no journal was kept. */
  readonly divergence: Divergence | null;
  /** How far the models are from what they said then; null unless that was asked for. */
  readonly drift: Drift | null;
}
export interface VerifyOptions {
  readonly loadStrategy: (manifest: RunManifest) => Promise<{ readonly strategy: StrategyDefinition; readonly hash: string | null }>;
  readonly loadMarket: (manifest: RunManifest) => Promise<MarketData>;
  /** Finds the run's models; called only where the journal cannot stand in for them, or to rescore. */
  readonly loadModels?: (models: readonly ModelReference[]) => Promise<PredictionSourceOf>;
  /** Also ask the models, and compare with what they said then. Needs a full journal. */
  readonly rescore?: boolean;
  readonly blockRows?: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, total: number) => void;
}

/**
 * Runs a stored backtest again from its manifest and compares, entry by entry where the journal was kept. Predictions are facts:
 * with a full journal they are taken from it, so that the run can be told again without its models.
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
  const formerVenue = isOfFormerVenue(folder) ? (manifest.versions['orrery'] ?? 'unknown') : null;
  // The entries of a former journal have other fields: only its digest can be compared.
  const stored = manifest.journal.kind === 'full' && formerVenue === null ? await readStored(folder, manifest) : null;
  const predictions = await predictionsOf(folder, manifest, stored, options);
  const market = await options.loadMarket(manifest);
  checkData(manifest, market, formerVenue);
  const list = new EntryList();
  const request: RunRequest = { ...manifest.config, strategy, strategyHash: hash };
  const { signal, onProgress, blockRows } = options;
  const fresh = await runBacktest(request, market, {
    bounds: 'never',
    recorders: stored === null ? [] : [list],
    predictions: predictions.source,
    signal,
    onProgress,
    ...(blockRows === undefined ? {} : { blockRows }),
  });
  const divergence = stored === null ? null : findDivergence(stored, list.entries);
  return {
    runId: manifest.runId,
    digest: manifest.digest,
    fresh: fresh.result.digest,
    isSame: fresh.result.digest === manifest.digest && divergence === null,
    formerVenue,
    entries: manifest.journal.entries,
    divergence,
    drift: options.rescore === true ? predictions.drift() : null,
  };
}

interface Predictions {
  readonly source: PredictionSourceOf | undefined;
  readonly drift: () => Drift | null;
}

async function predictionsOf(
  folder: string,
  manifest: RunManifest,
  stored: readonly JournalEntry[] | null,
  options: VerifyOptions,
): Promise<Predictions> {
  const { models, symbols } = manifest.config;
  const { runId } = manifest;
  if (options.rescore === true && (models.length === 0 || stored === null)) {
    const why = models.length === 0 ? 'it read no models' : 'only its digest was kept; keep the entries with --journal full';
    throw new InputError(`run ${runId}: has no stored predictions to rescore: ${why}`);
  }
  if (models.length === 0) return { source: undefined, drift: () => null };
  if (stored === null) return { source: await loaded(options, manifest), drift: () => null };
  const fresh = options.rescore === true ? await loaded(options, manifest) : undefined;
  let recorded: RecordedPredictions | null = null;
  const source = (strategy: Strategy<unknown>): RecordedPredictions => {
    const columns = columnNames(strategy).length === 0 ? [] : readPredictions(folder, symbols);
    recorded = new RecordedPredictions(stored, columns, fresh?.(strategy) ?? null);
    return recorded;
  };
  return { source, drift: () => recorded?.drift ?? null };
}

async function loaded({ loadModels, rescore }: VerifyOptions, manifest: RunManifest): Promise<PredictionSourceOf> {
  const why =
    rescore === true ? 'rescoring asks its models again' : "only its digest was kept, so its models' predictions have to be made again";
  if (loadModels === undefined) throw new InputError(`run ${manifest.runId}: ${why}, and none is given`);
  try {
    return await loadModels(manifest.config.models);
  } catch (cause) {
    if (!(cause instanceof Error) || cause.name !== 'InputError') throw cause;
    throw new InputError(`run ${manifest.runId}: ${why}: ${cause.message}`, { cause });
  }
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

function checkData(manifest: RunManifest, market: MarketData, formerVenue: string | null): void {
  if (market.digest === manifest.dataset.digest) return;
  const changed = market.datasetSymbols.filter((now, k) => now.digest !== manifest.dataset.symbols[k]?.digest).map(({ symbol }) => symbol);
  const why = formerVenue === null ? '' : ` (orrery ${formerVenue}, which made it, read no mark prices and no ends of symbols)`;
  throw new InputError(
    `data of ${changed.slice(0, 5).join(', ') || 'the run'} is not what run ${manifest.runId} read${why}; restore it, or run the backtest again`,
  );
}

/** The stored journal, once it is certain that it is the run's. */
async function readStored(folder: string, manifest: RunManifest): Promise<readonly JournalEntry[]> {
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
  return stored.entries;
}
