import { toTicks, type Instrument } from '../market/instrument.ts';
import type { Tape } from '../market/tape.ts';

/** One candle's prices in ticks. */
export interface CandleTicks {
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
}

export function candleTicks(instrument: Instrument, tape: Tape, row: number): CandleTicks {
  return {
    open: toTicks(instrument, tape.open[row]),
    high: toTicks(instrument, tape.high[row]),
    low: toTicks(instrument, tape.low[row]),
    close: toTicks(instrument, tape.close[row]),
  };
}
