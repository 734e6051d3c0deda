import type { Sink } from '../engine/queue.ts';
import { sideOfLeg } from '../ledger/slots.ts';
import { toTicks } from '../market/instrument.ts';
import type { Fact } from '../messages.ts';
import type { EpochMs, InstrumentId, Lots, PriceE8, Sats } from '../units.ts';
import type { VenueAccount } from './account.ts';
import type { Books } from './books.ts';
import { rowAtOrBefore } from './price-rows.ts';
import type { VenueMarket } from './venue-market.ts';

const E8 = 100_000_000;

/** Symbols that end within the data: their orders are canceled, their positions settled at the last traded price (LIQ-10). */
export class SymbolEnds {
  readonly #market: VenueMarket;
  readonly #account: VenueAccount;
  readonly #books: Books;
  readonly #isOver: Uint8Array;

  constructor(market: VenueMarket, account: VenueAccount, books: Books) {
    this.#market = market;
    this.#account = account;
    this.#books = books;
    this.#isOver = new Uint8Array(market.instruments.length);
  }

  copyFrom(other: SymbolEnds): void {
    this.#isOver.set(other.#isOver);
  }

  isOver(id: number): boolean {
    return this.#isOver[id] === 1;
  }
  /** When a symbol ends, ms UTC; Infinity once it has, or where it does not. */
  due(id: number): number {
    return this.#isOver[id] === 1 ? Infinity : (this.#market.delisted?.[id] ?? Infinity);
  }

  /** Settles a symbol whose end lies before a close. */
  settle(id: InstrumentId, ts: EpochMs, out: Sink<Fact>): void {
    if (!(ts > this.due(id))) return;
    this.#isOver[id] = 1;
    for (const { command } of this.#books.cancelAll(id)) {
      out.push({ type: 'OrderCanceled', ts, instrument: id, orderId: command.orderId, reason: 'delisted' });
    }
    const instrument = this.#market.instruments[id];
    const tape = this.#market.tapes[id];
    const close = tape.close[rowAtOrBefore(tape, ts)];
    const price = toTicks(instrument, close);
    const legs = this.#account.legs[id];
    for (const [side, { qty }] of legs.entries()) {
      if (qty === 0) continue;
      this.#account.fill(id, side, -qty, price * instrument.tickLotSats, 0);
      out.push({
        type: 'PositionLiquidated',
        ts,
        instrument: id,
        cause: 'delisting',
        positionSide: sideOfLeg(side, legs.length),
        qty: (0 - qty) as Lots,
        price,
        mark: Math.round(close * E8) as PriceE8,
        fee: 0 as Sats,
        absorbed: 0 as Sats,
      });
    }
  }
}
