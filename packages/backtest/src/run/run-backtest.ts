import {
  canonicalText,
  toTicks,
  type Instrument,
  type Recorder,
  type RunConfig,
  type RunResult,
  type RunSeries,
  type Strategy,
  type SymbolTotals,
  type Ticks,
} from '@orrery/core';
import { DigestRecorder, FanOut } from '@orrery/data/journal';
import type { SampleList } from '@orrery/data';
import { sha256 } from '@orrery/data/run';
import type { MarketData } from '../market-data.ts';
import { computeMetrics } from '../metrics/index.ts';
import type { RunRequest } from '../run-request.ts';
import { accountSummary } from './account-summary.ts';
import { describeAssumptions } from './assumptions.ts';
import { buyAndHold } from './benchmark.ts';
import { boundsOf, type BoundsWanted } from './bounds.ts';
import { buildStrategy } from './build-strategy.ts';
import { columnNames, type PredictionColumns } from './prediction-columns.ts';
import type { PredictionSourceOf } from './prediction-source.ts';
import { featureGraphs } from '../scan/feature-graphs.ts';
import type { MappedArena } from '../scan/mapped-arena.ts';
import { DEFAULT_SWITCHES, type RunSwitches } from '../scan/run-switches.ts';
import { Refusals } from './refusals.ts';
import { SignalBook } from './signal-book.ts';
import { createInstruments, simulate, type Simulation } from './simulate.ts';
import { SymbolBook } from './symbol-book.ts';
import { TradeBook } from './trade-book.ts';
import { requireLongEnough, shortTapes } from './too-short.ts';
import { VERSIONS } from './versions.ts';
import { inSampleWarnings, type TrainedOn } from './trained-on.ts';
import { venueReference } from './venue-reference.ts';
import { runWarnings } from './warnings.ts';

export interface BacktestOptions {
  /** Further recorders, such as a journal file. */
  readonly recorders?: readonly Recorder[];
  readonly blockRows?: number | undefined;
  /** Answers the strategy's models; not needed for one that reads none. */
  readonly predictions?: PredictionSourceOf | undefined;
  /** What the strategy's models have learnt from, for a warning where it is the run's own candles. */
  readonly trainedOn?: readonly TrainedOn[] | undefined;
  /** Whether the other two readings of ambiguous candles are run as well. Default 'ambiguous'. */
  readonly bounds?: BoundsWanted;
  /** How it is computed; no result depends on it. */
  readonly switches?: RunSwitches | undefined;
  /** Where candles and features lie, with memory-mapped storage; the market was loaded into it. */
  readonly arena?: MappedArena | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}
export interface Backtest {
  readonly result: RunResult;
  readonly series: RunSeries;
  /** Entries of the journal. */
  readonly entries: number;
  /** What models said at every candle, by symbol; empty where none was asked that way. */
  readonly predictions: readonly PredictionColumns[];
  /** Closed virtual positions; empty for a strategy that raises no signals. */
  readonly samples: SampleList;
}

/**
 * One backtest from market to result.
 * @throws InputError for parameters or features that cannot be; StrategyError when the strategy fails at work
 */
export async function runBacktest(request: RunRequest, market: MarketData, options: BacktestOptions = {}): Promise<Backtest> {
  const instruments = createInstruments(market, request);
  const strategy = buildStrategy(request);
  const digest = new DigestRecorder();
  const [book, symbols, refusals] = [new TradeBook(instruments), new SymbolBook(instruments), new Refusals()];
  const signals = new SignalBook(instruments);
  const recorder = new FanOut([digest, book, symbols, refusals, signals, ...(options.recorders ?? [])]);
  const predictions = options.predictions?.(strategy);
  const began = performance.now();
  const features = await featureGraphs(market.tapes, strategy, options.switches ?? DEFAULT_SWITCHES, options);
  const short = shortTapes(strategy, market.tapes, features);
  requireLongEnough(strategy.id, short, instruments);
  const ahead = (performance.now() - began) / 1000;
  const onSlice = options.arena === undefined ? undefined : (): void => options.arena?.release();
  const run = await simulate(market, instruments, strategy, request, recorder, {
    ...options,
    predictions,
    features,
    onSlice,
    fills: request.fills,
  });
  // What threads have computed beforehand is a part of the run.
  const seconds = ahead + run.seconds;
  const journalDigest = digest.digest();
  const config = configOf(request, strategy);
  const last = lastTicks(market, instruments);
  const trades = book.rows(last, market.tapes);
  const series = seriesOf(run, market, symbols.totals(trades, last));
  const account = accountSummary(run, instruments, last, symbols.liquidations);
  const bounds = await boundsOf(request, market, instruments, run, { ...options, onSlice });
  const venue = venueReference(run, market);
  const result: RunResult = {
    schema: 'orrery.result/1',
    runId: `${slug(strategy.id)}-${sha256(JSON.stringify([config, market.digest, journalDigest])).slice(0, 12)}`,
    digest: journalDigest,
    dataset: { digest: market.digest, synthetic: market.synthetic, symbols: market.datasetSymbols },
    config,
    assumptions: describeAssumptions(request, market, venue),
    candles: run.candles,
    seconds,
    candlesPerSecond: Math.round(run.candles / Math.max(seconds, 1e-9)),
    account,
    metrics: computeMetrics({ series, trades, account }),
    trades,
    orders: { ...book.tally },
    ambiguousCandles: run.venue.ambiguousCandles,
    bounds,
    venue,
    signals: signals.summary(run.engine.counters),
    warnings: [
      ...runWarnings({ request, run, short, market, account, trades, bounds, venue, denied: book.tally.denied, refusals }),
      ...inSampleWarnings(market.tapes, options.trainedOn ?? []),
      ...market.warnings,
    ],
    versions: VERSIONS,
  };
  return { result, series, entries: digest.entries, predictions: columnsOf(run, strategy, request), samples: signals.samples };
}

function columnsOf(run: Simulation, strategy: Strategy<unknown>, { symbols }: RunRequest): readonly PredictionColumns[] {
  const names = columnNames(strategy);
  if (names.length === 0) return [];
  return symbols.map((symbol, id) => ({ symbol, names, columns: run.engine.predictions[id] ?? [] }));
}

function configOf(request: RunRequest, strategy: Strategy<unknown>): RunConfig {
  const {
    strategyHash,
    models,
    symbols,
    interval,
    from,
    to,
    seed,
    equity,
    makerFeeBps,
    takerFeeBps,
    slippageBps,
    fills,
    maxLeverage,
    venue,
  } = request;
  const defaults = Object.entries(request.strategy.params).map(([name, param]) => [name, param.default] as const);
  return {
    strategy: strategy.id,
    strategyHash,
    params: { ...Object.fromEntries(defaults), ...(request.params as RunConfig['params']) },
    features: strategy.features.map(canonicalText),
    models,
    symbols,
    interval,
    from,
    to,
    seed,
    equity,
    makerFeeBps,
    takerFeeBps,
    slippageBps,
    fills,
    maxLeverage,
    venue,
  };
}

function seriesOf(run: Simulation, market: MarketData, symbols: readonly SymbolTotals[]): RunSeries {
  const { curve } = run.engine;
  return {
    schema: 'orrery.series/1',
    daily: { time: curve.dayTime, equity: curve.dayEquity },
    curve: {
      time: curve.time,
      equity: curve.equity,
      low: curve.low,
      high: curve.high,
      exposure: curve.exposure,
      marginRatio: curve.marginRatio,
      liquidationDistance: curve.liquidationDistance,
    },
    symbols,
    benchmark: buyAndHold(market.tapes, curve.time),
    framesInMarket: curve.framesInMarket,
    frames: curve.frames,
    maxDrawdown: curve.maxDrawdown,
  };
}

function lastTicks(market: MarketData, instruments: readonly Instrument[]): Ticks[] {
  return instruments.map((instrument, id) => toTicks(instrument, market.tapes[id]?.close[(market.tapes[id]?.length ?? 0) - 1] ?? 0));
}

function slug(id: string): string {
  return id.replace(/[^A-Za-z0-9._-]+/g, '-').slice(0, 40);
}
