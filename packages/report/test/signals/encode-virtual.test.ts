import { describe, expect, it } from 'vitest';
import type { ReportCandles } from '../../src/index.ts';
import { encodeVirtual } from '../../src/signals/encode-virtual.ts';
import { sampleOf } from '../sample-signals.ts';

const MINUTE = 60_000;
const T0 = Date.UTC(2025, 0, 1);
const candles: ReportCandles = {
  symbol: 'BTCUSDT',
  interval: '5m',
  time: [0, 1, 2, 3].map((i) => T0 + i * 5 * MINUTE),
  open: [100, 102, 101, 99],
  high: [103, 103, 102, 100],
  low: [99, 100, 98, 98],
  close: [102, 101, 99, 99],
  volume: [1, 1, 1, 1],
};
/** Close time of a row. */
const closeOf = (row: number): number => T0 + (row + 1) * 5 * MINUTE - 1;

describe('encodeVirtual', () => {
  it('places positions at the open of their candle of entry, and reckons the exit from the return', () => {
    const samples = [
      // short from 102 down 3 %: 98.94
      sampleOf({ signalId: 2, side: 'short', entryTime: closeOf(1), exitTime: closeOf(3), grossReturn: 0.03, win: true }),
      // long from 100 up 0.05 %, which does not exceed the fees: 100.05
      sampleOf({ signalId: 1, entryTime: closeOf(0), exitTime: closeOf(0), grossReturn: 0.0005 }),
    ];
    expect(encodeVirtual([candles], samples)).toEqual([
      {
        symbol: 'BTCUSDT',
        total: 2,
        outcome: [1, -2],
        opened: [T0 / 1000, T0 / 1000 + 300],
        held: [299, 899],
        entry: [100, 102],
        exit: [100.05, 98.94],
      },
    ]);
  });

  it('counts but does not place a position whose candle is not at hand, nor one of another symbol', () => {
    const samples = [sampleOf({ entryTime: closeOf(7), exitTime: closeOf(8) }), sampleOf({ symbol: 'ETHUSDT', entryTime: closeOf(0) })];
    expect(encodeVirtual([candles], samples)).toMatchObject([{ symbol: 'BTCUSDT', total: 1, opened: [] }]);
  });

  it('keeps the last ones where there are too many', () => {
    const samples = Array.from({ length: 5003 }, (_, i) =>
      sampleOf({ signalId: i, entryTime: closeOf(i < 3 ? 0 : 1), exitTime: closeOf(2) }),
    );
    const [own] = encodeVirtual([candles], samples);
    expect([own.total, own.opened.length, new Set(own.opened)]).toEqual([5003, 5000, new Set([T0 / 1000 + 300])]);
  });
});
