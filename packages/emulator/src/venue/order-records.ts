import type { EpochMs, InstrumentId, Lots, OrderId, Sats, Ticks } from '@orrery/core';

/** A side as the venue spells it. */
export type VenueSide = 'BUY' | 'SELL';

/** An order of the matching engine, as the venue remembers it; it changes in place until it has ended. */
export interface OrderRecord {
  readonly kind: 'order';
  /** The simulated venue's number for it; a triggered order's child has its parent's. */
  readonly simId: OrderId;
  readonly orderId: number;
  readonly clientOrderId: string;
  readonly instrument: InstrumentId;
  readonly side: VenueSide;
  readonly type: 'LIMIT' | 'MARKET';
  readonly timeInForce: 'GTC' | 'IOC' | 'FOK' | 'GTX';
  /** Limit price; null at market. */
  readonly price: Ticks | null;
  readonly reduceOnly: boolean;
  readonly time: EpochMs;
  /** Above 0; a reduce-only order is cut to what there was to reduce when it fills. */
  quantity: Lots;
  status: 'NEW' | 'FILLED' | 'CANCELED' | 'EXPIRED';
  executed: Lots;
  /** Price of the fill; null before. */
  fillPrice: Ticks | null;
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
  readonly type: 'STOP_MARKET' | 'TAKE_PROFIT_MARKET';
  readonly trigger: Ticks;
  /** 0 for one that closes the whole position. */
  readonly quantity: Lots;
  readonly reduceOnly: boolean;
  readonly closePosition: boolean;
  readonly workingType: 'CONTRACT_PRICE' | 'MARK_PRICE';
  readonly priceProtect: boolean;
  readonly createTime: EpochMs;
  status: 'NEW' | 'TRIGGERING' | 'TRIGGERED' | 'FINISHED' | 'CANCELED' | 'REJECTED' | 'EXPIRED';
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
  readonly type: 'FUNDING_FEE' | 'COMMISSION' | 'REALIZED_PNL';
  readonly instrument: InstrumentId;
  readonly amount: Sats;
  readonly time: EpochMs;
  /** Empty for funding. */
  readonly tradeId: string;
}
