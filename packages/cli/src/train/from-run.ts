import { existsSync } from 'node:fs';
import path from 'node:path';
import { readRunSamples, type RunManifest } from '@orrery/backtest';
import type { Interval } from '@orrery/core';
import type { Market, SignalSample } from '@orrery/data';
import { buildRunSamples, defaultFeatures, featureColumns, positionLabels, type ModelOrigin, type RunSampleCounts } from '@orrery/ml-train';
import { dataRootOf, loadRunMarket } from '../backtest/market.ts';
import { InputError } from '../input-error.ts';
import { parseInterval } from '../interval-flag.ts';
import { findRunFolder, isLiveRun, runsFolder } from '../runs/store.ts';
import type { Flags, VerbContext } from '../verb.ts';
import { modelName } from './settings.ts';
import type { OnStage, TrainingSource } from './source.ts';

/** What a run says itself, so that nobody may say it beside it. */
const OF_THE_RUN = ['strategy', 'symbols', 'interval', 'from', 'to', 'timeframes', 'param'];
/** What labels signals where no virtual position does. */
const OF_BARRIERS = ['barriers', 'atr-length', 'take-profit', 'stop-loss', 'max-candles', 'cost-bps'];

/** A run, its samples, and the candles that it read. */
interface Source {
  readonly manifest: RunManifest;
  readonly market: Market;
  readonly samples: readonly SignalSample[];
}

/** The closed virtual positions of finished runs; what is wrong with the runs is found before the training begins. */
export async function sourceFromRuns(flags: Flags, context: VerbContext): Promise<(onStage: OnStage) => Promise<TrainingSource>> {
  refuseConflicts(flags);
  const runs = runsFolder(context);
  const stored = flags.list('from-run').map((text) => readRunSamples(runFolder(text, runs)));
  const ids = stored.map(({ manifest }) => manifest.runId);
  const twice = ids.find((id, k) => ids.indexOf(id) < k);
  if (twice !== undefined) throw new InputError(`--from-run ${twice} was given twice: give it once`);
  const [first, ...others] = stored;
  if (first === undefined) throw new InputError('--from-run is empty: name a run; see orrery runs list');
  for (const other of others) requireSame(first.manifest, other.manifest);
  const { config } = first.manifest;
  const interval = parseInterval('interval', config.interval);
  const name = modelName(flags.string('name'), config.strategy);
  const texts = flags.list('feature');
  const columns = featureColumns(texts.length > 0 ? texts : defaultFeatures(interval));
  const sources: Source[] = [];
  for (const { manifest, samples } of stored) sources.push({ manifest, samples, market: await marketOf(manifest, context) });
  return (onStage) => {
    onStage('reading', 0, 1);
    const found = buildRunSamples(
      sources.map(({ manifest: { runId }, market, samples }) => ({ runId, market, samples })),
      interval,
      columns,
    );
    onStage('reading', 1, 1);
    const { counts, samples } = found;
    const origin = originOf(name, interval, sources, counts);
    return Promise.resolve({ samples, interval, origin, counts: { ...counts }, line: lineOf(counts) });
  };
}

/** @throws InputError naming the first flag that says what a run says already, or nothing */
function refuseConflicts(flags: Flags): void {
  const isGiven = (name: string): boolean => {
    if (name === 'symbols' || name === 'timeframes' || name === 'param') return flags.list(name).length > 0;
    return (NUMBERS.has(name) ? flags.number(name) : flags.string(name)) !== undefined;
  };
  const ofRun = OF_THE_RUN.find(isGiven);
  if (ofRun !== undefined) throw new InputError(`--${ofRun} and --from-run: the run says it already; leave out --${ofRun}`);
  const ofBarriers = OF_BARRIERS.find(isGiven);
  if (ofBarriers !== undefined)
    throw new InputError(`--${ofBarriers} and --from-run: the run's virtual positions are labelled already; leave out --${ofBarriers}`);
}
const NUMBERS: ReadonlySet<string> = new Set(['atr-length', 'take-profit', 'stop-loss', 'max-candles', 'cost-bps']);

/** A run's folder, named by its id, the start of it, or its path. */
function runFolder(text: string, runs: string): string {
  const folder = existsSync(path.join(text, 'manifest.json')) ? path.resolve(text) : findRunFolder(runs, text);
  if (isLiveRun(folder)) throw new InputError(`--from-run ${text}: is a live run, which keeps no samples; name a backtest`);
  return folder;
}

/** @throws InputError where two runs do not answer the same question */
function requireSame(first: RunManifest, other: RunManifest): void {
  const parts: readonly (readonly [string, unknown, unknown])[] = [
    ['strategy', first.strategy.id, other.strategy.id],
    ['source of the strategy', first.strategy.hash, other.strategy.hash],
    ['parameters', sorted(first.config.params), sorted(other.config.params)],
    ['interval', first.config.interval, other.config.interval],
    ['taker fee', first.config.takerFeeBps, other.config.takerFeeBps],
  ];
  const differing = parts.find(([, a, b]) => JSON.stringify(a) !== JSON.stringify(b));
  if (differing === undefined) return;
  throw new InputError(
    `--from-run: ${first.runId} and ${other.runId} differ in their ${differing[0]}; train from runs of the same, one model for each`,
  );
}
function sorted(params: Readonly<Record<string, unknown>>): readonly (readonly [string, unknown])[] {
  return Object.entries(params).toSorted(([a], [b]) => (a < b ? -1 : 1));
}

/** @throws InputError when the data is no longer what the run read */
async function marketOf(manifest: RunManifest, context: VerbContext): Promise<Market> {
  const market = await loadRunMarket(dataRootOf(manifest, context), manifest.config);
  if (market.digest === manifest.dataset.digest) return market;
  const changed = market.datasetSymbols
    .filter(({ digest }, k) => digest !== manifest.dataset.symbols[k]?.digest)
    .map(({ symbol }) => symbol);
  throw new InputError(
    `data of ${changed.slice(0, 5).join(', ') || 'the run'} is not what run ${manifest.runId} read: its samples are of other candles; restore it, or run the backtest again`,
  );
}

function originOf(name: string, interval: Interval, sources: readonly Source[], counts: RunSampleCounts): ModelOrigin {
  const sets = sources.flatMap(({ manifest: { runId }, market }) => market.datasetSymbols.map((set) => ({ ...set, runId })));
  const { strategy, config } = (sources[0] as Source).manifest;
  return {
    name,
    data: {
      symbols: [...new Set(sets.map(({ symbol }) => symbol))],
      interval,
      from: Math.min(...sets.map(({ first }) => first)),
      to: Math.max(...sets.map(({ last }) => last)) + 1,
      digests: Object.fromEntries(
        sets.map(({ symbol, runId, digest }) => [sources.length === 1 ? symbol : `${symbol} of ${runId}`, digest]),
      ),
    },
    strategy: { id: strategy.id, hash: strategy.hash, params: config.params },
    runs: sources.map(({ manifest: { runId, digest }, samples }) => ({ runId, digest, samples: samples.length })),
    labels: positionLabels(counts),
    rows: counts.samples,
  };
}

function lineOf(counts: RunSampleCounts): string {
  const { closed, samples, wins, takeProfit, stopLoss, expired, gradedStop, cutShort, weightless, warmingUp } = counts;
  const kept = `take-profit ${takeProfit}, stop-loss ${stopLoss}, expired ${expired}, graded stop ${gradedStop}`;
  const dropped = `${cutShort} cut short, ${weightless} of no quality, ${warmingUp} in warm-up`;
  return `samples      ${samples} of ${closed} closed virtual positions, ${wins} wins (${kept}; dropped: ${dropped})`;
}
