import type { Instrument } from '../market/instrument.ts';
import type { Tape } from '../market/tape.ts';
import type { VenueAccount } from './account.ts';
import { candleTicks } from './candle-ticks.ts';
import type { LaneStart } from './lane.ts';
import type { MarkPrices } from './mark-prices.ts';
import { markClose, markHigh, markLow, markOpen } from './price-rows.ts';
import type { WorkingOrder } from './working-order.ts';

const E8 = 100_000_000;

/** An instrument at the open of a candle. */
export function laneStart(
  instrument: Instrument,
  book: readonly WorkingOrder[],
  account: VenueAccount,
  tape: Tape,
  row: number,
  marks: MarkPrices | null,
  maxVolumeShare: number,
): LaneStart {
  const volume = (tape.volume[row] * instrument.qtyScale) / instrument.step.units;
  return {
    instrument,
    book,
    legs: account.legs[instrument.id],
    leverage: account.leverage[instrument.id],
    isIsolated: account.isIsolated,
    candle: candleTicks(instrument, tape, row),
    mark: {
      open: markOpen(tape, marks, row),
      high: markHigh(tape, marks, row),
      low: markLow(tape, marks, row),
      close: markClose(tape, marks, row),
    },
    openTs: tape.closeTs[row] - tape.intervalMs + 1,
    intervalMs: tape.intervalMs,
    room: maxVolumeShare === 0 ? Infinity : Math.floor((volume * maxVolumeShare) / E8),
    volume,
  };
}

/** An instrument that has no candle in a frame: it stands at its last prices, and nothing of it trades. */
export function frozenStart(
  instrument: Instrument,
  book: readonly WorkingOrder[],
  account: VenueAccount,
  tape: Tape,
  row: number,
  marks: MarkPrices | null,
): LaneStart {
  const start = laneStart(instrument, book, account, tape, row, marks, 0);
  const { close } = start.candle;
  const mark = start.mark.close;
  return {
    ...start,
    candle: { open: close, high: close, low: close, close },
    mark: { open: mark, high: mark, low: mark, close: mark },
    openTs: tape.closeTs[row] + 1,
    room: 0,
    volume: 0,
  };
}
