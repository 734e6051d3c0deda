import { setImmediate } from 'node:timers/promises';
import {
  buildSchedule,
  createFeatureGraph,
  createInstrument,
  Engine,
  parseDecimal,
  rateFromBps,
  SimVenue,
  venueAssumptionsOf,
  type Demand,
  type FeatureGraph,
  type FillPath,
  type Instrument,
  type InstrumentId,
  type Recorder,
  type Sats,
  type Strategy,
  type Tape,
  type MarginSample,
  type VenueAssumptions,
} from '@orrery/core';
import { InputError } from '@orrery/data';
import type { PredictionTable } from '@orrery/models';
import type { MarketData } from '../market-data.ts';
import { graphOf } from '../scan/feature-graphs.ts';
import type { RunRequest } from '../run-request.ts';
import type { PredictionSource } from './prediction-source.ts';

/** Rows before the first look at Ctrl-C, and at most between two; a slow strategy gets fewer at a time. */
const FIRST_SLICE = 64;
const LARGEST_SLICE = 1 << 19;
/** Time between two looks, ms: short for a hand on the keyboard, long for the engine. */
const SLICE_MS = 100;
const CURVE_POINTS = 2000;
/** Rows whose features are computed at once: enough of each symbol that its state is brought into the cache for more than a few. */
const LEAST_BLOCK = 4096;
const ROWS_A_SYMBOL = 512;
const MINUTE = 60_000;

/** What a simulation leaves behind. */
export interface Simulation {
  readonly engine: Engine<unknown>;
  readonly venue: SimVenue;
  /** Computed to the end. */
  readonly features: readonly FeatureGraph[];
  readonly candles: number;
  readonly seconds: number;
}
export interface SimulateOptions {
  readonly fills: FillPath;
  /** Answers the strategy's models; not needed for one that reads none. */
  readonly predictions?: PredictionSource | undefined;
  readonly blockRows?: number | undefined;
  /** The strategy's features on each tape; default: computed as the run goes on. */
  readonly features?: readonly FeatureGraph[] | undefined;
  /** Called between two slices, at most some times a second. */
  readonly onSlice?: (() => void) | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

/** The run's instruments with the account's fees. */
export function createInstruments(market: MarketData, request: RunRequest): readonly Instrument[] {
  const fees = { maker: rateFromBps(request.makerFeeBps), taker: rateFromBps(request.takerFeeBps) };
  return market.filters.map((filters, id) => createInstrument(id as InstrumentId, filters, fees));
}

/** What the simulated venue is told of a request. */
export function venueAssumptions(request: RunRequest, fills: FillPath): VenueAssumptions {
  parseEquity(request.equity);
  return venueAssumptionsOf({ ...request, fills });
}

/** Where the account stands; a balance that is used up counts as at its liquidation, which it is. */
function marginOf(venue: SimVenue, ts: number): MarginSample {
  const { ratio, distance } = venue.marginSnapshot(ts);
  return { ratio: ratio >= 0 && ratio < 1 ? ratio : 1, distance };
}

/** Runs a strategy over a market from the first candle to the last. Pure but for its own timing and the signal. */
export async function simulate(
  market: MarketData,
  instruments: readonly Instrument[],
  strategy: Strategy<unknown>,
  request: RunRequest,
  recorder: Recorder,
  options: SimulateOptions,
): Promise<Simulation> {
  const { tapes } = market;
  const venue = new SimVenue({ ...market, instruments }, venueAssumptions(request, options.fills));
  const schedule = buildSchedule(tapes);
  const features = options.features ?? tapes.map((tape) => graphOf(strategy, (specs) => createFeatureGraph(tape, specs)));
  const engine = new Engine<unknown>({
    strategy,
    instruments,
    tapes,
    schedule,
    features,
    venue,
    recorder,
    startEquity: parseEquity(request.equity),
    maxLeverage: request.maxLeverage,
    blockRows: options.blockRows ?? Math.max(LEAST_BLOCK, ROWS_A_SYMBOL * tapes.length),
    curveBucketMs: curveBucket(tapes),
    hedgeMode: request.venue.hedgeMode,
    ...(market.universe === null ? {} : { universe: market.universe }),
    margin: { sample: (ts) => marginOf(venue, ts), frameMs: Math.min(...tapes.map(({ intervalMs }) => intervalMs)) },
  });
  const table = { features: strategy.features, columns: features.map((graph) => graph.columns), predictions: engine.predictions };
  const started = performance.now();
  let [slice, looked] = [FIRST_SLICE, started];
  while (engine.pos < schedule.length) {
    options.signal?.throwIfAborted();
    const until = Math.min(engine.pos + slice, schedule.length);
    for (let demand = blamed(() => engine.advance(until)); demand !== 'end'; demand = blamed(() => engine.advance(until))) {
      if (options.predictions === undefined) throw new InputError(`strategy ${strategy.id} asks for predictions, and no model is given`);
      serve(engine, demand, options.predictions, table);
    }
    options.onProgress?.(engine.pos, schedule.length);
    options.onSlice?.();
    await setImmediate();
    const now = performance.now();
    slice = Math.min(LARGEST_SLICE, now - looked < SLICE_MS ? slice * 2 : Math.max(1, slice >> 1));
    looked = now;
  }
  options.signal?.throwIfAborted();
  engine.curve.finish();
  return { engine, venue, features, candles: schedule.length, seconds: (performance.now() - started) / 1000 };
}

/** Brings what the engine waits for: a block's prediction columns, or the answers to the requests of one timestamp. */
function serve(engine: Engine<unknown>, demand: Exclude<Demand, 'end'>, source: PredictionSource, table: PredictionTable): void {
  switch (demand) {
    case 'block-predictions':
      source.fill(engine.pendingBlock, table);
      return;
    case 'frame-predictions':
      for (const fact of source.answer(engine.takeRequests())) blamed(() => engine.accept(fact));
      return;
    default:
      throw new TypeError(`unknown demand ${String(demand satisfies never)}`);
  }
}

/** The engine blames the strategy for whatever is thrown while it decides; a full disk under the journal is not its fault. */
function blamed<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    const cause: unknown = error instanceof Error ? error.cause : undefined;
    throw cause instanceof Error && 'syscall' in cause ? cause : error;
  }
}

/** @throws InputError when it is no positive amount with at most eight decimals, or too large to be exact. */
export function parseEquity(text: string): Sats {
  const fail = (): InputError =>
    new InputError(
      `--equity ${text}: give an amount in USDT above 0 and below 90 million in plain digits, with at most 8 decimals, e.g. 10000`,
    );
  let amount;
  try {
    amount = parseDecimal(text);
  } catch {
    throw fail();
  }
  const sats = amount.units * 10 ** (8 - amount.decimals);
  if (amount.decimals > 8 || !Number.isSafeInteger(sats) || sats <= 0) throw fail();
  return sats as Sats;
}

/** Width of a point of the equity curve: whole minutes, so that the run's span takes about two thousand. */
function curveBucket(tapes: readonly Tape[]): number {
  let first = Infinity;
  let last = -Infinity;
  for (const { closeTs, length } of tapes) {
    first = Math.min(first, closeTs[0] ?? Infinity);
    last = Math.max(last, closeTs[length - 1] ?? -Infinity);
  }
  const span = last - first;
  return Number.isFinite(span) ? Math.max(MINUTE, Math.ceil(span / CURVE_POINTS / MINUTE) * MINUTE) : MINUTE;
}
