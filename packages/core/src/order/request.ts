import type { OrderTerms, OrderType, PositionSide, Side, TimeInForce, WorkingType } from '../messages.ts';
import type { InstrumentId, Lots, OrderId, Ticks } from '../units.ts';

/** What a strategy asks for; the gate turns it into a command or a denial. */
export interface OrderRequest {
  readonly instrument: InstrumentId;
  readonly side: Side;
  readonly orderType: OrderType;
  /** Above 0; 0 for a closePosition order. */
  readonly qty: Lots;
  /** For a limit order, and for the limit order that a stop or take_profit places. */
  readonly price?: Ticks;
  /** For a stop or take-profit; the activation price of a trailing stop, which may be left out. */
  readonly trigger?: Ticks;
  /** Default gtc. */
  readonly timeInForce?: TimeInForce;
  readonly reduceOnly?: boolean;
  readonly parent?: OrderId;
  /** What is not plain about it; the rest is as {@link PLAIN_TERMS}. */
  readonly terms?: Partial<OrderTerms>;
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
  /** Of hedge mode; default 'both'. */
  readonly positionSide?: PositionSide;
  /** Price that both exits look at; default 'contract_price'. */
  readonly workingType?: WorkingType;
  /** Of both exits; default false. */
  readonly priceProtect?: boolean;
}

/** Terms of an order that has none of its own. */
export const PLAIN_TERMS: OrderTerms = {
  positionSide: 'both',
  workingType: 'contract_price',
  priceProtect: false,
  closePosition: false,
  callbackRate: null,
  goodTillDate: null,
};

/** Terms as a command carries them: null where nothing about them is special, so that plain orders stay plain. */
export function termsOf(asked: Partial<OrderTerms> | undefined): OrderTerms | null {
  if (asked === undefined) return null;
  const terms = { ...PLAIN_TERMS, ...asked };
  const isPlain = (Object.keys(PLAIN_TERMS) as (keyof OrderTerms)[]).every((field) => terms[field] === PLAIN_TERMS[field]);
  return isPlain ? null : terms;
}
