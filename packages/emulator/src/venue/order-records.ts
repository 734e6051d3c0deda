import type { EpochMs, InstrumentId, LiquidationCause, Lots, OrderId, RateE8, Sats, Ticks } from '@orrery/core';

/** A side as the venue spells it. */
export type VenueSide = 'BUY' | 'SELL';
/** A position as the venue spells it. */
export type VenuePositionSide = 'BOTH' | 'LONG' | 'SHORT';
export type VenueTimeInForce = 'GTC' | 'IOC' | 'FOK' | 'GTX' | 'GTD';
export type AlgoType = 'STOP' | 'STOP_MARKET' | 'TAKE_PROFIT' | 'TAKE_PROFIT_MARKET' | 'TRAILING_STOP_MARKET';

/** An order of the matching engine, as the venue remembers it; it changes in place until it has ended. */
export interface OrderRecord {
  readonly kind: 'order';
  /** The simulated venue's number for it; a triggered order's child has its parent's. */
  readonly simId: OrderId;
  readonly orderId: number;
  readonly clientOrderId: string;
  readonly instrument: InstrumentId;
  readonly side: VenueSide;
  readonly positionSide: VenuePositionSide;
  readonly type: 'LIMIT' | 'MARKET';
  readonly timeInForce: VenueTimeInForce;
  /** Of a GTD order, ms UTC; 0 for others. */
  readonly goodTillDate: number;
  readonly reduceOnly: boolean;
  /** Why the venue itself placed it; null for the client's. */
  readonly forced: LiquidationCause | null;
  readonly time: EpochMs;
  /** Limit price; null at market. */
  price: Ticks | null;
  /** Above 0; a reduce-only order is cut to what there was to reduce when it has filled. */
  quantity: Lots;
  status: 'NEW' | 'PARTIALLY_FILLED' | 'FILLED' | 'CANCELED' | 'EXPIRED';
  executed: Lots;
  /** Value of its fills. */
  executedValue: Sats;
  updateTime: EpochMs;
}

/** A conditional order: it lives apart until its trigger is met, then becomes an order of the matching engine. */
export interface AlgoRecord {
  readonly kind: 'algo';
  readonly simId: OrderId;
  readonly algoId: number;
  readonly clientAlgoId: string;
  readonly instrument: InstrumentId;
  readonly side: VenueSide;
  readonly positionSide: VenuePositionSide;
  readonly type: AlgoType;
  /** Activation price of a trailing stop, where it has one. */
  readonly trigger: Ticks | null;
  /** Of the limit order that a STOP or TAKE_PROFIT places. */
  readonly price: Ticks | null;
  readonly timeInForce: VenueTimeInForce;
  readonly goodTillDate: number;
  readonly callbackRate: RateE8 | null;
  /** 0 for one that closes the whole position. */
  readonly quantity: Lots;
  readonly reduceOnly: boolean;
  readonly closePosition: boolean;
  readonly workingType: 'CONTRACT_PRICE' | 'MARK_PRICE';
  readonly priceProtect: boolean;
  readonly createTime: EpochMs;
  status: 'NEW' | 'TRIGGERING' | 'TRIGGERED' | 'FINISHED' | 'CANCELED' | 'REJECTED' | 'EXPIRED';
  /** Whether a trailing stop follows the price already. */
  isActivated: boolean;
  /** The order that it became. */
  child: OrderRecord | null;
  /** Why it was rejected; empty otherwise. */
  rejectReason: string;
  /** 0 before. */
  triggerTime: number;
  updateTime: EpochMs;
}

/** One execution. */
export interface TradeRecord {
  readonly id: number;
  readonly order: OrderRecord;
  readonly quantity: Lots;
  readonly price: Ticks;
  /** Positive is paid. */
  readonly fee: Sats;
  readonly realized: Sats;
  readonly isMaker: boolean;
  readonly time: EpochMs;
}

/** A line of the account's income history. */
export interface IncomeRecord {
  readonly id: number;
  readonly type: 'FUNDING_FEE' | 'COMMISSION' | 'REALIZED_PNL' | 'INSURANCE_CLEAR';
  readonly instrument: InstrumentId;
  readonly amount: Sats;
  readonly time: EpochMs;
  /** Empty for funding. */
  readonly tradeId: string;
}

/** Whether nothing more can become of an order. */
export function hasEnded(record: OrderRecord | AlgoRecord): boolean {
  if (record.kind === 'order') return record.status !== 'NEW' && record.status !== 'PARTIALLY_FILLED';
  return record.status !== 'NEW' && record.status !== 'TRIGGERING' && record.status !== 'TRIGGERED';
}
