import type { Venue } from '../engine/venue.ts';
import type { Sink } from '../engine/queue.ts';
import { InvariantError } from '../engine/invariant.ts';
import { applyRate, fundingAmount } from '../ledger/exact.ts';
import { toTicks, type Instrument } from '../market/instrument.ts';
import type { Tape } from '../market/tape.ts';
import type { CancelOrder, CancelReason, Command, Fact, SubmitOrder } from '../messages.ts';
import type { EpochMs, InstrumentId, Lots, PriceE8, RateE8, Sats, Ticks } from '../units.ts';
import type { VenueAssumptions } from './assumptions.ts';
import { candleTicks, type CandleTicks } from './candle-ticks.ts';
import type { FundingSeries } from './funding.ts';
import { isSameOutcome, likelierPath, PathWalk, type Outcome, type Path, type PathEvent } from './path.ts';
import { ALWAYS, NEVER, nextLevels, type Levels } from './levels.ts';
import { slipped } from './price-rules.ts';
import { Timers } from './timers.ts';
import type { VenueMarket } from './venue-market.ts';
import { isPostOnly, workingOrder, type WorkingOrder } from './working-order.ts';

/**
 * Binance USDⓈ-M as a deterministic state machine over closed candles: FILL, FEE, FUND and ORD rules of SPEC.md.
 * Known limits of this version: orders fill whole, whatever the candle's volume; no margin, no liquidation.
 */
export class SimVenue implements Venue {
  readonly wake: Float64Array;
  timerDue: number = Infinity;
  /** Candles whose outcome depended on which extreme came first. */
  ambiguousCandles = 0;
  /** Times that orders met a candle in which nothing was traded, and had to wait. */
  idleCandles = 0;
  readonly #instruments: readonly Instrument[];
  readonly #assumptions: VenueAssumptions;
  readonly #funding: readonly FundingSeries[];
  readonly #fundingNext: Uint32Array;
  readonly #books: (readonly WorkingOrder[])[];
  readonly #position: Float64Array;
  /** Between these prices nothing in the book can happen: a candle inside them is skipped. */
  readonly #levels: Levels[];
  readonly #timers = new Timers();

  constructor({ instruments, funding }: VenueMarket, assumptions: VenueAssumptions) {
    this.#instruments = instruments;
    this.#assumptions = assumptions;
    this.#funding = funding;
    this.#fundingNext = new Uint32Array(instruments.length);
    this.#books = instruments.map(() => []);
    this.#position = new Float64Array(instruments.length);
    this.#levels = instruments.map(() => NEVER);
    this.wake = Float64Array.from(funding, (series) => series.times[0] ?? Infinity);
  }

  match(tape: Tape, row: number, out: Sink<Fact>): void {
    const id = tape.instrument;
    const ts = tape.closeTs[row] as EpochMs;
    this.#chargeFunding(tape, row, out);
    const book = this.#books[id];
    if (book.length > 0) {
      const { up, down } = this.#levels[id];
      // Resting orders that the candle does not reach stay as they are, and so does what wakes them.
      if (tape.high[row] < up && tape.low[row] > down) return;
      if (tape.volume[row] > 0) this.#fillFrom(id, book, tape, row, ts, out);
      else this.idleCandles += 1;
    }
    this.#schedule(id);
  }

  handle(command: Command, out: Sink<Fact>): void {
    switch (command.type) {
      case 'SubmitOrder':
        this.#submit(command, out);
        return;
      case 'CancelOrder':
        this.#cancel(command, out);
        return;
      case 'SetTimer':
        this.#timers.add(command);
        this.timerDue = this.#timers.due;
        return;
      case 'AmendOrder':
      case 'SetLeverage':
      case 'RequestPrediction':
        throw new InvariantError('a prediction was asked of the venue');
      default:
        throw new InvariantError(`unknown command ${String(command satisfies never)}`);
    }
  }

  endFrame(_ts: number, _out: Sink<Fact>): void {}

  fireTimers(ts: number, _pos: number, out: Sink<Fact>): void {
    this.#timers.fire(ts, out);
    this.timerDue = this.#timers.due;
  }

  /** To be called when a funding time was added to an instrument's series, which may grow while a run goes on. */
  noticeFunding(id: InstrumentId): void {
    const next = this.#funding[id].times[this.#fundingNext[id]] ?? Infinity;
    this.wake[id] = Math.min(this.wake[id], next);
  }

  #submit(command: SubmitOrder, out: Sink<Fact>): void {
    const { instrument: id, orderId, ts } = command;
    const order = workingOrder(command);
    const book = this.#books[id];
    this.#books[id] = book.length === 0 ? [order] : [...book, order];
    this.wake[id] = -Infinity;
    this.#levels[id] = order.isDormant ? nextLevels(this.#instruments[id], this.#books[id]) : ALWAYS;
    // A post-only order is accepted or refused on arrival, a child when its parent fills.
    if (!order.isDormant && !isPostOnly(command)) out.push({ type: 'OrderAccepted', ts, instrument: id, orderId });
  }

  #cancel(command: CancelOrder, out: Sink<Fact>): void {
    const id = command.instrument;
    const order = this.#books[id].find((other) => other.command.orderId === command.orderId);
    if (order === undefined) return;
    this.#drop(id, order, 'requested', command.ts, out);
    this.#schedule(id);
  }
  #drop(id: number, order: WorkingOrder, reason: CancelReason, ts: EpochMs, out: Sink<Fact>): void {
    const { orderId, instrument } = order.command;
    this.#books[id] = this.#books[id].filter((other) => other !== order);
    out.push({ type: 'OrderCanceled', ts, instrument, orderId, reason });
    const isAsleep = (other: WorkingOrder): boolean => other.isDormant && other.command.parent === orderId;
    for (const child of this.#books[id].filter(isAsleep)) this.#drop(id, child, 'parent_gone', ts, out);
  }

  /** Funding times at or before the open, on the position held before this candle's fills, valued at its open (FUND-1, FUND-2). */
  #chargeFunding(tape: Tape, row: number, out: Sink<Fact>): void {
    const id = tape.instrument;
    const { times, ratesE8 } = this.#funding[id];
    const openTs = tape.closeTs[row] - tape.intervalMs + 1;
    let next = this.#fundingNext[id];
    if (next >= times.length || times[next] > openTs) return;
    const instrument = this.#instruments[id];
    const mark = toTicks(instrument, tape.open[row]);
    for (; next < times.length && times[next] <= openTs; next++) {
      const held = this.#position[id];
      if (held === 0) continue;
      // An archive may write −0, which the journal's text cannot keep.
      const rate = (ratesE8[next] + 0) as RateE8;
      const amount = fundingAmount((held * mark * instrument.tickLotSats) as Sats, rate);
      const time = times[next] as EpochMs;
      out.push({
        type: 'FundingCharged',
        ts: tape.closeTs[row] as EpochMs,
        instrument: id,
        time,
        rate,
        mark: mark as number as PriceE8,
        amount,
      });
    }
    this.#fundingNext[id] = next;
  }

  #fillFrom(id: InstrumentId, book: readonly WorkingOrder[], tape: Tape, row: number, ts: EpochMs, out: Sink<Fact>): void {
    const instrument = this.#instruments[id];
    const only = book[0];
    if (book.length === 1 && only.command.orderType === 'market' && !only.command.reduceOnly) {
      this.#fillMarket(instrument, only, tape, row, out);
      return;
    }
    const outcome = this.#resolve(instrument, book, candleTicks(instrument, tape, row));
    this.#books[id] = outcome.book;
    this.#position[id] = outcome.position;
    for (const event of outcome.events) out.push(factOf(event, ts));
  }

  /** The commonest case without the machinery: one market order, nothing else. Same numbers as the walk. */
  #fillMarket(instrument: Instrument, order: WorkingOrder, tape: Tape, row: number, out: Sink<Fact>): void {
    const { orderId, qty } = order.command;
    const { id, fees, tickLotSats } = instrument;
    const { slippage } = this.#assumptions;
    const reference = toTicks(instrument, tape.open[row]);
    const price = slippage === 0 ? reference : (slipped(order.sign, reference, slippage, candleTicks(instrument, tape, row)) as Ticks);
    const fee = applyRate((qty * price * tickLotSats) as Sats, fees.taker);
    const signed = (order.sign * qty) as Lots;
    this.#position[id] += signed;
    this.#books[id] = EMPTY_BOOK;
    out.push({
      type: 'OrderFilled',
      ts: tape.closeTs[row] as EpochMs,
      instrument: id,
      orderId,
      fill: 1,
      qty: signed,
      price,
      reference,
      fee,
      isMaker: false,
      isDone: true,
    });
  }

  /** Tries both orders of the extremes where the candle can reach anything, and picks by the configured reading (FILL-7). */
  #resolve(instrument: Instrument, book: readonly WorkingOrder[], candle: CandleTicks): Outcome {
    const { id } = instrument;
    const walk = (path: Path): Outcome => new PathWalk(instrument, book, this.#position[id], candle, this.#assumptions.slippage).run(path);
    const nearer = likelierPath(candle);
    const likely = walk(nearer);
    if (likely.events.length === 0) return likely;
    const other = walk(nearer === 'low-first' ? 'high-first' : 'low-first');
    if (isSameOutcome(likely, other)) return likely;
    this.ambiguousCandles += 1;
    switch (this.#assumptions.fills) {
      case 'heuristic':
        return likely;
      case 'pessimistic':
        return other.value < likely.value ? other : likely;
      case 'optimistic':
        return other.value > likely.value ? other : likely;
      default:
        throw new InvariantError(`unknown reading ${String(this.#assumptions.fills satisfies never)}`);
    }
  }

  #schedule(id: InstrumentId): void {
    const book = this.#books[id];
    if (book.length > 0) {
      this.#levels[id] = nextLevels(this.#instruments[id], book);
      this.wake[id] = -Infinity;
      return;
    }
    const { times } = this.#funding[id];
    const next = this.#fundingNext[id];
    this.#levels[id] = NEVER;
    this.wake[id] = next < times.length ? times[next] : Infinity;
  }
}

const EMPTY_BOOK: readonly WorkingOrder[] = [];

/** In this version an order fills whole, so its first fill is its last. */
function factOf(event: PathEvent, ts: EpochMs): Fact {
  const { instrument, orderId } = event.order.command;
  switch (event.kind) {
    case 'accepted':
      return { type: 'OrderAccepted', ts, instrument, orderId };
    case 'rejected':
      return { type: 'OrderRejected', ts, instrument, orderId, reason: event.reason };
    case 'expired':
      return { type: 'OrderExpired', ts, instrument, orderId, reason: event.reason };
    case 'canceled':
      return { type: 'OrderCanceled', ts, instrument, orderId, reason: event.reason };
    case 'filled': {
      const { qty, price, reference, fee, isMaker } = event;
      return { type: 'OrderFilled', ts, instrument, orderId, fill: 1, qty, price, reference, fee, isMaker, isDone: true };
    }
    default:
      throw new InvariantError(`unknown event ${String(event satisfies never)}`);
  }
}
