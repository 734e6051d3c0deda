import type { InstrumentDesk } from '@orrery/core';
import type { OrdersUnderWay } from './orders-under-way.ts';

/** Words of the parameter that says which side may be traded. */
export type Direction = 'both' | 'long' | 'short';

export function mayBuy(direction: Direction): boolean {
  return direction !== 'short';
}
export function maySell(direction: Direction): boolean {
  return direction !== 'long';
}

/** Distances in the quote asset, above 0; a target of 0 is none. */
export interface Protection {
  readonly close: number;
  readonly stop: number;
  readonly target: number;
}

/**
 * Enters at market with its stop and, or, target. Where the range is so wide that the stop would lie at or below a price
 * of 0, or so narrow that there is no distance at all, there is no protection and hence no entry.
 * @param side 1 buys, −1 sells
 */
export function enter(state: OrdersUnderWay, desk: InstrumentDesk, side: 1 | -1, { close, stop, target }: Protection): void {
  const stopPrice = close - side * stop;
  const targetPrice = close + side * target;
  if (!(stop > 0 && stopPrice > 0 && targetPrice > 0)) return;
  state.entry = desk.bracket({ share: side, stop: stopPrice, ...(target > 0 ? { target: targetPrice } : {}) });
}
