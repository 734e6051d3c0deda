import { Engine } from '../engine/engine.ts';
import type { BlockRange } from '../engine/options.ts';
import type { Recorder } from '../engine/recorder.ts';
import type { Venue } from '../engine/venue.ts';
import { createFeatureGraph } from '../feature/graph.ts';
import { EntryList } from '../journal/entry-list.ts';
import { buildSchedule, type Schedule } from '../market/schedule.ts';
import type { Tape } from '../market/tape.ts';
import type { Fact, JournalEntry, RequestPrediction } from '../messages.ts';
import type { Strategy } from '../strategy/strategy.ts';
import { SATS_PER_UNIT, type RateE8, type Sats } from '../units.ts';
import { PLAIN_VENUE } from '../venue/assumptions.ts';
import { SimVenue } from '../venue/sim-venue.ts';
import { tapesOf, type Market } from './market.ts';

const START_EQUITY = (10_000 * SATS_PER_UNIT) as Sats;
const SLIPPAGE = 10_000 as RateE8;

/** Answers the requests of one timestamp with facts, as a driver does. */
export type Answer = (requests: readonly RequestPrediction[]) => Iterable<Fact>;

export interface SessionParts {
  readonly market: Market;
  readonly strategy: Strategy<unknown>;
  readonly blockRows?: number;
  /** Default: the simulated venue. */
  readonly venue?: Venue;
  readonly recorder?: Recorder;
  readonly answer: Answer;
  /** What the n-th prediction column (from 0) holds at a row; default: a number from 0 to 1 that depends on the close alone. */
  readonly column?: Column;
}
export type Column = (close: number, n: number, row: number) => number;

/** One run over a market, in steps. What is thrown becomes part of what the run said, so that laws compare that, too. */
export class Session {
  readonly engine: Engine<unknown>;
  readonly schedule: Schedule;
  readonly tapes: readonly Tape[];
  /** What was thrown, or null. */
  error: Error | null = null;
  readonly #answer: Answer;
  readonly #column: Column;
  readonly #list: EntryList = new EntryList();

  constructor(parts: SessionParts) {
    const { market, strategy } = parts;
    const instruments = market.symbols.map((symbol) => symbol.instrument);
    const venue = parts.venue ?? simVenueOf(market);
    this.#answer = parts.answer;
    this.#column = parts.column ?? columnValue;
    this.tapes = tapesOf(market);
    this.schedule = buildSchedule(this.tapes);
    this.engine = new Engine({
      strategy,
      instruments,
      tapes: this.tapes,
      schedule: this.schedule,
      features: this.tapes.map((tape) => createFeatureGraph(tape, strategy.features)),
      venue,
      recorder: parts.recorder ?? this.#list,
      startEquity: START_EQUITY,
      maxLeverage: 3,
      blockRows: parts.blockRows ?? 256,
      curveBucketMs: 3_600_000,
    });
  }

  get entries(): readonly JournalEntry[] {
    return this.#list.entries;
  }

  /** Runs up to a position of the schedule (the end of a frame), or to the end. Does nothing after something was thrown. */
  run(until: number = this.schedule.length): void {
    this.#guarded(() => {
      for (;;) {
        const demand = this.engine.advance(until);
        if (demand === 'end') return;
        if (demand === 'block-predictions') this.#fill(this.engine.pendingBlock);
        else for (const fact of this.#answer(this.engine.takeRequests())) this.engine.accept(fact);
      }
    });
  }

  /** Hands over facts that come between two frames. Does nothing after something was thrown. */
  deliver(facts: Iterable<Fact>): void {
    this.#guarded(() => {
      for (const fact of facts) this.engine.accept(fact);
    });
  }

  #guarded(act: () => void): void {
    if (this.error !== null) return;
    try {
      act();
    } catch (error) {
      this.error = error instanceof Error ? error : new Error(String(error));
    }
  }

  #fill(block: readonly BlockRange[]): void {
    for (const { instrument, from, to } of block) {
      const { close } = this.tapes[instrument];
      for (const [n, column] of this.engine.predictions[instrument].entries()) {
        for (let row = from; row < to; row++) column[row] = this.#column(close[row], n, row);
      }
    }
  }
}

export function simVenueOf(market: Market): SimVenue {
  return new SimVenue(
    {
      instruments: market.symbols.map((symbol) => symbol.instrument),
      tapes: tapesOf(market),
      funding: market.symbols.map((symbol) => symbol.funding),
    },
    { ...PLAIN_VENUE, slippage: SLIPPAGE, startWallet: START_EQUITY },
  );
}

/** Stands in for a model: any fixed function of the row does. */
export function columnValue(close: number, n: number): number {
  return unitOf(close * (n + 1));
}

/** A number from 0 to 1 that depends on nothing but its argument. */
export function unitOf(value: number): number {
  const scaled = Math.abs(value) * 7.31;
  return Number.isFinite(scaled) ? scaled - Math.floor(scaled) : 0;
}
