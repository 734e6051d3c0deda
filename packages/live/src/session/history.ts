import type { Frame } from '../barrier/candle-barrier.ts';
import type { ClosedCandle } from '../feed/market-feed.ts';
import type { FrameRecord, FrameRow, FundingRow } from '../storage/frame-record.ts';

function rowOf(instrument: number, { open, high, low, close, volume }: ClosedCandle): FrameRow {
  return [instrument, open, high, low, close, volume];
}

/** A frame as it is recorded, before models had their say. */
export function recordOf({ closeTime, candles }: Frame, funding: readonly FundingRow[]): FrameRecord {
  const rows = candles.map(({ instrument, candle }) => rowOf(instrument, candle));
  return { close: closeTime, rows, isHistory: false, funding, predictions: [] };
}

/** A recorded frame as it came. */
export function frameOf({ close, rows }: FrameRecord, symbols: readonly string[], intervalMs: number): Frame {
  const candles = rows.map(([instrument, open, high, low, last, volume]) => ({
    instrument,
    candle: {
      symbol: symbols[instrument] ?? '',
      openTime: close - intervalMs + 1,
      closeTime: close,
      open,
      high,
      low,
      close: last,
      volume,
    },
  }));
  return { closeTime: close, candles };
}

/** Frames of candles that closed before the run's first: `candles[instrument]`, each ascending. */
export function historyFrames(candles: readonly (readonly ClosedCandle[])[]): readonly FrameRecord[] {
  const frames = new Map<number, FrameRow[]>();
  candles.forEach((list, instrument) => {
    for (const candle of list) frames.set(candle.closeTime, [...(frames.get(candle.closeTime) ?? []), rowOf(instrument, candle)]);
  });
  return [...frames]
    .toSorted(([a], [b]) => a - b)
    .map(([close, rows]): FrameRecord => ({ close, rows, isHistory: true, funding: [], predictions: [] }));
}
