import {
  applyFill,
  applyFunding,
  COST,
  createLedger,
  parseSats,
  REALIZED,
  WALLET,
  type Instrument,
  type InstrumentId,
  type Ledger,
  type Lots,
  type Sats,
  type Ticks,
} from '@orrery/core';
import type { MarketBoard } from './market-board.ts';
import type { OrderBook } from './order-book.ts';
import type { VenueSide } from './order-records.ts';

/** Leverage and margin type of one symbol. The type is remembered and shown; the wallet is always shared. */
export interface SymbolSettings {
  leverage: number;
  marginType: 'CROSSED' | 'ISOLATED';
}

/** The venue's default for a new account. */
const DEFAULT_LEVERAGE = 20;
/** One bracket for every symbol and size: the data hold no bracket tables. */
export const MAX_LEVERAGE = 125;
/** Maintenance margin, part of the notional. */
export const MAINTENANCE_RATE = 0.004;

/** What one position and its open orders bind, in sats. */
export interface PositionMargin {
  readonly notional: number;
  readonly unrealized: number;
  readonly position: number;
  readonly openOrders: number;
  readonly maintenance: number;
  readonly bids: number;
  readonly asks: number;
}

/** The account's money: the ledger, and the margin that positions and orders bind (cross margin, one-way mode). */
export class Account {
  readonly ledger: Ledger;
  readonly settings: readonly SymbolSettings[];
  /** Market time of the last change; never 0, because clients take 0 for "no such asset". */
  updateTime: number;
  readonly #board: MarketBoard;
  readonly #book: OrderBook;

  constructor(board: MarketBoard, book: OrderBook, startEquity: string) {
    this.#board = board;
    this.#book = book;
    this.ledger = createLedger(board.instruments.length, parseSats(startEquity));
    this.settings = board.instruments.map(() => ({ leverage: DEFAULT_LEVERAGE, marginType: 'CROSSED' }));
    this.updateTime = board.now;
  }

  position(id: InstrumentId): Lots {
    return this.ledger.qty[id] as Lots;
  }
  /** Books a fill and returns the profit that it realised. */
  fill(instrument: Instrument, qty: Lots, price: Ticks, reference: Ticks, fee: Sats): Sats {
    const before = this.ledger.totals[REALIZED];
    applyFill(this.ledger, instrument, qty, price, reference, fee);
    return (this.ledger.totals[REALIZED] - before) as Sats;
  }
  fund(id: InstrumentId, amount: Sats): void {
    applyFunding(this.ledger, id, amount);
  }

  wallet(): Sats {
    return this.ledger.totals[WALLET] as Sats;
  }
  unrealizedOf(id: InstrumentId): Sats {
    const instrument = this.#board.instruments[id];
    return (this.ledger.qty[id] * this.#board.last(id) * instrument.tickLotSats - this.ledger.cost[id]) as Sats;
  }
  unrealized(): Sats {
    let value = 0;
    for (const { id, tickLotSats } of this.#board.instruments) {
      if (this.ledger.qty[id] !== 0) value += this.ledger.qty[id] * this.#board.last(id) * tickLotSats;
    }
    return (value - this.ledger.totals[COST]) as Sats;
  }

  /**
   * Initial margin of a symbol: of the position, and what its open orders could add on either side.
   * @param extra an order that is being considered
   */
  marginOf(id: InstrumentId, extra?: { readonly side: VenueSide; readonly value: number }): PositionMargin {
    const { tickLotSats } = this.#board.instruments[id];
    const last = this.#board.last(id);
    let bids = extra?.side === 'BUY' ? extra.value : 0;
    let asks = extra?.side === 'SELL' ? extra.value : 0;
    for (const order of this.#book.openOrders) {
      if (order.instrument !== id || order.reduceOnly) continue;
      const value = (order.quantity - order.executed) * (order.price ?? last) * tickLotSats;
      if (order.side === 'BUY') bids += value;
      else asks += value;
    }
    const notional = this.ledger.qty[id] * last * tickLotSats;
    const { leverage } = this.settings[id];
    const most = Math.max(Math.abs(notional), Math.abs(notional + bids), Math.abs(notional - asks));
    const position = Math.ceil(Math.abs(notional) / leverage);
    return {
      notional,
      unrealized: this.unrealizedOf(id),
      position,
      openOrders: Math.ceil(most / leverage) - position,
      maintenance: Math.round(Math.abs(notional) * MAINTENANCE_RATE),
      bids,
      asks,
    };
  }

  /** The same over all symbols. */
  totalMargin(): { readonly position: number; readonly openOrders: number; readonly maintenance: number } {
    const total = { position: 0, openOrders: 0, maintenance: 0 };
    const touched = new Set([...this.#book.openOrders].map((order) => order.instrument));
    for (const { id } of this.#board.instruments) {
      if (this.ledger.qty[id] === 0 && !touched.has(id)) continue;
      const margin = this.marginOf(id);
      total.position += margin.position;
      total.openOrders += margin.openOrders;
      total.maintenance += margin.maintenance;
    }
    return total;
  }

  /** What a new order could bind: wallet and open profit less the margin of positions and orders, never below 0. */
  available(): Sats {
    const { position, openOrders } = this.totalMargin();
    return Math.max(0, this.wallet() + this.unrealized() - position - openOrders) as Sats;
  }

  /**
   * Whether the account can carry one more order: its margin, and the loss that it would open with at the last price.
   * Formula: BINANCE USDⓈ-M order cost = initial margin + open loss.
   */
  affords(id: InstrumentId, side: VenueSide, lots: Lots, price: Ticks): boolean {
    const { tickLotSats } = this.#board.instruments[id];
    const last = this.#board.last(id);
    const [without, having] = [this.marginOf(id), this.marginOf(id, { side, value: lots * price * tickLotSats })];
    const added = having.position + having.openOrders - without.position - without.openOrders;
    if (added <= 0) return true;
    const openLoss = Math.max(0, (side === 'BUY' ? price - last : last - price) * lots * tickLotSats);
    return this.available() - added - openLoss >= 0;
  }
}
