import type { WorkingType } from '../messages.ts';

/** What a trigger looks at. */
export interface TriggerTerms {
  /** Default 'contract_price': traded prices. */
  readonly workingType?: WorkingType;
  /** Wait while mark and traded price are further apart than the symbol's triggerProtect. Default false. */
  readonly priceProtect?: boolean;
}

/** A protected entry: sizes are shares of the allotment, prices are in the quote asset and rounded to the tick. */
export interface Bracket extends TriggerTerms {
  /** Above 0 buys, below 0 sells; for a leg of hedge mode its size, above 0. */
  readonly share: number;
  /** Limit price of the entry; absent: at market. */
  readonly price?: number;
  readonly stop?: number;
  readonly target?: number;
}

/** An exit that follows the price. */
export interface TrailingStop extends TriggerTerms {
  /** How far the price has to come back from its best, as a part of it: 0.001 to 0.1. */
  readonly callback: number;
  /** Price from which on it follows; absent: at once. */
  readonly activation?: number;
}

/** Exits for the whole of a position, whatever its size is when they go off; at least one. */
export interface ProtectedBy extends TriggerTerms {
  readonly stop?: number;
  readonly target?: number;
}

/** A limit order that is placed when a trigger is met. */
export interface StopLimit extends TriggerTerms {
  /** Above 0 buys, below 0 sells; for a leg of hedge mode its size, above 0. */
  readonly share: number;
  readonly trigger: number;
  /** Limit price of the order that is placed. */
  readonly price: number;
}
