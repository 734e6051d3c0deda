import { satsPerPrice, type Instrument } from '../market/instrument.ts';
import { maintenanceMargin } from './brackets.ts';
import type { CandleTicks } from './candle-ticks.ts';
import type { Leg } from './leg.ts';
import type { WorkingOrder } from './working-order.ts';

/** The order in which a candle is taken to have visited its extremes. */
export type Path = 'low-first' | 'high-first';

/** Four prices of a candle or of its mark; the mark's in quote units. */
export type Prices = CandleTicks;

/** What of one instrument a walk starts from. */
export interface LaneStart {
  readonly instrument: Instrument;
  readonly book: readonly WorkingOrder[];
  readonly legs: readonly Leg[];
  readonly leverage: number;
  readonly isIsolated: boolean;
  /** In ticks. */
  readonly candle: Prices;
  /** In quote units; the traded prices where there are no others. */
  readonly mark: Prices;
  /** Open time of the candle, ms UTC, and its length. */
  readonly openTs: number;
  readonly intervalMs: number;
  /** Lots that the volume cap leaves; Infinity without one. */
  readonly room: number;
  /** Lots traded in the candle; 0: nothing fills (FILL-8). */
  readonly volume: number;
}

/** One instrument on its way through a candle: its book, its positions, and where the price is. */
export class Lane {
  readonly start: LaneStart;
  readonly instrument: Instrument;
  readonly legs: readonly Leg[];
  book: readonly WorkingOrder[];
  room: number;
  /** The leg of the path: traded prices in ticks, mark prices in quote units. */
  from: number;
  to: number;
  markFrom: number;
  markTo: number;
  /** Which leg it is, 0 to 2, and the part of it that is done. */
  turn = 0;
  progress = 0;
  /** Traded price of the moment, in ticks; a fraction where the moment is one of the mark price. */
  at: number;
  /** Children whose parent has just filled. */
  readonly woken: WorkingOrder[] = [];
  /** Protected triggers that were met and did not go off in this candle (FILL-15). */
  readonly blocked: Set<number> = new Set();
  /** Value of a lot at a price of 1, sats. */
  readonly perPrice: number;

  constructor(start: LaneStart) {
    this.start = start;
    this.instrument = start.instrument;
    this.legs = start.legs.map((leg) => ({ ...leg }));
    this.book = start.book;
    this.room = start.room;
    this.from = start.candle.open;
    this.to = start.candle.open;
    this.at = start.candle.open;
    this.markFrom = start.mark.open;
    this.markTo = start.mark.open;
    this.perPrice = satsPerPrice(start.instrument);
  }

  /** Enters the next leg of the path. */
  turnTo(turn: number, path: Path): void {
    const { candle, mark } = this.start;
    const isUp = (path === 'high-first') === (turn === 0);
    const pick = (prices: Prices): number => (turn === 2 ? prices.close : isUp ? prices.high : prices.low);
    this.from = this.to;
    this.markFrom = this.markTo;
    this.to = pick(candle);
    this.markTo = pick(mark);
    this.at = this.from;
    this.turn = turn;
    this.progress = 0;
  }

  /** Mark price at a part of the leg. */
  markAt(progress: number): number {
    return this.markFrom + progress * (this.markTo - this.markFrom);
  }
  /** Traded price at a part of the leg, in ticks, not rounded. */
  tradedAt(progress: number): number {
    return progress === 1 ? this.to : this.from + progress * (this.to - this.from);
  }
  /** The part of the leg at which a traded price is reached. */
  progressOf(price: number): number {
    return this.to === this.from ? this.progress : Math.min(1, Math.max(this.progress, (price - this.from) / (this.to - this.from)));
  }
  /** The same for a mark price. */
  progressOfMark(price: number): number {
    const span = this.markTo - this.markFrom;
    return span === 0 ? this.progress : Math.min(1, Math.max(this.progress, (price - this.markFrom) / span));
  }

  /** What a position would leave over its maintenance margin at a mark price, own wallet included where isolated; sats. */
  slackOf(leg: Leg, mark: number): number {
    const value = Math.round(leg.qty * mark * this.perPrice);
    return leg.isolated + value - leg.cost - maintenanceMargin(this.instrument.brackets, Math.abs(value));
  }
  /** Profit, value and maintenance of both positions at a mark price, added up: what a cross account asks of an instrument. */
  crossSlack(mark: number): number {
    let slack = 0;
    for (const leg of this.legs) if (leg.qty !== 0) slack += this.slackOf(leg, mark);
    return slack;
  }
  /** Whether anything is held. */
  get isHolding(): boolean {
    return this.legs.some(({ qty }) => qty !== 0);
  }

  replace(order: WorkingOrder, by: WorkingOrder): void {
    this.book = this.book.map((other) => (other === order ? by : other));
  }
  remove(order: WorkingOrder): void {
    this.book = this.book.filter((other) => other !== order);
  }
}
