import type { Instrument } from '../market/instrument.ts';
import type { BracketRequest, OrderRequest } from '../order/request.ts';
import type { PositionSide, SignalVerdict } from '../messages.ts';
import type { EpochMs, InstrumentId, Lots, OrderId, Sats, Ticks } from '../units.ts';

/** What an open limit order is to be. */
export interface Amendment {
  /** Whole quantity, filled part included. */
  readonly qty: Lots;
  readonly price: Ticks;
}

/** What a strategy may see of the account, and what it may ask for. Filters and risk stand behind it. */
export interface Desk {
  instrument(id: InstrumentId): Instrument;
  /** How many instruments the run trades. */
  readonly instruments: number;
  /** True in hedge mode: a long and a short position of each instrument (POS-1). */
  readonly isHedged: boolean;
  /** Net position; in hedge mode of the long and the short together. */
  position(id: InstrumentId): Lots;
  /**
   * One of the two positions of hedge mode, or the only one of one-way mode.
   * @throws StrategyError for a side that the account's position mode does not have
   */
  positionOf(id: InstrumentId, side: PositionSide): Lots;
  /** Wallet balance plus unrealised profit at the last closes. */
  equity(): Sats;
  /** Last close in the quote asset; NaN before the first. */
  lastPrice(id: InstrumentId): number;
  /** Brings the net position, market orders under way included, to `qty` by a market order. */
  target(id: InstrumentId, qty: Lots): void;
  /**
   * Brings the position to `share` of the instrument's allotment (equity / number of instruments), rounded down to its step
   * size (TARGET-1). Acts only when `share` differs from the last one asked for, so a position is not re-sized on every candle; 0 always goes flat.
   * @throws StrategyError when `share` is not finite
   */
  targetShare(id: InstrumentId, share: number): void;
  /**
   * The order's id, or null when the gate denied it (a verdict says why).
   * @throws StrategyError when `parent` is no open order of the instrument
   */
  order(request: OrderRequest): OrderId | null;
  /**
   * An entry with its exits, or null when any of the three was denied: it is never entered without them. The exits have the ids after
   * the entry's: first the stop, then the target, as far as there are both.
   */
  bracket(request: BracketRequest): OrderId | null;
  /** Asks for a working order back. A market order is already on its way: nothing happens, and `target` counts it as done. */
  cancel(id: InstrumentId, orderId: OrderId): void;
  cancelAll(id: InstrumentId): void;
  /**
   * Changes price and quantity of a resting limit order, which loses its place in the queue; answered by `OrderAmended` or
   * `AmendRejected`. False when the order is gone or the gate denied it.
   */
  amend(id: InstrumentId, orderId: OrderId, change: Amendment): boolean;
  /**
   * Changes the venue's leverage of a symbol; answered by `LeverageChanged` or `LeverageRejected`.
   * @throws StrategyError when it is no whole number from 1
   */
  setLeverage(id: InstrumentId, leverage: number): void;
  /** Asks a model; answered as a fact, one batch per timestamp. Returns the request's id. */
  predict(modelSlot: number, id: InstrumentId, input: readonly number[]): number;
  /** Whether the universe lets the instrument be entered now (UNI-1); always true in a run without one. */
  mayEnter(id: InstrumentId): boolean;
  /** Puts a conclusion into the journal, so that a reader sees why something happened, or did not. Changes nothing else. */
  conclude(verdict: SignalVerdict): void;
  /** Asks for a `TimerFired` fact at the first close at or after `due`. Returns the timer's id. */
  timer(id: InstrumentId, due: EpochMs): number;
}
