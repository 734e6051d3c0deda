import type { Market } from '@orrery/data';
import { createInstruments, simulate, type RunRequest } from '@orrery/backtest';
import { entrySignals } from '@orrery/core';

/** A moment at which a strategy asks for a position on a side that it does not hold. */
export interface EntrySignal {
  readonly instrument: number;
  /** Row of the candle at whose close it asks. */
  readonly row: number;
  /** 1 buys, −1 sells. */
  readonly side: 1 | -1;
}
