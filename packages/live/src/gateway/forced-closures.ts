import {
  toPrice,
  type EpochMs,
  type Instrument,
  type LiquidationCause,
  type Lots,
  type PositionSide,
  type PriceE8,
  type Sats,
} from '@orrery/core';
import type { BinanceRest } from '../exchange/binance-rest.ts';
import { ENDPOINTS } from '../exchange/endpoints.ts';
import { forceOrdersSchema, orderSchema, tradesSchema, type ForceOrderRow, type TradeRow } from '../exchange/rest-schemas.ts';
import type { OrderUpdate } from '../exchange/user-events.ts';
import { VenueError } from '../exchange/venue-error.ts';
import type { KnownAccount, VenueProblem } from './execution-gateway.ts';
import type { OrderBook } from './order-book.ts';
import type { EndCause } from './order-tracker.ts';
import { feeOf } from './venue-reports.ts';
import { lotsOf, nearestTicks, priceE8Of } from './venue-values.ts';

/** What the closures work with. */
export interface ClosureParts {
  readonly rest: BinanceRest;
  readonly book: OrderBook;
  readonly isIsolated: boolean;
  readonly onProblem: (problem: VenueProblem) => void;
}

/** One trade by which the venue closed a position. */
interface ForcedTrade {
  readonly id: string;
  readonly cause: LiquidationCause;
  readonly positionSide: PositionSide;
  /** Signed. */
  readonly qty: Lots;
  readonly price: string;
  readonly fee: string;
  readonly feeAsset: string;
  readonly time: EpochMs;
}

/** An order's end and a closure this near to each other belong together, ms. */
const TOGETHER_MS = 60_000;
/** A mark price that the venue told this long before a closure still stands for it, ms. */
const MARK_LIFE_MS = 60_000;
const HOUR = 3_600_000;
/** Windows of GET forceOrders and userTrades. */
const LONGEST_LOOK_MS = 7 * 86_400_000 - HOUR;
const SIDES: Readonly<Record<string, PositionSide>> = { LONG: 'long', SHORT: 'short' };

/** Why the venue closed a position with an order of that name; null for a name that is not one of its own. */
export function forcedCause(clientOrderId: string): LiquidationCause | null {
  if (clientOrderId.startsWith('autoclose-')) return 'margin';
  if (clientOrderId.startsWith('adl_autoclose')) return 'adl';
  return /^(?:settlement|delivery)_autoclose/.test(clientOrderId) ? 'delisting' : null;
}

/** Liquidation, auto-deleveraging and settlement: each trade of them is booked once, whoever tells of it and however often. */
export class ForcedClosures {
  readonly #parts: ClosureParts;
  readonly #booked = new Set<string>();
  /** What the journal holds, which knows no trade ids: how many trades there are of each content. */
  readonly #known = new Map<string, number>();
  /** Orders that were looked at and are nobody's of the venue's. */
  readonly #others = new Set<string>();
  readonly #said = new Set<string>();
  readonly #marks = new Map<string, { readonly price: PriceE8; readonly time: number }>();
  #closures: readonly { readonly instrument: number; readonly cause: LiquidationCause; readonly time: number }[] = [];
  /** Up to then nothing was missed, ms UTC. */
  #since = 0;

  constructor(parts: ClosureParts) {
    this.#parts = parts;
  }

  /** What the journal holds. */
  know({ liquidations, heard }: Pick<KnownAccount, 'liquidations' | 'heard'>): void {
    for (const { instrument, ...content } of liquidations) {
      const key = contentKey(instrument, content);
      this.#known.set(key, (this.#known.get(key) ?? 0) + 1);
    }
    this.#since = Math.max(0, heard - HOUR);
  }
  /** Positions at the venue were those of the book at this time. */
  agreed(time: number): void {
    this.#since = Math.max(this.#since, time - TOGETHER_MS);
  }
  noteMark(symbol: string, price: string, time: number): void {
    this.#marks.set(symbol, { price: priceE8Of(price), time });
  }

  /** What the venue did by itself at about that time that ends orders as well. A cross account is liquidated as a whole (LIQ-4). */
  causeAt({ id }: Instrument, time: number): EndCause | null {
    for (const { instrument, cause, time: at } of this.#closures) {
      if (Math.abs(at - time) > TOGETHER_MS) continue;
      if (cause === 'margin' && (instrument === id || !this.#parts.isIsolated)) return 'liquidation';
      if (cause === 'delisting' && instrument === id) return 'delisted';
    }
    return null;
  }

  /** Takes an event in. False when it is not about such an order; 'ask' when it does not say which trade it was. */
  take(instrument: Instrument, update: OrderUpdate): boolean | 'ask' {
    const cause = forcedCause(update.clientOrderId) ?? (update.execution === 'CALCULATED' ? 'margin' : null);
    if (cause === null) return false;
    this.#note(instrument, cause, update.time, update.orderId, update.clientOrderId);
    const lots = lotsOf(instrument, update.lastQty);
    if (lots === 0) return true;
    if (!isTradeId(update.tradeId)) return 'ask';
    this.#book(instrument, {
      id: update.tradeId,
      cause,
      positionSide: SIDES[update.positionSide] ?? 'both',
      qty: (update.side === 'BUY' ? lots : -lots) as Lots,
      price: update.lastPrice,
      fee: update.fee ?? '0',
      feeAsset: update.feeAsset ?? 'USDT',
      time: update.time as EpochMs,
    });
    return true;
  }

  /** Looks for closures that were missed, in symbols whose positions are others than those known of. */
  async reconcile(instruments: readonly Instrument[]): Promise<void> {
    for (const instrument of instruments) await this.#lookAt(instrument);
  }

  async #lookAt(instrument: Instrument): Promise<void> {
    const { rest } = this.#parts;
    const { symbol } = instrument;
    const startTime = Math.max(this.#since, Math.floor(rest.now()) - LONGEST_LOOK_MS);
    const causes = new Map<string, LiquidationCause>();
    for (const { orderId, clientOrderId, updateTime } of await this.#forceOrders(symbol, startTime)) {
      const cause = forcedCause(clientOrderId) ?? 'margin';
      causes.set(orderId, cause);
      this.#note(instrument, cause, updateTime, orderId, clientOrderId);
    }
    const trades = await rest.read(ENDPOINTS.userTrades, { symbol, startTime, limit: 1000 }, tradesSchema);
    for (const row of trades) {
      const cause = causes.get(row.orderId) ?? (await this.#causeOf(instrument, row));
      if (cause === null) continue;
      causes.set(row.orderId, cause);
      this.#book(instrument, forcedTrade(instrument, row, cause));
    }
  }

  /** A venue that does not list them still has their trades. */
  async #forceOrders(symbol: string, startTime: number): Promise<readonly ForceOrderRow[]> {
    const params = { symbol, startTime, limit: 100 };
    return await this.#parts.rest.read(ENDPOINTS.forceOrders, params, forceOrdersSchema).catch((error: unknown) => {
      if (error instanceof VenueError && error.kind === 'refused') return [];
      throw error;
    });
  }

  /** Settlements are in no list of forced orders: what is not the session's own is asked about once, by its order. */
  async #causeOf(instrument: Instrument, { orderId, time }: TradeRow): Promise<LiquidationCause | null> {
    const { rest, book } = this.#parts;
    if (this.#others.has(orderId) || book.knowsVenueId(instrument.id, orderId)) return null;
    const order = await rest.read(ENDPOINTS.queryOrder, { symbol: instrument.symbol, orderId }, orderSchema).catch((error: unknown) => {
      if (error instanceof VenueError && error.kind === 'not_found') return null;
      throw error;
    });
    const cause = order === null ? null : forcedCause(order.clientOrderId);
    if (cause === null) this.#others.add(orderId);
    else this.#note(instrument, cause, time, orderId, order?.clientOrderId ?? '');
    return cause;
  }

  #note({ id, symbol }: Instrument, cause: LiquidationCause, time: number, orderId: string, clientOrderId: string): void {
    if (this.#said.has(orderId)) return;
    this.#said.add(orderId);
    this.#closures = [...this.#closures, { instrument: id, cause, time }];
    this.#parts.onProblem({ kind: 'liquidation', message: `${symbol}: the venue closes the position by force (${clientOrderId})` });
  }

  #book(instrument: Instrument, trade: ForcedTrade): void {
    const { id, symbol } = instrument;
    const key = `${id}:${trade.id}`;
    if (this.#booked.has(key)) return;
    this.#booked.add(key);
    const { cause, positionSide, qty, time } = trade;
    // A settlement's price is an average, which need not lie on a tick.
    const price = nearestTicks(instrument, trade.price);
    const content = contentKey(id, { time, positionSide, qty, price });
    const left = this.#known.get(content) ?? 0;
    if (left > 0) {
      this.#known.set(content, left - 1);
      return;
    }
    const { fee, foreignFee } = feeOf(trade.fee, trade.feeAsset);
    if (foreignFee !== null) {
      const message = `${symbol}: a forced closure cost ${foreignFee}, which cannot be booked in USDT`;
      this.#parts.onProblem({ kind: 'account', message });
    }
    const told = this.#marks.get(symbol);
    const isFresh = told !== undefined && Math.abs(time - told.time) <= MARK_LIFE_MS;
    const mark = isFresh ? told.price : (Math.round(toPrice(instrument, price) * 1e8) as PriceE8);
    const fact = {
      type: 'PositionLiquidated',
      ts: time,
      instrument: id,
      cause,
      positionSide,
      qty,
      price,
      mark,
      // What the insurance fund took over is a fee that is received.
      fee: Math.max(0, fee) as Sats,
      absorbed: Math.max(0, -fee) as Sats,
    } as const;
    this.#parts.book.liquidated(instrument, fact);
  }
}

function forcedTrade(instrument: Instrument, row: TradeRow, cause: LiquidationCause): ForcedTrade {
  const lots = lotsOf(instrument, row.qty);
  return {
    id: row.id,
    cause,
    positionSide: SIDES[row.positionSide ?? 'BOTH'] ?? 'both',
    qty: (row.side === 'BUY' ? lots : -lots) as Lots,
    price: row.price,
    fee: row.commission,
    feeAsset: row.commissionAsset,
    time: row.time as EpochMs,
  };
}

function isTradeId(text: string): boolean {
  return text !== '' && text !== '0' && text !== '-1';
}

function contentKey(
  instrument: number,
  { time, positionSide, qty, price }: Omit<KnownAccount['liquidations'][number], 'instrument'>,
): string {
  return `${instrument}:${time}:${positionSide}:${qty}:${price}`;
}
