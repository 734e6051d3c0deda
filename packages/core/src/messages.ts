import type { EpochMs, InstrumentId, Lots, OrderId, PriceE8, RateE8, Sats, Ticks } from './units.ts';
import type { VirtualEventKind } from './virtual/event-kinds.ts';

export type Side = 'buy' | 'sell';
/**
 * `stop` and `take_profit` place a limit order at their trigger, the `_market` ones a market order. A trailing stop triggers
 * when the price has come back by its callback rate from its best since it was activated.
 */
export type OrderType = 'market' | 'limit' | 'stop_market' | 'take_profit_market' | 'stop' | 'take_profit' | 'trailing_stop_market';
/**
 * gtc rests until it is filled or cancelled; ioc takes what the arrival price gives; gtx is post-only; fok fills whole on arrival
 * or not at all; gtd rests until its `goodTillDate`.
 */
export type TimeInForce = 'gtc' | 'ioc' | 'gtx' | 'fok' | 'gtd';
/** 'both' is the one position of one-way mode; 'long' and 'short' are the two of hedge mode. */
export type PositionSide = 'both' | 'long' | 'short';
/** The price that a trigger looks at: the last traded one, or the mark price. */
export type WorkingType = 'contract_price' | 'mark_price';

/** What few orders need beyond the plain ones; {@link SubmitOrder.terms} is null for the others. */
export interface OrderTerms {
  readonly positionSide: PositionSide;
  /** Of a conditional order's trigger. */
  readonly workingType: WorkingType;
  /** A conditional order does not go off while mark and last price are further apart than the symbol's triggerProtect. */
  readonly priceProtect: boolean;
  /** A stop_market or take_profit_market that closes whatever position there is at its trigger; its `qty` is 0. */
  readonly closePosition: boolean;
  /** Of a trailing stop: 0.1 % to 10 %. Null for other orders. */
  readonly callbackRate: RateE8 | null;
  /** When a gtd order expires, ms UTC. Null for other orders. */
  readonly goodTillDate: EpochMs | null;
}

/** Why the venue refused an order; the Binance error code that says the same stands behind each. */
export type RejectReason =
  | 'post_only_would_take' // -5022
  | 'reduce_only' // -2022
  | 'insufficient_margin' // -2019
  | 'would_trigger' // -2021
  | 'filter' // -1111, -1013, -4xxx: a price, quantity or notional that the symbol's filters do not allow
  | 'too_late' // never sent: the decision was too old when it could have been
  | 'venue' // any other refusal
  | 'halted' // never sent: entries were halted until somebody has looked
  | 'fok_not_filled' // -5021
  | 'max_position' // -2027: beyond what the leverage bracket allows
  | 'max_orders' // -2025
  | 'max_conditional_orders' // -4045
  | 'price_band' // -4016, -4024, -4131: PERCENT_PRICE
  | 'position_side' // -4061
  | 'in_liquidation'; // -2023
/** 'venue': asked for neither by the core nor by what happened to another order of its own. */
export type CancelReason =
  | 'requested'
  | 'other_filled'
  | 'parent_gone'
  | 'position_closed'
  | 'venue'
  | 'liquidation'
  | 'delisted'
  | 'amended_away';
export type ExpireReason =
  | 'not_filled'
  | 'reduce_only'
  | 'venue'
  | 'good_till_date' // a gtd order's date, or the year that a gtc order may rest
  | 'position_gone' // a closePosition order whose position is no more
  | 'insufficient_margin' // a conditional order that the margin did not carry at its trigger
  | 'take_bound'; // a market order beyond marketTakeBound of the mark price
/** Why the venue closed a position by itself. */
export type LiquidationCause =
  | 'margin' // maintenance margin reached the margin balance
  | 'adl' // auto-deleveraging against somebody else's liquidation
  | 'delisting'; // settlement at the symbol's end
/** Why the venue refused to change an open order; it stands as it was. */
export type AmendReason =
  | 'not_a_limit_order' // -5025
  | 'unchanged' // -5027
  | 'filter' // -1111, -4xxx, -5029
  | 'price_band' // -4016, -4024
  | 'insufficient_margin' // -2019
  | 'venue';
/** Why the venue refused a leverage. */
export type LeverageReason =
  | 'out_of_range' // -4028
  | 'position_too_large' // -2027, -4161
  | 'venue';
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
  | 'too_many_orders'
  | 'price_out_of_range' // PRICE_FILTER
  | 'price_band' // PERCENT_PRICE
  | 'bad_terms' // terms that do not go together, or not with the account's position mode
  | 'too_many_conditional_orders'
  | 'not_in_universe' // the symbol may not be entered at this time
  | 'not_trading'; // before its listing or after its delisting
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
  /** Mark price that the position was valued at. */
  readonly mark: PriceE8;
  /** Positive is received, negative is paid. */
  readonly amount: Sats;
}
/** The venue closed a position, or a part of it, by itself. */
export interface PositionLiquidated extends OfInstrument<'PositionLiquidated'> {
  readonly cause: LiquidationCause;
  readonly positionSide: PositionSide;
  /** What was traded: negative sells a long. */
  readonly qty: Lots;
  readonly price: Ticks;
  /** Mark price at which it came to this. */
  readonly mark: PriceE8;
  /** Liquidation clearance fee, into the insurance fund. */
  readonly fee: Sats;
  /** What the insurance fund took over because the margin did not suffice; never below 0. */
  readonly absorbed: Sats;
}
export interface OrderAmended extends OfOrder<'OrderAmended'> {
  /** Whole quantity of the order, filled part included. */
  readonly qty: Lots;
  readonly price: Ticks;
}
export interface AmendRejected extends OfOrder<'AmendRejected'> {
  readonly reason: AmendReason;
}
export interface LeverageChanged extends OfInstrument<'LeverageChanged'> {
  readonly leverage: number;
}
export interface LeverageRejected extends OfInstrument<'LeverageRejected'> {
  readonly leverage: number;
  readonly reason: LeverageReason;
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
  | PositionLiquidated
  | OrderAmended
  | AmendRejected
  | LeverageChanged
  | LeverageRejected
  | PredictionReady
  | PredictionFailed
  | TimerFired;

export interface SubmitOrder extends OfOrder<'SubmitOrder'> {
  readonly side: Side;
  readonly orderType: OrderType;
  /** Above 0, or 0 for a closePosition order; `side` carries the direction. */
  readonly qty: Lots;
  /** Limit price, or null. */
  readonly price: Ticks | null;
  /** Trigger of a stop or take-profit, activation price of a trailing stop, or null. */
  readonly trigger: Ticks | null;
  readonly timeInForce: TimeInForce;
  readonly reduceOnly: boolean;
  /** Sleeps until this order has filled, then works for what it filled; the children of one parent cancel each other (ORD-7). */
  readonly parent: OrderId | null;
  /** Null for a plain order: one-way mode, triggers at traded prices, no protection. */
  readonly terms: OrderTerms | null;
}
export type CancelOrder = OfOrder<'CancelOrder'>;
/** Changes price and quantity of a resting limit order; it loses its place in the queue. */
export interface AmendOrder extends OfOrder<'AmendOrder'> {
  /** Whole quantity, filled part included. */
  readonly qty: Lots;
  readonly price: Ticks;
}
/** Changes a symbol's leverage, by which the margin of its positions and orders is reckoned. */
export interface SetLeverage extends OfInstrument<'SetLeverage'> {
  readonly leverage: number;
}
export interface RequestPrediction extends OfRequest<'RequestPrediction'> {
  readonly modelId: string;
  readonly input: readonly number[];
}
export interface SetTimer extends OfInstrument<'SetTimer'> {
  readonly timerId: number;
  readonly due: EpochMs;
}

/** What the core asks of the outside world. In the journal before an adapter sees it. */
export type Command = SubmitOrder | CancelOrder | AmendOrder | SetLeverage | RequestPrediction | SetTimer;

/** What the core concluded by itself, kept so that a reader sees why nothing happened. */
export interface OrderDenied extends OfInstrument<'OrderDenied'> {
  readonly reason: DenyReason;
  readonly side: Side;
  readonly qty: Lots;
}
export interface TradingHalted extends Stamped<'TradingHalted'> {
  readonly reason: HaltReason;
}
/** Which way a signal wants to go. */
export type SignalDirection = 'long' | 'short';
/** Why a signal went no further, in the order in which the filters stand (SIG-5). */
export type SignalRejectReason =
  | 'low_confidence' // not above the least confidence
  | 'low_quality'
  | 'low_reward' // target too near for its stop
  | 'already_open' // the same symbol and direction has a virtual position, or the symbol an order or position
  | 'model_failed' // the model gave no number
  | 'low_model_probability'
  | 'low_recalibrated_confidence'
  | 'not_in_universe'
  | 'max_positions'
  | 'volatility_breaker'
  | 'graded_breaker'
  | 'daily_loss'
  | 'drawdown'
  | 'exposure'
  | 'correlation'
  | 'too_small' // the size that risk allows is below the symbol's filters
  | 'denied' // the order gate denied it; its verdict stands beside this one
  | 'outvoted'; // an ensemble's votes came to another conclusion
/** A strategy's signal, before anything is filtered but what has no levels at all. */
export interface SignalRaised extends OfInstrument<'SignalRaised'> {
  /** Counts up from 1 in a run. */
  readonly signalId: number;
  /** What made it, e.g. `ict`. */
  readonly source: string;
  readonly direction: SignalDirection;
  readonly entry: Ticks;
  readonly stop: Ticks;
  readonly target: Ticks;
  /** In 1e-8 of 1. */
  readonly confidence: RateE8;
  /** Trend alignment, market structure, price position, momentum, volatility; each in [0,1]. Empty where a source has no such parts. */
  readonly parts: readonly number[];
  /** Quality by dimension, in the order of `QUALITY_DIMENSIONS`; each in [0,1]. */
  readonly quality: readonly number[];
  /** Reasons, comma-separated words. */
  readonly reasons: string;
}
/** A signal was filtered out. Each signal ends in one of these or in orders. */
export interface SignalRejected extends OfInstrument<'SignalRejected'> {
  readonly signalId: number;
  readonly reason: SignalRejectReason;
  /** What was measured and the limit that it did not keep, in 1e-8, from 0; null where there is no number. */
  readonly value: RateE8 | null;
  readonly limit: RateE8 | null;
}
/** A signal passed all filters, and its orders were sent. */
export interface SignalAccepted extends OfInstrument<'SignalAccepted'> {
  readonly signalId: number;
  /** After recalibration, in 1e-8 of 1. */
  readonly confidence: RateE8;
  /** What the model said, in 1e-8; null where none was asked. */
  readonly probability: RateE8 | null;
  readonly leverage: number;
  /** Margin as a part of equity, in 1e-8. */
  readonly marginShare: RateE8;
  readonly qty: Lots;
}
export type BreakerName = 'graded' | 'volatility' | 'daily_loss' | 'drawdown';
export type BreakerCause = 'tripped' | 'released' | 'bypassed';
/** A breaker went to another level; 0 is closed, which lets everything through. */
export interface BreakerChanged extends Stamped<'BreakerChanged'> {
  /** Null for a breaker of the whole account. */
  readonly instrument: InstrumentId | null;
  readonly breaker: BreakerName;
  readonly from: number;
  readonly to: number;
  readonly cause: BreakerCause;
  /** What was measured, in 1e-8 of 1. */
  readonly value: RateE8;
}
/** Why a virtual position was closed by force, its levels moved, or a price is told out of turn; 'none' elsewhere. */
export type VirtualCause =
  | 'none'
  | 'graded_stop'
  | 'breaker'
  | 'delisted'
  | 'run_end'
  | 'breakeven'
  | 'trailed'
  | 'target_extended'
  | 'entered';
export interface VirtualPositionEvent extends OfInstrument<'VirtualPositionEvent'> {
  /** The id of the signal that it mirrors. */
  readonly positionId: number;
  readonly kind: VirtualEventKind;
  readonly cause: VirtualCause;
  readonly direction: SignalDirection;
  /** Price of the event; at CREATED the signal's entry, at the closing ones the price that it was closed at. */
  readonly price: Ticks;
  /** Return on the entry price before costs, in 1e-8: of the price above, or of the best or worst one at MAX_ and MIN_PNL_UPDATED. */
  readonly pnl: RateE8;
  /** Levels as they stand after the event. */
  readonly stop: Ticks;
  readonly target: Ticks;
}
export type SignalVerdict = SignalRaised | SignalRejected | SignalAccepted | BreakerChanged | VirtualPositionEvent;
export type Verdict = OrderDenied | TradingHalted | SignalVerdict;

export type Message = Fact | Command | Verdict;

/** One entry of the fact lane. `pos` is the position of the schedule at which it was handled; `seq` counts from 1. */
export interface JournalEntry {
  readonly seq: number;
  readonly pos: number;
  readonly lane: 'in' | 'out';
  readonly message: Message;
}
