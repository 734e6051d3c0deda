import type { InstrumentId, Tape } from '@orrery/core';

/** One candle: open, high, low, close, and volume (1 when left out). */
export type Candle = readonly [open: number, high: number, low: number, close: number, volume?: number];

/** A five-minute tape of these candles, from the epoch on. */
export function tapeOf(candles: readonly Candle[]): Tape {
  const column = (k: 0 | 1 | 2 | 3): Float64Array => Float64Array.from(candles, (candle) => candle[k]);
  return {
    instrument: 0 as InstrumentId,
    intervalMs: 300_000,
    length: candles.length,
    closeTs: Float64Array.from(candles, (_, row) => (row + 1) * 300_000 - 1),
    open: column(0),
    high: column(1),
    low: column(2),
    close: column(3),
    volume: Float64Array.from(candles, ([, , , , volume = 1]) => volume),
  };
}
