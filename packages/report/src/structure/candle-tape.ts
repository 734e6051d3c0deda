import { createTape, type InstrumentId, type Interval, INTERVAL_MS, type Tape } from '@orrery/core';
import type { ReportCandles } from '../report-input.ts';

/** The candles as a tape that features can be computed on. */
export function candleTape(candles: ReportCandles, interval: Interval): Tape {
  const tape = createTape(0 as InstrumentId, INTERVAL_MS[interval], candles.time.length);
  tape.open.set(candles.open);
  tape.high.set(candles.high);
  tape.low.set(candles.low);
  tape.close.set(candles.close);
  tape.volume.set(candles.volume);
  for (const [row, time] of candles.time.entries()) tape.closeTs[row] = time + INTERVAL_MS[interval] - 1;
  tape.length = candles.time.length;
  return tape;
}
