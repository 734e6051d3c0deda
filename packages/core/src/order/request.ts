import type { OrderType, Side, TimeInForce } from '../messages.ts';
import type { InstrumentId, Lots, OrderId, Ticks } from '../units.ts';

/** What a strategy asks for; the gate turns it into a command or a denial. */
export interface OrderRequest {
  readonly instrument: InstrumentId;
  readonly side: Side;
  readonly orderType: OrderType;
  /** Above 0. */
  readonly qty: Lots;
  /** For a limit order. */
  readonly price?: Ticks;
  /** For a stop or take-profit. */
  readonly trigger?: Ticks;
  /** Default gtc. */
  readonly timeInForce?: TimeInForce;
  readonly reduceOnly?: boolean;
  readonly parent?: OrderId;
}

/** An entry with a protective stop and, or, a target that cancel each other (ORD-7). */
export interface BracketRequest {
  readonly instrument: InstrumentId;
  readonly side: Side;
  readonly qty: Lots;
  /** Limit price of the entry; absent: at market. */
  readonly price?: Ticks;
  readonly stop?: Ticks;
  readonly target?: Ticks;
}
