import { InvariantError } from '../engine/invariant.ts';
import type { Sink } from '../engine/queue.ts';
import type { Venue } from '../engine/venue.ts';
import { applyRate } from '../ledger/exact.ts';
import { toTicks, type Instrument } from '../market/instrument.ts';
import type { Tape } from '../market/tape.ts';
import type { AmendOrder, AmendReason, Command, Fact, LeverageReason, RejectReason, SubmitOrder } from '../messages.ts';
import type { EpochMs, InstrumentId, Lots, Sats } from '../units.ts';
import { VenueAccount, type MarginSnapshot } from './account.ts';
import type { VenueAssumptions } from './assumptions.ts';
import { Books } from './books.ts';
import { candleTicks } from './candle-ticks.ts';
import type { WalkSetup } from './candle-walk.ts';
import { fundingFact } from './funding-fact.ts';
import { fineSpanOf } from './fine-rows.ts';
import { Frame } from './frame.ts';
import { Intake } from './intake.ts';
import type { Affords } from './lane-orders.ts';
import { laneStart } from './lane-start.ts';
import { MarginWatch } from './margin-watch.ts';
import type { MarkPrices } from './mark-prices.ts';
import { resolve } from './outcomes.ts';
import { firstOutside, markClose, markHigh, markLow, markOpen, rowAtOrBefore } from './price-rows.ts';
import { takerPrice } from './price-rules.ts';
import { SymbolEnds } from './symbol-ends.ts';
import { Timers } from './timers.ts';
import { walkTogether } from './together.ts';
import type { VenueMarket } from './venue-market.ts';
import { factOf } from './walk-event.ts';
import { workingOrder, type WorkingOrder } from './working-order.ts';
import { worstSlack } from './worst-slack.ts';

/** Rows that are looked through for the next one that can matter; further ones when they come near. */
const SCAN_ROWS = 64;

/**
 * Binance USDⓈ-M as a deterministic state machine over closed candles: MARK, POS, FILL, FINE, LAT, FEE, FUND, ORD, MARG and LIQ rules of
 * SPEC.md. `match` collects the candles of a frame, `endFrame` lets them happen. Invariant: an instrument whose candle stays inside
 * its levels and its margin band is left exactly as it was, so it is not asked.
 * Known limits: what the book held is not known (FILL-1), auto-deleveraging does not happen, the index price is not modelled.
 */
export class SimVenue implements Venue {
  readonly wake: Float64Array;
  timerDue: number = Infinity;
  readonly account: VenueAccount;
  /** Candles whose outcome depended on which extreme came first. */
  ambiguousCandles = 0;
  /** Times that orders met a candle in which nothing was traded, and had to wait. */
  idleCandles = 0;
  /** Candles in which something could happen that finer ones decided, and those that had to do without though there are finer ones elsewhere. */
  fineCandles = 0;
  coarseCandles = 0;
  readonly #market: VenueMarket;
  readonly #instruments: readonly Instrument[];
  readonly #assumptions: VenueAssumptions;
  readonly #fundingNext: Uint32Array;
  readonly #books: Books;
  readonly #watch: MarginWatch;
  readonly #affords: readonly Affords[];
  readonly #timers = new Timers();
  readonly #intake: Intake;
  readonly #ends: SymbolEnds;
  /** Candles of the frame at hand. */
  readonly #frame: Frame;
  /** What new orders could bind before anything of the frame at hand happened; known where an order may ask for it (MARG-4). */
  #freeAtOpen = 0;
  /** Up to when prices are known, ms UTC. */
  #now = -Infinity;
  /** Whether a lone market order can be filled without the whole machinery. */
  readonly #isPlain: boolean;

  constructor(market: VenueMarket, assumptions: VenueAssumptions) {
    const { instruments, tapes, funding } = market;
    this.#market = market;
    this.#instruments = instruments;
    this.#assumptions = assumptions;
    this.#fundingNext = new Uint32Array(instruments.length);
    const changed = new Set<number>();
    this.#books = new Books(instruments, assumptions.limitFill === 'touch', changed);
    const markOf = (id: number): number => this.#markOf(id);
    // Where tapes grow, a candle may come that has closed before a moment that is known already.
    const isGrowing = tapes.some(({ length, closeTs }) => length < closeTs.length);
    const momentOf = (): number => (isGrowing ? NaN : this.#now);
    this.account = new VenueAccount(instruments, assumptions, markOf, (id) => this.#books.of(id), this.#books.occupied, changed, momentOf);
    this.#watch = new MarginWatch(instruments, this.account, markOf);
    this.#affords = instruments.map(
      ({ id }) =>
        ({ leg, sign, left }: WorkingOrder, price: number, mark: number): boolean =>
          this.account.affords(id, leg, sign, left, price, mark, this.#freeAtOpen),
    );
    this.#intake = new Intake({ instruments, assumptions, account: this.account, books: this.#books, markOf });
    this.#ends = new SymbolEnds(market, this.account, this.#books);
    this.#frame = new Frame(instruments.length);
    const { impact, maxVolumeShare, latencyMax, hedgeMode, marginMode } = assumptions;
    const hasFine = market.fine?.some((fine) => fine !== null) === true;
    const hasMarks = market.marks?.some((marks) => marks !== null) === true;
    this.#isPlain =
      impact === 0 && maxVolumeShare === 0 && latencyMax === 0 && !hedgeMode && marginMode === 'cross' && !hasFine && !hasMarks;
    this.wake = Float64Array.from(tapes, (_, id) => Math.min(funding[id].times[0] ?? Infinity, this.#ends.due(id)));
  }

  match(tape: Tape, row: number, _out: Sink<Fact>): void {
    this.#frame.add(tape, row);
  }

  endFrame(ts: number, out: Sink<Fact>): void {
    const frame = this.#frame;
    frame.ts = ts;
    if (frame.ids.length > 0 && this.#books.canAddAtTrigger()) {
      // Frames that nobody had to be woken for have gone by since, and their closes count.
      this.#now = Math.max(this.#now, ts - frame.tapes[0].intervalMs);
      this.#freeAtOpen = this.account.free();
    }
    const together = this.#mayLiquidate() ? this.#together(ts, out) : null;
    if (together === null) for (let k = 0; k < frame.ids.length; k++) this.#alone(frame.tapes[k], frame.rows[k], out);
    this.#now = ts;
    this.#refresh(together ?? frame.ids);
    frame.clear();
  }

  handle(command: Command, out: Sink<Fact>): void {
    this.#now = Math.max(this.#now, command.ts);
    switch (command.type) {
      case 'SubmitOrder':
        if (this.#intake.submit(command, this.#ends.isOver(command.instrument), out)) this.wake[command.instrument] = -Infinity;
        return;
      case 'CancelOrder':
      case 'AmendOrder':
        this.#intake.change(command, out);
        this.#refresh([command.instrument]);
        return;
      case 'SetLeverage':
        this.#intake.setLeverage(command, out);
        return;
      case 'SetTimer':
        this.#timers.add(command);
        this.timerDue = this.#timers.due;
        return;
      case 'RequestPrediction':
        throw new InvariantError('a prediction was asked of the venue');
      default:
        throw new InvariantError(`unknown command ${String(command satisfies never)}`);
    }
  }

  fireTimers(ts: number, _pos: number, out: Sink<Fact>): void {
    this.#timers.fire(ts, out);
    this.timerDue = this.#timers.due;
  }

  /** To be called when a funding time was added to an instrument's series, which may grow while a run goes on. */
  noticeFunding(id: InstrumentId): void {
    const next = this.#market.funding[id].times[this.#fundingNext[id]] ?? Infinity;
    this.wake[id] = Math.min(this.wake[id], next);
  }

  /**
   * How near the account is to liquidation at the latest mark prices.
   * @param ts close that has been observed, ms UTC: where nothing could happen the venue was not told of it
   */
  marginSnapshot(ts: number = this.#now): MarginSnapshot {
    this.#now = Math.max(this.#now, ts);
    return this.account.snapshot();
  }
  /** Why an order would be refused if it arrived now, or null; nothing is changed. */
  admission(command: SubmitOrder): RejectReason | null {
    this.#now = Math.max(this.#now, command.ts);
    return this.#intake.problemOf(workingOrder(command), this.#ends.isOver(command.instrument));
  }
  /** Why an amendment would be refused if it arrived now, or null. */
  amendment(command: AmendOrder): AmendReason | null {
    return this.#intake.amendment(command);
  }
  /** Open orders of an instrument, in the order of their arrival. */
  workingOrders(id: InstrumentId): readonly WorkingOrder[] {
    return this.#books.of(id);
  }
  /** A second venue on the same market that stands where this one does: to see what would become of a frame. */
  fork(): SimVenue {
    const copy = new SimVenue(this.#market, this.#assumptions);
    copy.wake.set(this.wake);
    copy.ambiguousCandles = this.ambiguousCandles;
    copy.idleCandles = this.idleCandles;
    copy.fineCandles = this.fineCandles;
    copy.coarseCandles = this.coarseCandles;
    copy.#fundingNext.set(this.#fundingNext);
    copy.#ends.copyFrom(this.#ends);
    copy.#now = this.#now;
    copy.#books.copyFrom(this.#books);
    copy.account.copyFrom(this.account);
    copy.#watch.copyFrom(this.#watch);
    copy.#timers.copyFrom(this.#timers);
    copy.timerDue = this.timerDue;
    return copy;
  }
  /** Why a leverage would be refused now, or null. */
  leverageProblem(id: InstrumentId, leverage: number): LeverageReason | null {
    return this.#intake.leverageProblem(id, leverage);
  }

  /** One instrument's candle by itself, or the finer ones that it is made of (FINE-1). */
  #alone(tape: Tape, row: number, out: Sink<Fact>): void {
    const id = tape.instrument;
    const isOwn = tape === this.#market.tapes[id];
    const fine = isOwn ? (this.#market.fine?.[id] ?? null) : null;
    if (fine !== null && !this.#books.isIdle(id, this.account)) {
      const span = fineSpanOf(fine, tape, row);
      if (span === null) this.coarseCandles += 1;
      else {
        this.fineCandles += 1;
        for (let r = span.from; r < span.to; r++) this.#candle(fine.tape, r, fine.marks, out);
        this.#ends.settle(id, tape.closeTs[row] as EpochMs, out);
        return;
      }
    }
    this.#candle(tape, row, isOwn ? (this.#market.marks?.[id] ?? null) : null, out);
    this.#ends.settle(id, tape.closeTs[row] as EpochMs, out);
  }

  #candle(tape: Tape, row: number, marks: MarkPrices | null, out: Sink<Fact>): void {
    const id = tape.instrument;
    const ts = tape.closeTs[row] as EpochMs;
    const isFunded = this.#fund(tape, row, marks, out);
    const changes = this.#books.dueChanges(id, ts);
    const watchesMargin = this.account.isIsolated && (this.account.holding.has(id) || this.#books.of(id).length > 0);
    if (this.#books.of(id).length === 0 && !watchesMargin && changes.length === 0) return;
    if (this.#books.isInside(id, tape, marks, row, this.#watch) && changes.length === 0 && !isFunded) return;
    if (tape.volume[row] === 0 && this.#books.of(id).length > 0) this.idleCandles += 1;
    if (this.#fillLone(tape, row, ts, out)) return;
    this.#intake.admitArrivals(id, ts, this.#ends.isOver(id), out);
    const setup: WalkSetup = {
      assumptions: this.#assumptions,
      purse: this.account.purse,
      affords: [this.#affords[id]],
      watchesMargin,
      changes: [changes],
    };
    const { taken, isAmbiguous } = resolve([this.#startOf(tape, row, marks)], setup, this.#assumptions.fills);
    if (isAmbiguous) this.ambiguousCandles += 1;
    this.account.adopt(taken.lanes, taken.purse);
    this.#books.adopt(id, taken.lanes[0].book, changes);
    for (const event of taken.events) out.push(factOf(event, ts));
  }
  #startOf(tape: Tape, row: number, marks: MarkPrices | null): ReturnType<typeof laneStart> {
    const id = tape.instrument;
    return laneStart(this.#instruments[id], this.#books.of(id), this.account, tape, row, marks, this.#assumptions.maxVolumeShare);
  }

  /** The commonest case without the machinery: one plain market order, nothing else. Same numbers as the walk. */
  #fillLone(tape: Tape, row: number, ts: EpochMs, out: Sink<Fact>): boolean {
    const id = tape.instrument;
    const order = this.#isPlain ? this.#books.loneMarket(id) : null;
    if (order === null || tape.volume[row] === 0) return false;
    const instrument = this.#instruments[id];
    const { orderId, qty } = order.command;
    const open = toTicks(instrument, tape.open[row]);
    const { slippage, halfSpread } = this.#assumptions;
    const isExact = slippage === 0 && halfSpread === 0;
    const price = isExact ? open : (takerPrice(order.sign, open, 0, this.#assumptions, candleTicks(instrument, tape, row)) as typeof open);
    const unit = price * instrument.tickLotSats;
    const fee = applyRate((qty * unit) as Sats, instrument.fees.taker);
    const signed = (order.sign * qty) as Lots;
    this.account.fill(id, order.leg, signed, unit, fee);
    this.#books.clear(id);
    out.push({
      type: 'OrderFilled',
      ts,
      instrument: id,
      orderId,
      fill: 1,
      qty: signed,
      price,
      reference: open,
      fee,
      isMaker: false,
      isDone: true,
    });
    return true;
  }

  /** Whether some path of this frame could bring a cross account to its end; cheap where prices stay in their bands, and never wrongly no. */
  #mayLiquidate(): boolean {
    if (this.account.isIsolated) return false;
    if (this.account.holding.size === 0 && this.#books.occupied.size === 0) return false;
    return !this.#isSafe() && worstSlack(this.#market, this.account, this.#books, this.#frame, (id, ts) => this.#fundingDue(id, ts)) <= 0;
  }
  /** Rates of the funding times that are charged by a close, added up without sign. */
  #fundingDue(id: number, ts: number): number {
    const { times, ratesE8 } = this.#market.funding[id];
    let sum = 0;
    for (let next = this.#fundingNext[id]; next < times.length && times[next] <= ts; next++) sum += Math.abs(ratesE8[next]);
    return sum;
  }
  /** Whether the bands alone say so: all prices inside them, and new orders within what they leave. Instruments that sleep are inside. */
  #isSafe(): boolean {
    const { ids, tapes, rows, ts } = this.#frame;
    let slack = this.#watch.leastSlack();
    for (let k = 0; k < ids.length; k++) {
      const id = ids[k];
      const tape = tapes[k];
      const row = rows[k];
      const marks = tape === this.#market.tapes[id] ? (this.#market.marks?.[id] ?? null) : null;
      const high = markHigh(tape, marks, row);
      const low = markLow(tape, marks, row);
      if (!(high < this.#watch.up[id] && low > this.#watch.down[id])) return false;
      const isFunded = this.account.holding.has(id) && (this.#market.funding[id].times[this.#fundingNext[id]] ?? Infinity) <= ts;
      if (isFunded) return false;
      const lots = this.#books.addingLots(id);
      if (lots > 0) slack -= this.#watch.costOf(id, lots, Math.max(high, tape.high[row]), Math.min(low, tape.low[row]));
    }
    return slack > 0;
  }
  /** All symbols of a cross account in step (LIQ-9). Null, with nothing changed but funding, when nothing is liquidated on either path. */
  #together(ts: number, out: Sink<Fact>): readonly number[] | null {
    return walkTogether(
      {
        market: this.#market,
        account: this.account,
        books: this.#books,
        assumptions: this.#assumptions,
        affords: this.#affords,
        frame: this.#frame,
        fund: (tape, row, marks) => this.#fund(tape, row, marks, out),
        admit: (id, until) => this.#intake.admitArrivals(id, until, this.#ends.isOver(id), out),
        settleEnd: (id, at) => this.#ends.settle(id, at, out),
        countAmbiguous: () => {
          this.ambiguousCandles += 1;
        },
      },
      ts,
      out,
    );
  }

  /** Funding times at or before the open, on the position held before this candle's fills (FUND-1, FUND-2). Whether anything was charged. */
  #fund(tape: Tape, row: number, marks: MarkPrices | null, out: Sink<Fact>): boolean {
    const id = tape.instrument;
    const series = this.#market.funding[id];
    const openTs = tape.closeTs[row] - tape.intervalMs + 1;
    let next = this.#fundingNext[id];
    if (next >= series.times.length || series.times[next] > openTs) return false;
    let isCharged = false;
    for (; next < series.times.length && series.times[next] <= openTs; next++) {
      if (series.times[next] > this.#ends.due(id) || this.#ends.isOver(id)) continue;
      const fact = fundingFact(this.#instruments[id], this.account, series, next, tape, row, marks);
      if (fact === null) continue;
      out.push(fact);
      isCharged = true;
    }
    this.#fundingNext[id] = next;
    return isCharged;
  }

  /** After a change: margin bands, then when each instrument has to be asked again. */
  #refresh(changed: readonly number[]): void {
    const areAllNew = this.#watch.update(changed);
    for (const id of changed) this.#schedule(id);
    if (areAllNew) for (const id of this.account.holding) if (this.#frame.placeOf(id) < 0) this.#schedule(id);
  }
  #schedule(id: number): void {
    const tape = this.#market.tapes[id];
    const times = this.#market.funding[id].times;
    const next = this.#fundingNext[id];
    let wake = Math.min(next < times.length ? times[next] : Infinity, this.#ends.due(id));
    if (this.#books.of(id).length > 0 || this.account.holding.has(id) || this.#books.hasChanges(id)) {
      const levels = this.#books.levelsOf(id, this.#watch);
      if (levels === null) wake = -Infinity;
      else {
        const from = rowAtOrBefore(tape, this.#now) + 1;
        const to = Math.min(tape.length, from + SCAN_ROWS);
        const row = firstOutside(tape, this.#market.marks?.[id] ?? null, levels, from, to);
        // What lies behind the end of a growing tape is not known yet.
        wake = row < tape.length ? Math.min(wake, tape.closeTs[row], this.#books.nextExpiry(id)) : -Infinity;
      }
    }
    this.wake[id] = wake;
  }

  /** Mark price of the last candle that has closed. */
  #markOf(id: number): number {
    const tape = this.#market.tapes[id];
    const row = rowAtOrBefore(tape, this.#now);
    const marks = this.#market.marks?.[id] ?? null;
    // Before its first candle a symbol has no price; the first that it will have stands for it, as a venue would know one.
    if (row < 0) return tape.length === 0 ? 0 : markOpen(tape, marks, 0);
    return markClose(tape, marks, row);
  }
}
