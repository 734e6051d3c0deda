import type { InstrumentId } from '../units.ts';

/**
 * One instrument's closed candles as parallel columns, oldest first. Row `i` is the i-th closed candle; a row never
 * changes once it is there. `length` counts the valid rows; columns may be longer (room to grow in a live run).
 */
export interface Tape {
  readonly instrument: InstrumentId;
  /** Length of a candle in milliseconds. */
  readonly intervalMs: number;
  length: number;
  /** Last millisecond of the candle: open time + interval − 1, as Binance stamps it. */
  readonly closeTs: Float64Array;
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  /** In base asset. 0 means that nothing was traded. */
  readonly volume: Float64Array;
}

/** The columns of a tape that a feature may read. */
export const CANDLE_COLUMNS = ['open', 'high', 'low', 'close', 'volume'] as const;
export type CandleColumn = (typeof CANDLE_COLUMNS)[number];

/** An empty tape with room for `capacity` candles. */
export function createTape(instrument: InstrumentId, intervalMs: number, capacity: number): Tape {
  const column = (): Float64Array => new Float64Array(capacity);
  return {
    instrument,
    intervalMs,
    length: 0,
    closeTs: column(),
    open: column(),
    high: column(),
    low: column(),
    close: column(),
    volume: column(),
  };
}
