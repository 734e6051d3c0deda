import { describe, expect, it } from 'vitest';
import { createTape, type InstrumentId, type Tape } from '../../src/index.ts';
import { graphOf } from './market.ts';

const ROWS = 10_000_000;
const LENGTH = 20;

/** Prices about 100,000 in steps of 0.1, a price a million times as high now and then, stretches without trade. */
function longTape(): Tape {
  const price = new Float64Array(ROWS);
  // One column serves as all four prices: this is much memory as it is.
  const tape: Tape = {
    ...createTape(0 as InstrumentId, 60_000, 0),
    length: ROWS,
    closeTs: new Float64Array(ROWS),
    volume: new Float64Array(ROWS),
    open: price,
    high: price,
    low: price,
    close: price,
  };
  let seed = 1;
  let ticks = 1_000_000;
  for (let i = 0; i < ROWS; i++) {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    ticks += (seed >>> 8) % 3 === 0 ? 1 : (seed >>> 8) % 3 === 1 ? -1 : 0;
    if (ticks < 500_000 || ticks > 1_500_000) ticks = 1_000_000;
    tape.closeTs[i] = (i + 1) * 60_000 - 1;
    price[i] = (ticks / 10) * (i % 1_000_003 === 500 ? 1e6 : 1);
    tape.volume[i] = i % 1000 < 30 ? 0 : (seed % 10_000) / 100;
  }
  return tape;
}

describe('over ten million rows', () => {
  it('windows neither drift nor remember a spike', () => {
    const tape = longTape();
    const graph = graphOf(
      tape,
      `sma(close,${LENGTH})`,
      `stddev(close,${LENGTH})`,
      `wma(close,${LENGTH})`,
      `rolling_vwap(${LENGTH})`,
      `sma(volume,${LENGTH})`,
    );
    for (let from = 0; from < ROWS; from += 4096) graph.advance(from, Math.min(ROWS, from + 4096));
    const [sma, stddev, wma, vwap, traded] = graph.columns;
    const sampled = [20, 499, 500, 519, 520, 521, 1_000_502, 1_000_522, 1_000_523, ROWS - 1];
    for (let i = 100; i < ROWS; i += 99_991) sampled.push(i);
    let worst = { sma: 0, stddev: 0, wma: 0, vwap: 0 };
    for (const row of sampled) {
      const window = Array.from(tape.close.subarray(row - LENGTH + 1, row + 1));
      const volumes = Array.from(tape.volume.subarray(row - LENGTH + 1, row + 1));
      // Differences to one of the prices are exact multiples of 0.1 within 1e-11, so the reference itself does not cancel.
      const mean = window[0] + window.reduce((sum, price) => sum + (price - window[0]), 0) / LENGTH;
      const variance = window.reduce((sum, price) => sum + (price - mean) ** 2, 0) / LENGTH;
      const weighted = window.reduce((sum, price, k) => sum + price * (k + 1), 0) / 210;
      const volume = volumes.reduce((sum, value) => sum + value, 0);
      const turnover = window.reduce((sum, price, k) => sum + ((price + price + price) / 3) * volumes[k], 0);
      worst = {
        sma: Math.max(worst.sma, Math.abs(sma[row] / mean - 1)),
        stddev: Math.max(worst.stddev, Math.abs(stddev[row] - Math.sqrt(variance)) / Math.max(0.1, Math.sqrt(variance))),
        wma: Math.max(worst.wma, Math.abs(wma[row] / weighted - 1)),
        vwap: Math.max(worst.vwap, Math.abs(vwap[row] / (volume === 0 ? window[LENGTH - 1] : turnover / volume) - 1)),
      };
      if (volume === 0) expect(traded[row]).toBe(0);
    }
    expect(worst.sma).toBeLessThan(1e-15 * 4);
    expect(worst.stddev).toBeLessThan(1e-9);
    expect(worst.wma).toBeLessThan(1e-14);
    expect(worst.vwap).toBeLessThan(1e-14);
  });
});
