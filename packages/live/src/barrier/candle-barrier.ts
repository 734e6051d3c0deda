import { InvariantError } from '@orrery/core';
import type { ClosedCandle } from '../feed/market-feed.ts';
import { isSameCandle } from './same-candle.ts';

/** All candles of one close time, by ascending instrument. */
export interface Frame {
  readonly closeTime: number;
  readonly candles: readonly { readonly instrument: number; readonly candle: ClosedCandle }[];
}

/**
 * What became of a candle that was offered. `repeated`: known already, word for word. `late`: its frame has gone on without it.
 * `contradicts`: another candle of that symbol and time is known; that one stays. `foreign`: another symbol, or off the grid.
 */
export type Offered = 'taken' | 'repeated' | 'late' | 'contradicts' | 'foreign';

/** Candles of a symbol that are wanted, by open time. */
export interface Wanted {
  readonly symbol: string;
  readonly from: number;
  readonly until: number;
}

/** Frames that are remembered after they were handed over, to recognise what is said of them again. */
const REMEMBERED = 256;

/**
 * Collects candles into frames: one leaves when every symbol has its candle or was said to have none, oldest first, so the same
 * candles make the same frames in whatever order, how often and by which way they come.
 */
export class CandleBarrier {
  readonly #symbols: readonly string[];
  readonly #intervalMs: number;
  /** Candles by close time; null stands for a symbol without one. */
  readonly #pending = new Map<number, Map<string, ClosedCandle | null>>();
  readonly #done = new Map<number, ReadonlyMap<string, ClosedCandle | null>>();
  /** Close time of the frame that was handed over last; null before the first. */
  #last: number | null;
  #newest = 0;

  /** @param last close time of the last frame that is known, or null: then the first candle offered says where the run begins */
  constructor(symbols: readonly string[], intervalMs: number, last: number | null) {
    this.#symbols = symbols;
    this.#intervalMs = intervalMs;
    this.#last = last;
    this.#newest = last ?? 0;
  }

  /** Close time of the frame that was handed over last. */
  get last(): number | null {
    return this.#last;
  }
  /** Close time of the newest candle seen; 0 before the first. */
  get newest(): number {
    return this.#newest;
  }
  /** Whether a frame waits for candles. */
  get isWaiting(): boolean {
    return this.#last !== null && this.#newest > this.#last;
  }

  offer(candle: ClosedCandle): Offered {
    const { symbol, closeTime } = candle;
    this.#last ??= closeTime - this.#intervalMs;
    if (!this.#symbols.includes(symbol) || (closeTime - this.#last) % this.#intervalMs !== 0) return 'foreign';
    if (closeTime <= this.#last) return compared(this.#done.get(closeTime)?.get(symbol), candle);
    const frame = this.#frame(closeTime);
    const known = frame.get(symbol);
    if (known !== undefined && known !== null) return compared(known, candle);
    frame.set(symbol, candle);
    this.#newest = Math.max(this.#newest, closeTime);
    return 'taken';
  }

  /** Remembers a frame of an earlier process, so that what is said of it again is recognised. */
  remember(frame: Frame): void {
    const known = new Map(frame.candles.map(({ candle }) => [candle.symbol, candle] as const));
    this.#keep(frame.closeTime, known);
  }

  /** The oldest frame if it is complete, or null. Frames that no symbol has a candle in are passed over. */
  take(): Frame | null {
    while (this.#last !== null && this.#newest > this.#last) {
      const closeTime = this.#last + this.#intervalMs;
      const frame = this.#pending.get(closeTime);
      if (frame === undefined || frame.size < this.#symbols.length) return null;
      this.#pending.delete(closeTime);
      this.#keep(closeTime, frame);
      this.#last = closeTime;
      const candles = this.#symbols.flatMap((symbol, instrument) => {
        const candle = frame.get(symbol);
        return candle === undefined || candle === null ? [] : [{ instrument, candle }];
      });
      if (candles.length > 0) return { closeTime, candles };
    }
    return null;
  }

  /** What is not there of the frames up to the newest candle: from the first to the last that a symbol lacks. */
  wanted(): readonly Wanted[] {
    if (this.#last === null) return [];
    const first = this.#last + this.#intervalMs;
    return this.#symbols.flatMap((symbol) => {
      const lacks: number[] = [];
      for (let close = first; close <= this.#newest; close += this.#intervalMs) {
        if (!(this.#pending.get(close)?.has(symbol) ?? false)) lacks.push(close - this.#intervalMs + 1);
      }
      const [from, until] = [lacks[0], lacks.at(-1)];
      return from === undefined || until === undefined ? [] : [{ symbol, from, until }];
    });
  }

  /** Says that a symbol has no more candles than those offered, in frames up to this close time. */
  settle(symbol: string, until: number): void {
    if (this.#last === null) throw new InvariantError('candles were given up before the first came');
    for (let close = this.#last + this.#intervalMs; close <= until; close += this.#intervalMs) {
      const frame = this.#frame(close);
      if (!frame.has(symbol)) frame.set(symbol, null);
    }
  }

  #frame(closeTime: number): Map<string, ClosedCandle | null> {
    const found = this.#pending.get(closeTime) ?? new Map<string, ClosedCandle | null>();
    this.#pending.set(closeTime, found);
    return found;
  }
  #keep(closeTime: number, frame: ReadonlyMap<string, ClosedCandle | null>): void {
    this.#done.set(closeTime, frame);
    const oldest = this.#done.keys().next().value;
    if (this.#done.size > REMEMBERED && oldest !== undefined) this.#done.delete(oldest);
  }
}

/** What of a candle is known by now, against what is said of it again. */
function compared(known: ClosedCandle | null | undefined, candle: ClosedCandle): Offered {
  if (known === undefined || known === null) return 'late';
  return isSameCandle(known, candle) ? 'repeated' : 'contradicts';
}
