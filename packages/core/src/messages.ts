import type { EpochMs, InstrumentId, Lots, OrderId, RateE8, Sats, Ticks } from './units.ts';

export type Side = 'buy' | 'sell';
export type OrderType = 'market' | 'limit' | 'stop_market' | 'take_profit_market';
/** gtc rests until it is filled or cancelled; ioc takes what the arrival price gives; gtx is post-only. */
export type TimeInForce = 'gtc' | 'ioc' | 'gtx';

/** Why the venue refused an order; the Binance error code that says the same stands behind each. */
export type RejectReason =
  | 'post_only_would_take' // -5022
  | 'reduce_only' // -2022
  | 'insufficient_margin' // -2019
  | 'would_trigger' // -2021
  | 'filter' // -1111, -1013, -4xxx: a price, quantity or notional that the symbol's filters do not allow
  | 'too_late' // never sent: the decision was too old when it could have been
  | 'venue'; // any other refusal
/** 'venue': asked for neither by the core nor by what happened to another order of its own. */
export type CancelReason = 'requested' | 'other_filled' | 'parent_gone' | 'position_closed' | 'venue';
export type ExpireReason = 'not_filled' | 'reduce_only' | 'venue';
/** Why the core did not send an order that a strategy asked for. */
export type DenyReason =
  | 'halted'
  | 'below_min_quantity'
  | 'above_max_quantity'
  | 'below_min_notional'
  | 'above_max_leverage'
  | 'would_trigger'
  | 'bad_price'
  | 'bad_quantity'
  | 'too_many_orders';
export type HaltReason = 'bankrupt';

interface Stamped<Type extends string> {
  readonly type: Type;
  readonly ts: EpochMs;
}
interface OfInstrument<Type extends string> extends Stamped<Type> {
  readonly instrument: InstrumentId;
}
interface OfOrder<Type extends string> extends OfInstrument<Type> {
  readonly orderId: OrderId;
}
interface OfRequest<Type extends string> extends OfInstrument<Type> {
  readonly requestId: number;
}

export type OrderAccepted = OfOrder<'OrderAccepted'>;
export interface OrderRejected extends OfOrder<'OrderRejected'> {
  readonly reason: RejectReason;
}
export interface OrderCanceled extends OfOrder<'OrderCanceled'> {
  readonly reason: CancelReason;
}
export interface OrderExpired extends OfOrder<'OrderExpired'> {
  readonly reason: ExpireReason;
}
export interface OrderFilled extends OfOrder<'OrderFilled'> {
  /** Ordinal of this fill within its order, from 1: a repeated report is recognised by it. */
  readonly fill: number;
  /** Signed: negative sells. */
  readonly qty: Lots;
  readonly price: Ticks;
  /** The price before slippage; equal to `price` where none was modelled. */
  readonly reference: Ticks;
  /** Positive is paid. */
  readonly fee: Sats;
  readonly isMaker: boolean;
  /** True when the order has nothing left to fill. */
  readonly isDone: boolean;
}
export interface FundingCharged extends OfInstrument<'FundingCharged'> {
  /** The funding time that is paid for, by which a repeated report is recognised. */
  readonly time: EpochMs;
  readonly rate: RateE8;
  /** Price that the position was valued at. */
  readonly mark: Ticks;
  /** Positive is received, negative is paid. */
  readonly amount: Sats;
}
export interface PredictionReady extends OfRequest<'PredictionReady'> {
  /** SHA-256 of the model file that said so. */
  readonly modelHash: string;
  readonly values: readonly number[];
}
export interface PredictionFailed extends OfRequest<'PredictionFailed'> {
  readonly reason: string;
}
export interface TimerFired extends OfInstrument<'TimerFired'> {
  readonly timerId: number;
}

/** What the outside world tells the core. Candles are not here: they are rows of a tape. */
export type Fact =
  | OrderAccepted
  | OrderRejected
  | OrderCanceled
  | OrderExpired
  | OrderFilled
  | FundingCharged
  | PredictionReady
  | PredictionFailed
  | TimerFired;

export interface SubmitOrder extends OfOrder<'SubmitOrder'> {
  readonly side: Side;
  readonly orderType: OrderType;
  /** Above 0; `side` carries the direction. */
  readonly qty: Lots;
  /** Limit price, or null. */
  readonly price: Ticks | null;
  /** Trigger of a stop or take-profit, or null. */
  readonly trigger: Ticks | null;
  readonly timeInForce: TimeInForce;
  readonly reduceOnly: boolean;
  /** Sleeps until this order has filled, then works for what it filled; the children of one parent cancel each other (ORD-7). */
  readonly parent: OrderId | null;
}
export type CancelOrder = OfOrder<'CancelOrder'>;
export interface RequestPrediction extends OfRequest<'RequestPrediction'> {
  readonly modelId: string;
  readonly input: readonly number[];
}
export interface SetTimer extends OfInstrument<'SetTimer'> {
  readonly timerId: number;
  readonly due: EpochMs;
}

/** What the core asks of the outside world. In the journal before an adapter sees it. */
export type Command = SubmitOrder | CancelOrder | RequestPrediction | SetTimer;

/** What the core concluded by itself, kept so that a reader sees why nothing happened. */
export interface OrderDenied extends OfInstrument<'OrderDenied'> {
  readonly reason: DenyReason;
  readonly side: Side;
  readonly qty: Lots;
}
export interface TradingHalted extends Stamped<'TradingHalted'> {
  readonly reason: HaltReason;
}
export type Verdict = OrderDenied | TradingHalted;

export type Message = Fact | Command | Verdict;

/** One entry of the fact lane. `pos` is the position of the schedule at which it was handled; `seq` counts from 1. */
export interface JournalEntry {
  readonly seq: number;
  readonly pos: number;
  readonly lane: 'in' | 'out';
  readonly message: Message;
}
