import { toPrice, type Instrument } from '../market/instrument.ts';
import type { Ticks } from '../units.ts';
import type { WorkingOrder } from './working-order.ts';

/** A candle with high < up and low > down leaves a book as it is. Prices, not ticks, so that a tape's columns compare directly. */
export interface Levels {
  readonly up: number;
  readonly down: number;
}

/** Of an empty book. */
export const NEVER: Levels = { up: Infinity, down: -Infinity };
/** Of a book with a newcomer. */
export const ALWAYS: Levels = { up: -Infinity, down: Infinity };

/** The nearest levels of a book; a newcomer has to meet its first candle whatever the prices. */
export function nextLevels(instrument: Instrument, book: readonly WorkingOrder[]): Levels {
  let up = Infinity;
  let down = -Infinity;
  for (const { command, sign, isDormant, isResting } of book) {
    if (isDormant) continue;
    if (!isResting) return ALWAYS;
    const { orderType, price, trigger } = command;
    const isRising = orderType === 'stop_market' ? sign > 0 : sign < 0;
    // A limit has to be passed by a tick, a trigger only touched.
    const level = orderType === 'limit' ? (price ?? 0) - sign : (trigger ?? 0);
    if (isRising) up = Math.min(up, toPrice(instrument, level as Ticks));
    else down = Math.max(down, toPrice(instrument, level as Ticks));
  }
  return { up, down };
}
