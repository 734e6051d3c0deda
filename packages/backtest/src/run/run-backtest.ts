import {
  canonicalText,
  COST,
  FEES,
  formatSats,
  FUNDING,
  ParamError,
  REALIZED,
  SLIPPAGE,
  StrategyError,
  toTicks,
  type Instrument,
  type Recorder,
  type ResultBounds,
  type RunConfig,
  type RunResult,
  type RunSeries,
  type Sats,
  type Strategy,
} from '@orrery/core';
import { InputError } from '@orrery/data';
import { DigestRecorder, FanOut } from '@orrery/data/journal';
import { sha256 } from '@orrery/data/run';
import type { MarketData } from '../market-data.ts';
import { computeMetrics } from '../metrics/index.ts';
import type { RunRequest } from '../run-request.ts';
import { describeAssumptions } from './assumptions.ts';
import { buyAndHold } from './benchmark.ts';
import { columnNames, type PredictionColumns } from './prediction-columns.ts';
import type { PredictionSourceOf } from './prediction-source.ts';
import { createInstruments, simulate, type Simulation } from './simulate.ts';
import { TradeBook } from './trade-book.ts';
import { VERSIONS } from './versions.ts';
import { inSampleWarnings, type TrainedOn } from './trained-on.ts';
import { runWarnings } from './warnings.ts';

export interface BacktestOptions {
  /** Further recorders, such as a journal file. */
  readonly recorders?: readonly Recorder[];
  readonly blockRows?: number;
  /** Answers the strategy's models; not needed for one that reads none. */
  readonly predictions?: PredictionSourceOf | undefined;
  /** What the strategy's models have learnt from, for a warning where it is the run's own candles. */
  readonly trainedOn?: readonly TrainedOn[] | undefined;
  /** Also run the other two readings of ambiguous candles where there are any. Default true. */
  readonly bounds?: boolean;
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
}

/**
 * One backtest from market to result.
 * @throws InputError for parameters or features that cannot be; StrategyError when the strategy fails at work
 */
export async function runBacktest(request: RunRequest, market: MarketData, options: BacktestOptions = {}): Promise<Backtest> {
  const instruments = createInstruments(market, request);
  const strategy = buildStrategy(request);
  const digest = new DigestRecorder();
  const book = new TradeBook(instruments);
  const recorder = new FanOut([digest, book, ...(options.recorders ?? [])]);
  const predictions = options.predictions?.(strategy);
  const run = await simulate(market, instruments, strategy, request, recorder, { ...options, predictions, fills: request.fills });
  const journalDigest = digest.digest();
  const config = configOf(request, strategy);
  const runId = `${slug(strategy.id)}-${sha256(JSON.stringify([config, market.digest, journalDigest])).slice(0, 12)}`;
  const series = seriesOf(run, market);
  const totals = run.engine.ledger.totals;
  const sats = (slot: number): string => formatSats((totals[slot] ?? NaN) as Sats);
  const equity = run.engine.desk.equity();
  const account = {
    startEquity: formatSats(run.engine.ledger.start),
    endEquity: formatSats(equity),
    fees: sats(FEES),
    funding: sats(FUNDING),
    slippage: sats(SLIPPAGE),
    realizedPnl: sats(REALIZED),
    unrealizedPnl: formatSats((openValue(run, market, instruments) - (totals[COST] ?? NaN)) as Sats),
    liquidations: 0,
    liquidationFees: formatSats(0 as Sats),
    absorbed: formatSats(0 as Sats),
  };
  const trades = book.rows(lastTicks(market, instruments));
  const bounds = options.bounds === false ? null : await boundsOf(request, market, instruments, run, account.endEquity, options);
  const result: RunResult = {
    schema: 'orrery.result/1',
    runId,
    digest: journalDigest,
    dataset: { digest: market.digest, synthetic: market.synthetic, symbols: market.datasetSymbols },
    config,
    assumptions: describeAssumptions(request, market.funding.filter(({ times }) => times.length > 0).length),
    candles: run.candles,
    seconds: run.seconds,
    candlesPerSecond: Math.round(run.candles / Math.max(run.seconds, 1e-9)),
    account,
    metrics: computeMetrics({ series, trades, account }),
    trades,
    orders: { ...book.tally },
    ambiguousCandles: run.venue.ambiguousCandles,
    bounds,
    venue: { brackets: null, filters: null, withoutBrackets: [], markRows: 0, rows: run.candles, fineCandles: 0, coarseCandles: 0 },
    warnings: [
      ...runWarnings(run, market, book.tally, trades.length, bounds),
      ...inSampleWarnings(market.tapes, options.trainedOn ?? []),
      ...market.warnings,
    ],
    versions: VERSIONS,
  };
  return { result, series, entries: digest.entries, predictions: columnsOf(run, strategy, request) };
}

function columnsOf(run: Simulation, strategy: Strategy<unknown>, { symbols }: RunRequest): readonly PredictionColumns[] {
  const names = columnNames(strategy);
  if (names.length === 0) return [];
  return symbols.map((symbol, id) => ({ symbol, names, columns: run.engine.predictions[id] ?? [] }));
}

/**
 * The strategy of a request, with its parameters and models.
 * @throws InputError naming the parameter, or what else keeps it from being built
 */
export function buildStrategy(request: RunRequest): Strategy<unknown> {
  const { id } = request.strategy;
  let built: Strategy<unknown>;
  try {
    built = request.strategy.build(request.params, Object.fromEntries(request.models.map((model) => [model.name, model])));
  } catch (error) {
    if (error instanceof ParamError || error instanceof RangeError)
      throw new InputError(`strategy ${id}: ${error.message}`, { cause: error });
    throw new StrategyError(`strategy ${id} could not be built: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
  if (!isStrategy(built)) throw new InputError(`strategy ${id}: its build() gave no strategy; write it with defineStrategy({ … })`);
  return built;
}

/** A user's file may be JavaScript, which no compiler has checked. */
function isStrategy(value: Partial<Strategy<unknown>> | null | undefined): value is Strategy<unknown> {
  return (
    Array.isArray(value?.features) &&
    Array.isArray(value.models) &&
    typeof value.initialState === 'function' &&
    typeof value.decide === 'function'
  );
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

/** Ambiguous candles give an interval, not a number: its ends are two more runs. */
async function boundsOf(
  request: RunRequest,
  market: MarketData,
  instruments: readonly Instrument[],
  run: Simulation,
  endEquity: string,
  options: BacktestOptions,
): Promise<ResultBounds | null> {
  if (run.venue.ambiguousCandles === 0) return null;
  const ends: Record<keyof ResultBounds, string> = { pessimistic: endEquity, heuristic: endEquity, optimistic: endEquity };
  for (const fills of ['pessimistic', 'heuristic', 'optimistic'] as const) {
    if (fills === request.fills) continue;
    const strategy = buildStrategy(request);
    const predictions = options.predictions?.(strategy);
    const other = await simulate(market, instruments, strategy, request, SILENT, { fills, predictions, signal: options.signal });
    ends[fills] = formatSats(other.engine.desk.equity());
  }
  return ends;
}
const SILENT: Recorder = { record: () => undefined };

function seriesOf(run: Simulation, market: MarketData): RunSeries {
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
      marginRatio: curve.time.map(() => 0),
      liquidationDistance: curve.time.map(() => null),
    },
    symbols: [],
    benchmark: buyAndHold(market.tapes, curve.time),
    framesInMarket: curve.framesInMarket,
    frames: curve.frames,
    maxDrawdown: curve.maxDrawdown,
  };
}

function lastTicks(market: MarketData, instruments: readonly Instrument[]): ReturnType<typeof toTicks>[] {
  return instruments.map((instrument, id) => toTicks(instrument, market.tapes[id]?.close[(market.tapes[id]?.length ?? 0) - 1] ?? 0));
}

/** All positions at the last closes, sats. */
function openValue(run: Simulation, market: MarketData, instruments: readonly Instrument[]): number {
  const last = lastTicks(market, instruments);
  return instruments.reduce((sum, { id, tickLotSats }) => sum + (run.engine.ledger.qty[id] ?? 0) * (last[id] ?? 0) * tickLotSats, 0);
}

function slug(id: string): string {
  return id.replace(/[^A-Za-z0-9._-]+/g, '-').slice(0, 40);
}
