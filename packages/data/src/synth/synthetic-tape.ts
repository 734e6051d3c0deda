import { INTERVAL_MS, type InstrumentId, type Interval, type Tape } from '@orrery/core';
import { CLOSE, HIGH, LOW, OPEN, VOLUME } from '../dataset/rows.ts';
import { makeCandles } from './make-rows.ts';
import { profileOf } from './profiles.ts';

/** A made-up tape in memory, for benchmarks and tests. */
export interface SyntheticTapeOptions {
  readonly rows: number;
  readonly seed: number;
  /** Default 0. */
  readonly instrument?: number | undefined;
  /** Default 1m, the fastest to make. */
  readonly interval?: Interval | undefined;
  /** Open time of the first candle, ms UTC. Default 2025-01-01. */
  readonly from?: number | undefined;
}

const NEW_YEAR_2025 = 1_735_689_600_000;

/** Candles of one made-up symbol. The same options give the same bytes on every machine. */
export function syntheticTape(options: SyntheticTapeOptions): Tape {
  const { rows: count, seed, instrument = 0, interval = '1m', from = NEW_YEAR_2025 } = options;
  const [rows] = makeCandles({ profiles: [profileOf(instrument)], interval, from, count, seed, withTrades: false });
  const closeTs = rows.time;
  for (let r = 0; r < count; r++) closeTs[r] += INTERVAL_MS[interval] - 1;
  const [open, high, low, close, volume] = [OPEN, HIGH, LOW, CLOSE, VOLUME].map((c) => rows.columns[c]);
  return {
    instrument: instrument as InstrumentId,
    intervalMs: INTERVAL_MS[interval],
    length: count,
    closeTs,
    open,
    high,
    low,
    close,
    volume,
  };
}
