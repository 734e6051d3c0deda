import { INTERVAL_MS, isInterval } from '@orrery/core';
import { loadMarket } from '@orrery/data';
import type { LoadCandles } from '@orrery/report';

/** Candles for a report's charts, from a data root. */
export function candleLoader(root: string): LoadCandles {
  return async (symbols, interval, from, to) => {
    if (!isInterval(interval)) return [];
    const { tapes } = await loadMarket({ root, symbols, interval, from, to: to + 1 });
    return tapes.map((tape, k) => ({
      symbol: symbols[k] ?? '',
      interval,
      time: Array.from(tape.closeTs.subarray(0, tape.length), (close) => close - INTERVAL_MS[interval] + 1),
      open: Array.from(tape.open.subarray(0, tape.length)),
      high: Array.from(tape.high.subarray(0, tape.length)),
      low: Array.from(tape.low.subarray(0, tape.length)),
      close: Array.from(tape.close.subarray(0, tape.length)),
      volume: Array.from(tape.volume.subarray(0, tape.length)),
    }));
  };
}
