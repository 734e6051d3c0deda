import type { EventLog, EventReader } from '../feature/event-log.ts';
import { KNOWN_AT } from '../feature/event-log.ts';
import { InvariantError } from '../engine/invariant.ts';
import type { EpochMs, InstrumentId } from '../units.ts';
import type { Tape } from './tape.ts';

type Place = (view: CandleView, row: number, isFrameEnd: boolean) => void;
/** Filled in by the class itself: nothing else reaches what is private to it. */
const mover: { place: Place } = {
  place: () => {
    throw new InvariantError('a candle view was moved before there is one');
  },
};

/**
 * The candle being decided on, and the features declared for it. One object per instrument, moved along by its row, so
 * that no candle is ever allocated. Lags look back in whole candles; a negative lag or one beyond the first candle reads NaN.
 */
export class CandleView {
  readonly instrument: InstrumentId;
  /** Length of a candle, ms. */
  readonly intervalMs: number;
  #row = 0;
  #isFrameEnd = false;
  readonly #ts: Float64Array;
  readonly #open: Float64Array;
  readonly #high: Float64Array;
  readonly #low: Float64Array;
  readonly #close: Float64Array;
  readonly #volume: Float64Array;
  readonly #features: readonly Float64Array[];
  readonly #events: readonly (KnownEvents | null)[];

  /** @param logs the events of each feature; those of columns alone may be null or missing */
  constructor(tape: Tape, features: readonly Float64Array[], logs: readonly (EventLog | null)[] = []) {
    this.instrument = tape.instrument;
    this.intervalMs = tape.intervalMs;
    this.#ts = tape.closeTs;
    this.#open = tape.open;
    this.#high = tape.high;
    this.#low = tape.low;
    this.#close = tape.close;
    this.#volume = tape.volume;
    this.#features = features;
    this.#events = logs.map((log) => (log === null ? null : new KnownEvents(this, log)));
  }
  static {
    mover.place = (view, row, isFrameEnd) => {
      view.#row = row;
      view.#isFrameEnd = isFrameEnd;
    };
  }
  /** Row of the tape. */
  get row(): number {
    return this.#row;
  }
  /** Whether no other instrument is decided on after this one at the same close time. */
  get isFrameEnd(): boolean {
    return this.#isFrameEnd;
  }
  /** Close time of the candle, ms UTC. */
  get ts(): EpochMs {
    return this.#ts[this.#row] as EpochMs;
  }
  open(lag = 0): number {
    return at(this.#open, this.#row, lag);
  }
  high(lag = 0): number {
    return at(this.#high, this.#row, lag);
  }
  low(lag = 0): number {
    return at(this.#low, this.#row, lag);
  }
  close(lag = 0): number {
    return at(this.#close, this.#row, lag);
  }
  volume(lag = 0): number {
    return at(this.#volume, this.#row, lag);
  }
  /** Value of the n-th declared feature or prediction; NaN while it warms up. */
  feature(slot: number, lag = 0): number {
    // The commonest read stands for itself, so that it is small enough to become part of any strategy.
    if (lag === 0) return this.#features[slot][this.#row];
    return at(this.#features[slot], this.#row, lag);
  }
  /**
   * What the n-th declared feature has found up to this candle; always the same object.
   * @throws RangeError when that feature finds no objects
   */
  events(slot: number): EventReader {
    const reader = this.#events[slot] ?? null;
    if (reader === null) throw new RangeError(`feature ${slot} finds no objects, so it has no events`);
    return reader;
  }
}

/** The kernel may be thousands of rows ahead; the reader goes along with the view. */
class KnownEvents implements EventReader {
  readonly #view: CandleView;
  readonly #log: EventLog;
  #length = 0;
  /** Before this row nothing more is known: most rows need not touch the log. */
  #quietUntil = 0;

  constructor(view: CandleView, log: EventLog) {
    this.#view = view;
    this.#log = log;
  }
  get length(): number {
    const { row } = this.#view;
    if (row >= this.#quietUntil) this.#goTo(row);
    return this.#length;
  }
  at(event: number, slot: number): number {
    const { stride } = this.#log;
    if (!(event >= 0 && event < this.length && slot >= 0 && slot < stride)) {
      throw new RangeError(`event ${event}, slot ${slot}: ${this.length} events of ${stride} numbers are known at row ${this.#view.row}`);
    }
    return this.#log.at(event, slot);
  }
  #goTo(row: number): void {
    const log = this.#log;
    while (this.#length < log.length && log.at(this.#length, KNOWN_AT) <= row) this.#length += 1;
    // Where the log ends, the next row may bring more.
    this.#quietUntil = this.#length < log.length ? log.at(this.#length, KNOWN_AT) : row + 1;
  }
}

/** Moves a view to another row. For whoever drives a strategy; a strategy has only the view (TIME-5). */
export function placeCandle(view: CandleView, row: number, isFrameEnd: boolean): void {
  mover.place(view, row, isFrameEnd);
}

/** The future is NaN: a strategy that asks for it gets no number, whatever the tape already holds; nor does one for a part of a candle. */
function at(column: Float64Array, row: number, lag: number): number {
  return lag >= 0 && lag <= row ? (column[row - lag] ?? NaN) : NaN;
}
