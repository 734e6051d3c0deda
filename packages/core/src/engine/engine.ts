import { COST, createLedger, WALLET, type Ledger } from '../ledger/ledger.ts';
import { CandleView, placeCandle } from '../market/candle-view.ts';
import type { Command, Fact, Message, RequestPrediction, Verdict } from '../messages.ts';
import { OpenOrders } from '../order/open-orders.ts';
import { StrategyError } from '../strategy/strategy-error.ts';
import type { EpochMs } from '../units.ts';
import { AccountFold } from './account-fold.ts';
import { EquityCurve } from './equity-curve.ts';
import { InvariantError } from './invariant.ts';
import { createMarks, GROSS_VALUE, markTo, OPEN_VALUE, type Marks } from './marks.ts';
import type { BlockRange, Demand, EngineOptions } from './options.ts';
import { Queue } from './queue.ts';
import { TradingDesk } from './trading-desk.ts';

/**
 * The run: a synchronous state machine over the schedule. Within a timestamp the order is TIME-1 to TIME-6 of SPEC.md: what
 * happened inside the candles, timers, valuation of all, decisions by instrument id, the account's own check.
 */
export class Engine<State> {
  readonly ledger: Ledger;
  readonly orders: OpenOrders;
  readonly desk: TradingDesk;
  readonly curve: EquityCurve;
  /** predictions[instrument][n]: the n-th model output's column, filled by the driver on 'block-predictions'. */
  readonly predictions: readonly (readonly Float64Array[])[];
  /** Rows of the schedule decided so far. */
  pos = 0;
  /** Rows of the schedule whose features are there. */
  ready = 0;
  readonly #options: EngineOptions<State>;
  readonly #states: readonly State[];
  readonly #views: readonly CandleView[];
  readonly #marks: Marks;
  readonly #facts: Queue<Fact> = new Queue();
  readonly #out: Queue<Command | Verdict> = new Queue();
  readonly #rowsDone: Uint32Array;
  readonly #fold: AccountFold;
  readonly #closeTs: readonly Float64Array[];
  readonly #close: readonly Float64Array[];
  #pendingBlock: readonly BlockRange[] = [];
  #requests: RequestPrediction[] = [];
  #seq = 0;
  /** In hedge mode where the shorts begin among the ledger's slots; null in one-way mode. */
  readonly #slots: number | null;
  /** The candle being decided on while the desk has not been told of it; null while it has. */
  #behind: CandleView | null = null;
  /** Instrument being decided on, for the message of a strategy's failure. */
  #at = 0;

  constructor(options: EngineOptions<State>) {
    const { strategy, instruments, tapes, features, startEquity } = options;
    this.#options = options;
    const outputs = strategy.models.flatMap((model) => model.outputs).length;
    this.predictions = tapes.map((tape) => Array.from({ length: outputs }, () => new Float64Array(tape.close.length).fill(NaN)));
    const isHedged = options.hedgeMode === true;
    this.#slots = isHedged ? instruments.length : null;
    this.ledger = createLedger(isHedged ? 2 * instruments.length : instruments.length, startEquity);
    this.orders = new OpenOrders(instruments.length, this.ledger.qty.length);
    this.curve = new EquityCurve(startEquity, options.curveBucketMs, options.margin ?? null);
    this.#marks = createMarks(isHedged ? [...instruments, ...instruments] : instruments);
    const { ledger, orders } = this;
    this.desk = new TradingDesk({
      instruments,
      ledger,
      orders,
      marks: this.#marks,
      models: strategy.models,
      maxLeverage: options.maxLeverage,
      hedgeMode: isHedged,
      universe: options.universe ?? null,
      out: this.#out,
      catchUp: () => this.#catchUp(),
    });
    this.#fold = new AccountFold({ instruments, ledger, orders, marks: this.#marks, leverage: this.desk.leverage, hedgeMode: isHedged });
    const shared = strategy.initialState();
    this.#states = tapes.map(() => (strategy.scope === 'portfolio' ? shared : strategy.initialState()));
    this.#views = tapes.map((tape, t) => new CandleView(tape, [...features[t].columns, ...this.predictions[t]], features[t].logs));
    this.#rowsDone = new Uint32Array(tapes.length);
    this.#closeTs = tapes.map((tape) => tape.closeTs);
    this.#close = tapes.map((tape) => tape.close);
  }

  /** Runs up to the schedule position `until` (the end of a frame), or until something is wanted that only the driver can bring. */
  advance(until: number): Demand {
    const wantsColumns = this.predictions.some((columns) => columns.length > 0);
    while (this.pos < until) {
      if (this.pos === this.ready) {
        const to = this.#frameEndFrom(Math.min(this.pos + this.#options.blockRows, until));
        this.#derive(this.pos, to);
        this.ready = to;
        if (wantsColumns) return 'block-predictions';
      }
      this.#guarded(this.ready);
      if (this.#requests.length > 0) return 'frame-predictions';
    }
    return 'end';
  }

  /**
   * Takes the rows up to `until` (the end of a frame) as history: features and last prices know them, nothing is decided on them
   * and nothing happens in them (TIME-8).
   * @throws InvariantError once something was decided
   */
  observe(until: number): void {
    if (this.#seq !== 0 || this.pos !== this.ready) throw new InvariantError('history comes before the first decision');
    const { schedule } = this.#options;
    this.#derive(this.pos, until);
    for (let k = this.pos; k < until; k++) {
      const t = schedule.instrument[k];
      this.#marks.last[t] = this.#close[t][schedule.row[k]];
    }
    this.ready = until;
    this.pos = until;
  }

  /** Positions, or parts of some, that the venue has closed by itself. */
  get liquidations(): number {
    return this.#fold.liquidations;
  }
  /** What a portfolio strategy has counted; empty for others. */
  get counters(): Readonly<Record<string, number>> {
    const { strategy } = this.#options;
    return strategy.scope === 'portfolio' ? (strategy.counters?.(this.#states[0]) ?? {}) : {};
  }
  /** The rows that the last 'block-predictions' was about. */
  get pendingBlock(): readonly BlockRange[] {
    return this.#pendingBlock;
  }

  /** Hands the open requests over, one batch per timestamp, and forgets them. */
  takeRequests(): readonly RequestPrediction[] {
    const taken = this.#requests;
    this.#requests = [];
    return taken;
  }

  /** A fact from outside the candles: an execution report, a prediction. */
  accept(fact: Fact): void {
    this.desk.now = fact.ts;
    this.#facts.push(fact);
    try {
      this.#settle();
    } catch (error) {
      throw this.#failure(error);
    }
  }

  /** A block never splits a timestamp: what is asked at one moment is answered as one batch. */
  #frameEndFrom(end: number): number {
    const { frameEnd } = this.#options.schedule;
    let at = end;
    while (frameEnd[at - 1] === 0) at++;
    return at;
  }

  /** Advances every instrument's features over the rows that the block brings. */
  #derive(from: number, to: number): void {
    const { schedule, features } = this.#options;
    const done = this.#rowsDone;
    const reached = done.slice();
    reach(reached, schedule.instrument, schedule.row, from, to);
    const block: BlockRange[] = [];
    for (let t = 0; t < features.length; t++) {
      if (reached[t] === done[t]) continue;
      features[t].advance(done[t], reached[t]);
      block.push({ instrument: t, from: done[t], to: reached[t] });
      done[t] = reached[t];
    }
    this.#pendingBlock = block;
  }

  /** One guard around a whole block keeps the loop free of it, and still names the candle. */
  #guarded(to: number): void {
    try {
      if (this.#views.length === 1 && this.#slots === null) this.#reactAlone(to);
      else this.#react(to);
    } catch (error) {
      throw this.#failure(error);
    }
  }

  /** Names the strategy, the symbol and the moment; a defect of the core stays what it is. */
  #failure(error: unknown): Error {
    // Alone, a row's place in the schedule is the row itself.
    if (this.#behind !== null) this.pos = Math.max(this.pos, this.#behind.row);
    this.#catchUp();
    if (error instanceof InvariantError) return error;
    const { strategy, instruments } = this.#options;
    const text = error instanceof Error ? error.message : String(error);
    return new StrategyError(`strategy ${strategy.id}, ${instruments[this.#at].symbol}, candle closing at ${this.desk.now} ms: ${text}`, {
      cause: error,
    });
  }

  /**
   * The frames up to `to`. Columns are held in locals, and nothing is called on a quiet frame but the strategy and the curve:
   * each field read through `this` would be checked again on every candle, because a strategy may have changed anything.
   */
  #react(to: number): void {
    const { schedule, tapes, strategy, venue } = this.#options;
    const { instrument, row, frameEnd } = schedule;
    const { desk, ledger, curve } = this;
    const { qty, totals } = ledger;
    const { wake } = venue;
    const marks = this.#marks;
    const { last, sums } = marks;
    const times = this.#closeTs;
    const closes = this.#close;
    const views = this.#views;
    const states = this.#states;
    const facts = this.#facts;
    const out = this.#out;
    const shorts = this.#slots;
    let from = this.pos;
    while (from < to) {
      let end = from + 1;
      while (frameEnd[end - 1] === 0) end++;
      const ts = times[instrument[from]][row[from]];
      desk.now = ts as EpochMs;
      // What happened inside the candles, and the timers due by their end, before anything is decided (TIME-2, TIME-3).
      let isAwake = false;
      for (let k = from; k < end; k++) {
        const t = instrument[k];
        if (wake[t] > ts) continue;
        isAwake = true;
        venue.match(tapes[t], row[k], facts);
      }
      if (isAwake) venue.endFrame(ts, facts);
      if (venue.timerDue <= ts) venue.fireTimers(ts, from + 1, facts);
      if (facts.size !== 0) this.#settleAt(from + 1);
      for (let k = from; k < end; k++) {
        const t = instrument[k];
        const close = closes[t][row[k]];
        last[t] = close;
        if (qty[t] !== 0) markTo(marks, ledger, t, close);
        if (shorts !== null && qty[t + shorts] !== 0) markTo(marks, ledger, t + shorts, close);
      }
      for (let k = from; k < end; k++) {
        const t = instrument[k];
        const candle = views[t];
        placeCandle(candle, row[k], k === end - 1);
        this.#at = t;
        strategy.decide(states[t], candle, desk);
        if (out.size !== 0) this.#settleAt(k + 1);
      }
      from = end;
      this.pos = end;
      const equity = totals[WALLET] + sums[OPEN_VALUE] - totals[COST];
      if (equity <= 0 && !desk.isHalted) this.#halt();
      curve.observe(ts, equity, sums[GROSS_VALUE]);
      if (this.#requests.length !== 0) return;
    }
  }

  /**
   * The same steps for a run of one instrument, where each frame is one candle. While nothing is said and nothing can happen,
   * candles are only decided on; their valuation is made up for in one tight pass, or when the strategy asks the desk.
   */
  #reactAlone(to: number): void {
    const { schedule, tapes, venue } = this.#options;
    const { row } = schedule;
    const { desk, ledger, curve } = this;
    const { totals, qty } = ledger;
    const { sums, perPrice } = this.#marks;
    const [tape] = tapes;
    const [candle] = this.#views;
    this.#at = 0;
    let from = this.pos;
    while (from < to) {
      const at = row[from];
      const ts = tape.closeTs[at];
      desk.now = ts as EpochMs;
      if (venue.wake[0] <= ts) {
        venue.match(tape, at, this.#facts);
        venue.endFrame(ts, this.#facts);
      }
      if (venue.timerDue <= ts) venue.fireTimers(ts, from + 1, this.#facts);
      if (this.#facts.size !== 0) this.#settleAt(from + 1);
      const owed = totals[COST] - totals[WALLET];
      this.#behind = candle;
      const end = this.#decideQuiet(from, to, owed);
      this.#catchUp();
      this.#behind = null;
      curve.observeHeld(tape, at, at + end - 1 - from, -owed, qty[0], perPrice[0]);
      if (this.#out.size !== 0) this.#settleAt(end);
      this.pos = end;
      const equity = desk.equity();
      if (equity <= 0 && !desk.isHalted) this.#halt();
      curve.observe(desk.now, equity, sums[GROSS_VALUE]);
      if (this.#requests.length !== 0) return;
      from = end;
    }
  }

  /**
   * Decides from a candle on, up to the first that says something, that ends with the position worth no more than is `owed`, or
   * that the next candle may bring an event behind. Returns the position after it.
   */
  #decideQuiet(from: number, to: number, owed: number): number {
    const { schedule, tapes, strategy, venue } = this.#options;
    const { row } = schedule;
    const [{ closeTs, close }] = tapes;
    const [candle] = this.#views;
    const [state] = this.#states;
    const { desk } = this;
    const out = this.#out;
    const held = this.ledger.qty[0];
    const perPrice = this.#marks.perPrice[0];
    const due = Math.min(venue.wake[0], venue.timerDue);
    for (let k = from; k < to; k++) {
      const at = row[k];
      if (k > from && closeTs[at] >= due) return k;
      placeCandle(candle, at, true);
      strategy.decide(state, candle, desk);
      if (out.size !== 0 || Math.round(held * close[at] * perPrice) <= owed) return k + 1;
    }
    return to;
  }

  /** Brings time and valuation up to the candle being decided on, where they were left behind. */
  #catchUp(): void {
    const candle = this.#behind;
    if (candle === null) return;
    this.desk.now = candle.ts;
    const price = candle.close();
    this.#marks.last[0] = price;
    if (this.ledger.qty[0] !== 0) markTo(this.#marks, this.ledger, 0, price);
  }

  #halt(): void {
    this.desk.halt('bankrupt');
    this.#settle();
  }
  /** @param pos where what is settled is journalled */
  #settleAt(pos: number): void {
    this.pos = pos;
    this.#settle();
  }

  /** Alternates between what came in and what is to go out until both are empty. */
  #settle(): void {
    const facts = this.#facts;
    const out = this.#out;
    while (facts.size !== 0 || out.size !== 0) {
      while (facts.size !== 0) this.#handle(facts.shift());
      while (out.size !== 0) this.#dispatch(out.shift());
    }
  }

  #handle(fact: Fact): void {
    this.#record('in', fact);
    if (!this.#fold.evolve(fact)) return;
    const { onFact } = this.#options.strategy;
    if (onFact === undefined) return;
    this.#at = fact.instrument;
    onFact(this.#states[this.#at], fact, this.desk);
  }

  #dispatch(message: Command | Verdict): void {
    this.#record('out', message);
    switch (message.type) {
      case 'RequestPrediction':
        this.#requests.push(message);
        return;
      case 'OrderDenied':
      case 'TradingHalted':
      case 'SignalRaised':
      case 'SignalRejected':
      case 'SignalAccepted':
      case 'BreakerChanged':
      case 'VirtualPositionEvent':
        return;
      default:
        this.#options.venue.handle(message, this.#facts);
    }
  }

  #record(lane: 'in' | 'out', message: Message): void {
    this.#seq += 1;
    this.#options.recorder.record(this.#seq, this.pos, lane, message);
  }
}

/** One past the last row of each instrument among the schedule's rows [from, to); apart, because it passes every row. */
function reach(reached: Uint32Array, instrument: Uint16Array, row: Uint32Array, from: number, to: number): void {
  // Alone, the last row says it all.
  for (let k = reached.length === 1 ? to - 1 : from; k < to; k++) reached[instrument[k]] = row[k] + 1;
}
