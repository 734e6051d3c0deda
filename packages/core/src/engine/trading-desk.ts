import { floorDiv } from '../ledger/exact.ts';
import { COST, WALLET, type Ledger } from '../ledger/ledger.ts';
import { toTicks, type Instrument } from '../market/instrument.ts';
import type { Command, DenyReason, HaltReason, OrderType, PositionSide, Side, SignalVerdict, SubmitOrder, Verdict } from '../messages.ts';
import { slotOf } from '../ledger/slots.ts';
import { isMember, type Universe } from '../market/universe.ts';
import { filterProblem } from '../order/filters.ts';
import { denial, type GateState } from '../order/gate.ts';
import { isBehind, isConditional } from '../order/order-kind.ts';
import type { OpenOrders } from '../order/open-orders.ts';
import { termsOf, type BracketRequest, type OrderRequest } from '../order/request.ts';
import type { Amendment, Desk } from '../strategy/desk.ts';
import type { ModelSpec } from '../strategy/strategy.ts';
import { StrategyError } from '../strategy/strategy-error.ts';
import type { EpochMs, InstrumentId, Lots, OrderId, Sats, Ticks } from '../units.ts';
import { GROSS_VALUE, OPEN_VALUE, type Marks } from './marks.ts';
import type { Queue } from './queue.ts';

/** What the desk shares with the engine that owns it. */
export interface DeskParts {
  readonly instruments: readonly Instrument[];
  readonly ledger: Ledger;
  readonly marks: Marks;
  readonly orders: OpenOrders;
  readonly models: readonly ModelSpec[];
  readonly maxLeverage: number;
  readonly hedgeMode: boolean;
  readonly universe: Universe | null;
  /** Commands and verdicts in the order in which they were concluded. */
  readonly out: Queue<Command | Verdict>;
  /** Brings `now` and the marks up to the candle being decided on; the engine leaves them behind while nobody asks. */
  readonly catchUp: () => void;
}

/** Turns wishes into commands or denials. Ids count up from 1, so a replay issues the same ones. */
export class TradingDesk implements Desk {
  readonly instruments: number;
  readonly isHedged: boolean;
  /** Time of the candle or fact being handled; set by the engine. */
  now: EpochMs = 0 as EpochMs;
  isHalted = false;
  /** The venue's leverage of each instrument as far as it was changed in this run; 0 until then. */
  readonly leverage: Float64Array;
  readonly #parts: DeskParts;
  readonly #share: Float64Array;
  readonly #gate: GateState;
  #nextOrderId = 1;
  #nextRequestId = 1;
  #nextTimerId = 1;

  constructor(parts: DeskParts) {
    this.#parts = parts;
    this.instruments = parts.instruments.length;
    this.isHedged = parts.hedgeMode;
    this.#share = new Float64Array(parts.instruments.length);
    this.leverage = new Float64Array(parts.instruments.length);
    const { ledger, maxLeverage, hedgeMode, instruments } = parts;
    this.#gate = {
      ledger,
      maxLeverage,
      isHedged: hedgeMode,
      instruments: instruments.length,
      now: 0 as EpochMs,
      last: 0 as Ticks,
      openOrders: 0,
      conditional: 0,
      inFlight: 0,
      equity: 0,
      gross: 0,
    };
  }

  instrument(id: InstrumentId): Instrument {
    return this.#parts.instruments[id];
  }
  position(id: InstrumentId): Lots {
    const { ledger, hedgeMode } = this.#parts;
    return (hedgeMode ? ledger.qty[id] + ledger.qty[id + this.instruments] : ledger.qty[id]) as Lots;
  }
  positionOf(id: InstrumentId, side: PositionSide): Lots {
    const { ledger, hedgeMode } = this.#parts;
    if (hedgeMode === (side === 'both')) throw new StrategyError(`positionOf('${side}') is not of ${hedgeMode ? 'hedge' : 'one-way'} mode`);
    return ledger.qty[slotOf(id, side, this.instruments)] as Lots;
  }
  equity(): Sats {
    this.#parts.catchUp();
    const { ledger, marks } = this.#parts;
    return (ledger.totals[WALLET] + marks.sums[OPEN_VALUE] - ledger.totals[COST]) as Sats;
  }
  lastPrice(id: InstrumentId): number {
    this.#parts.catchUp();
    const price = this.#parts.marks.last[id];
    return price === 0 ? NaN : price;
  }

  target(id: InstrumentId, qty: Lots): void {
    if (!Number.isSafeInteger(qty)) throw new StrategyError(`target(${qty}) is not a whole number of lots`);
    if (this.#parts.hedgeMode) throw new StrategyError('target() is for one-way mode; in hedge mode give orders with a positionSide');
    const held = this.#parts.ledger.qty[id] + this.#parts.orders.inFlight[id];
    const delta = qty - held;
    if (delta === 0) return;
    const isReducing = qty === 0 || (held !== 0 && qty > 0 === held > 0 && Math.abs(qty) < Math.abs(held));
    this.order({ instrument: id, side: sideOf(delta), orderType: 'market', qty: Math.abs(delta) as Lots, reduceOnly: isReducing });
  }

  targetShare(id: InstrumentId, share: number): void {
    // A position that a bracket opened has no share to compare with, yet 0 must close it.
    if (share === this.#share[id] && share !== 0) return;
    if (!Number.isFinite(share)) throw new StrategyError(`target(${share}) is not a finite share of the allotment`);
    this.#share[id] = share;
    this.#parts.catchUp();
    this.target(id, this.#lotsOf(id, share));
  }

  order(request: OrderRequest): OrderId | null {
    this.#parts.catchUp();
    const { instrument, parent } = request;
    if (parent !== undefined && this.#parts.orders.find(instrument, parent) === undefined) {
      throw new StrategyError(`order ${parent} is not open on ${this.instrument(instrument).symbol}, so nothing can be its child`);
    }
    const reason = this.#denial(request, 0);
    return reason === null ? this.#submit(request) : this.#deny(request, reason);
  }

  bracket(request: BracketRequest): OrderId | null {
    this.#parts.catchUp();
    const {
      instrument,
      side,
      qty,
      price,
      stop,
      target,
      positionSide = 'both',
      workingType = 'contract_price',
      priceProtect = false,
    } = request;
    const exit: Side = side === 'buy' ? 'sell' : 'buy';
    const at = price ?? toTicks(this.#parts.instruments[instrument], this.#parts.marks.last[instrument]);
    const isBad = (orderType: OrderType, trigger: number | undefined): boolean =>
      trigger !== undefined && isBehind(orderType, exit, trigger, at);
    if (isBad('stop_market', stop) || isBad('take_profit_market', target)) {
      return this.#deny(request, 'would_trigger');
    }
    const exits = (parent: OrderId): readonly OrderRequest[] => {
      const terms = { positionSide, workingType, priceProtect };
      const child = { instrument, side: exit, qty, reduceOnly: positionSide === 'both', parent, terms };
      return [
        ...(stop === undefined ? [] : [{ ...child, orderType: 'stop_market' as const, trigger: stop }]),
        ...(target === undefined ? [] : [{ ...child, orderType: 'take_profit_market' as const, trigger: target }]),
      ];
    };
    const opening: OrderRequest = {
      instrument,
      side,
      qty,
      ...(price === undefined ? { orderType: 'market' } : { orderType: 'limit', price }),
      terms: { positionSide },
    };
    // All or nothing: an entry whose stop is denied would stand unprotected (ORD-9).
    const legs = [opening, ...exits(NO_ORDER)];
    for (const [ahead, leg] of legs.entries()) {
      const reason = this.#denial(leg, ahead);
      if (reason !== null) return this.#deny(request, reason);
    }
    const entry = this.#submit(opening);
    for (const leg of exits(entry)) this.#submit(leg);
    return entry;
  }

  cancel(id: InstrumentId, orderId: OrderId): void {
    this.#parts.catchUp();
    const order = this.#parts.orders.find(id, orderId);
    // A market order never rests, so it cannot be called back; `target` counts it as done (ORD-10).
    if (order === undefined || (order.orderType === 'market' && order.parent === null)) return;
    this.#parts.out.push({ type: 'CancelOrder', ts: this.now, instrument: id, orderId });
  }
  amend(id: InstrumentId, orderId: OrderId, change: Amendment): boolean {
    this.#parts.catchUp();
    const order = this.#parts.orders.find(id, orderId);
    if (order === undefined) return false;
    const { qty, price } = change;
    const side = sideOf(order.qty);
    const instrument = this.#parts.instruments[id];
    const last = toTicks(instrument, this.#parts.marks.last[id]);
    const isWhole = Number.isSafeInteger(qty) && qty > 0 && Number.isSafeInteger(price) && price > 0;
    const wanted = { side, orderType: 'limit', qty, price, trigger: null, isReducing: order.reduceOnly, isWhole: false } as const;
    const problem = this.isHalted
      ? 'halted'
      : !isWhole
        ? 'bad_quantity'
        : order.orderType !== 'limit'
          ? 'bad_terms'
          : filterProblem(instrument, wanted, last);
    if (problem !== null) {
      this.#deny({ instrument: id, side, qty }, problem);
      return false;
    }
    this.#parts.out.push({ type: 'AmendOrder', ts: this.now, instrument: id, orderId, qty, price });
    return true;
  }
  setLeverage(id: InstrumentId, leverage: number): void {
    this.#parts.catchUp();
    if (!Number.isSafeInteger(leverage) || leverage < 1) throw new StrategyError(`setLeverage(${leverage}) takes a whole number from 1`);
    this.#parts.out.push({ type: 'SetLeverage', ts: this.now, instrument: id, leverage });
  }
  cancelAll(id: InstrumentId): void {
    // The children of a cancelled parent go with it; a market order is not cancelled, so its children are.
    for (const order of this.#parts.orders.of(id)) {
      const parent = order.parent === null ? undefined : this.#parts.orders.find(id, order.parent);
      if (parent === undefined || parent.orderType === 'market') this.cancel(id, order.orderId);
    }
  }
  predict(modelSlot: number, id: InstrumentId, input: readonly number[]): number {
    this.#parts.catchUp();
    const model = this.#parts.models[modelSlot];
    if (model === undefined) throw new StrategyError(`predict(${modelSlot}): the strategy declares ${this.#parts.models.length} models`);
    const requestId = this.#nextRequestId++;
    this.#parts.out.push({ type: 'RequestPrediction', ts: this.now, instrument: id, requestId, modelId: model.id, input });
    return requestId;
  }
  timer(id: InstrumentId, due: EpochMs): number {
    this.#parts.catchUp();
    if (!Number.isSafeInteger(due)) throw new StrategyError(`timer(${due}) is not a time in ms`);
    const timerId = this.#nextTimerId++;
    this.#parts.out.push({ type: 'SetTimer', ts: this.now, instrument: id, timerId, due: (due + 0) as EpochMs });
    return timerId;
  }

  mayEnter(id: InstrumentId): boolean {
    const { universe } = this.#parts;
    return universe === null || isMember(universe, id, this.now);
  }
  conclude(verdict: SignalVerdict): void {
    this.#parts.out.push(verdict);
  }

  /** Ends all trading: working orders are cancelled, positions closed at market, and nothing is accepted from then on. */
  halt(reason: HaltReason): void {
    this.isHalted = true;
    this.#parts.out.push({ type: 'TradingHalted', ts: this.now, reason });
    for (let id = 0; id < this.instruments; id++) {
      this.cancelAll(id as InstrumentId);
      for (const positionSide of this.#parts.hedgeMode ? (['long', 'short'] as const) : (['both'] as const)) {
        const slot = slotOf(id as InstrumentId, positionSide, this.instruments);
        const held = this.#parts.ledger.qty[slot] + this.#parts.orders.inFlight[slot];
        if (held === 0) continue;
        this.#submit({
          instrument: id as InstrumentId,
          side: sideOf(-held),
          orderType: 'market',
          qty: Math.abs(held) as Lots,
          reduceOnly: positionSide === 'both',
          terms: { positionSide },
        });
      }
    }
  }

  #lotsOf(id: InstrumentId, share: number): Lots {
    const instrument = this.#parts.instruments[id];
    const unit = toTicks(instrument, this.#parts.marks.last[id]) * instrument.tickLotSats;
    const budget = Math.floor((Math.abs(share) * this.equity()) / this.instruments);
    if (!(unit > 0) || budget <= 0) return 0 as Lots;
    const lots = floorDiv(budget, unit);
    return (share < 0 ? -lots : lots) as Lots;
  }

  #deny(request: Pick<OrderRequest, 'instrument' | 'side' | 'qty'>, reason: DenyReason): null {
    const { instrument, side, qty } = request;
    // The journal holds whole numbers only.
    const noted = (Number.isSafeInteger(qty) ? qty + 0 : 0) as Lots;
    this.#parts.out.push({ type: 'OrderDenied', ts: this.now, instrument, reason, side, qty: noted });
    return null;
  }

  /** Value of all positions as they will be when the market orders under way are done. */
  #gross(): number {
    const { ledger, marks, orders, instruments } = this.#parts;
    let gross = marks.sums[GROSS_VALUE];
    for (let slot = 0; slot < orders.inFlight.length; slot++) {
      const underWay = orders.inFlight[slot];
      if (underWay === 0) continue;
      const value = Math.abs(ledger.qty[slot] + underWay) * marks.last[slot % instruments.length] * marks.perPrice[slot];
      gross += value - Math.abs(marks.value[slot]);
    }
    return gross;
  }

  /** @param ahead orders of the same bracket that come before it */
  #denial(request: OrderRequest, ahead: number): DenyReason | null {
    if (this.isHalted) return 'halted';
    const { instruments, marks, orders } = this.#parts;
    const id = request.instrument;
    const state = this.#gate;
    state.last = toTicks(instruments[id], marks.last[id]);
    state.openOrders = orders.of(id).length + ahead;
    state.conditional = orders.conditional + (isConditional(request.orderType) ? Math.max(0, ahead - 1) : 0);
    state.now = this.now;
    state.inFlight = orders.inFlight[slotOf(id, request.terms?.positionSide ?? 'both', this.instruments)];
    state.equity = this.equity();
    state.gross = this.#gross();
    const reason = denial(instruments[id], request, state);
    return reason ?? this.#closedDoor(request);
  }
  /** Entries may be shut out by the day's universe; exits never are (UNI-1). */
  #closedDoor({ instrument, side, reduceOnly, parent }: OrderRequest): DenyReason | null {
    const { universe } = this.#parts;
    if (universe === null || reduceOnly === true || parent !== undefined) return null;
    const held = this.position(instrument);
    const isReducing = held !== 0 && held > 0 !== (side === 'buy');
    return isReducing || isMember(universe, instrument, this.now) ? null : 'not_in_universe';
  }

  #submit(request: OrderRequest): OrderId {
    const orderId = this.#nextOrderId++ as OrderId;
    const command: SubmitOrder = {
      type: 'SubmitOrder',
      ts: this.now,
      orderId,
      instrument: request.instrument,
      side: request.side,
      orderType: request.orderType,
      qty: request.qty,
      price: request.price ?? null,
      trigger: request.trigger ?? null,
      timeInForce: request.timeInForce ?? 'gtc',
      reduceOnly: request.reduceOnly ?? false,
      parent: request.parent ?? null,
      terms: termsOf(request.terms),
    };
    this.#parts.orders.add(command);
    this.#parts.out.push(command);
    return orderId;
  }
}

/** Stands for the entry of a bracket that has no id yet. */
const NO_ORDER = 0 as OrderId;

function sideOf(delta: number): Side {
  return delta > 0 ? 'buy' : 'sell';
}
