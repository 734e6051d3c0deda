import { FAST, SHARE, SLOW, START_EQUITY, type Account } from './account.ts';
import type { BenchMarket } from './market.ts';
import { TAKER_E8 } from './market.ts';

/** Sats that one tick (0.1 USDT) times one lot (0.001) is worth. */
const UNIT = 10_000;
const E8 = 100_000_000;

/**
 * The same backtest as one would write it by hand for nothing else: two averages, an order at each crossing that fills at the
 * next open, fees rounded up, equity and its deepest fall on each candle. It shares no code with the engine, and it is the
 * yardstick for speed as well as for being right.
 */
export function bareLoop({ tapes }: BenchMarket): Account {
  const { open, close, volume, length } = tapes[0];
  const fastWeight = 2 / (FAST + 1);
  const slowWeight = 2 / (SLOW + 1);
  let fast = 0;
  let slow = 0;
  let wallet = START_EQUITY;
  let held = 0;
  let cost = 0;
  let wanted = 0;
  let direction = 0;
  let fees = 0;
  let fills = 0;
  let equity = START_EQUITY;
  let peak = START_EQUITY;
  let maxDrawdown = 0;
  let framesInMarket = 0;
  for (let row = 0; row < length; row++) {
    if (wanted !== held && volume[row] > 0) {
      const ticks = Math.round(open[row] * 10);
      const lots = wanted - held;
      const fee = feeOf(Math.abs(lots) * ticks * UNIT);
      wallet += held * ticks * UNIT - cost - fee;
      cost = wanted * ticks * UNIT;
      held = wanted;
      fees += fee;
      fills += 1;
    }
    const price = close[row];
    const ticks = Math.round(price * 10);
    fast = row < FAST ? fast + price : fast + (price - fast) * fastWeight;
    slow = row < SLOW ? slow + price : slow + (price - slow) * slowWeight;
    if (row === FAST - 1) fast /= FAST;
    if (row === SLOW - 1) slow /= SLOW;
    equity = wallet + held * ticks * UNIT - cost;
    if (row >= SLOW - 1) {
      const now = fast > slow ? 1 : -1;
      if (now !== direction) {
        direction = now;
        wanted = now * Math.floor(Math.floor(SHARE * equity) / (ticks * UNIT));
      }
    }
    if (held !== 0) framesInMarket += 1;
    if (equity > peak) peak = equity;
    else if (peak - equity > maxDrawdown) maxDrawdown = peak - equity;
  }
  return { wallet, fees, fills, equity, maxDrawdown, framesInMarket };
}

/** Rounded up to a whole sat; split at 1e8, because the product would not be exact. */
function feeOf(notional: number): number {
  const high = Math.floor(notional / E8);
  return high * TAKER_E8 + Math.ceil(((notional - high * E8) * TAKER_E8) / E8);
}
