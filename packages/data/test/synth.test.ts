import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { importFiles, loadMarket, SAMPLE, SAMPLE_ROOT, stylisedFacts, synthesise, syntheticTape, verifyDatasets } from '../src/index.ts';
import { normalQuantiles } from '../src/synth/normal-quantiles.ts';
import { Random } from '../src/synth/random.ts';
import { snapshot, temporaryFolder, write } from './support.ts';

describe('random numbers', () => {
  it('quantiles are those of the normal distribution', () => {
    // From the tables of the standard normal distribution: 75 %, 90 %, 97.5 %, 99 %, 99.9 %.
    const quantiles = normalQuantiles(1000);
    for (const [p, z] of [
      [750, 0.67449],
      [900, 1.281552],
      [975, 1.959964],
      [990, 2.326348],
      [999, 3.090232],
    ]) {
      expect(quantiles[p]).toBeCloseTo(z, 5);
      expect(quantiles[1000 - p]).toBeCloseTo(-z, 5);
    }
  });
  it('normal variates have mean 0, variance 1 and no excess kurtosis; uniform ones lie in [0, 1)', () => {
    const random = new Random(42);
    const draws = Array.from({ length: 200_000 }, () => random.normal());
    const moment = (k: number): number => draws.reduce((sum, z) => sum + z ** k, 0) / draws.length;
    // Four standard errors: 1/√n, √(2/n), √(96/n).
    expect(Math.abs(moment(1))).toBeLessThan(0.009);
    expect(Math.abs(moment(2) - 1)).toBeLessThan(0.0127);
    expect(Math.abs(moment(4) - 3)).toBeLessThan(0.09);
    const uniform = Array.from({ length: 10_000 }, () => random.uniform());
    expect(Math.min(...uniform)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...uniform)).toBeLessThan(1);
  });
});

describe('the synthetic market', () => {
  const bytesOf = (seed: number): string => {
    const { closeTs, open, high, low, close, volume } = syntheticTape({ rows: 20_000, seed });
    const hash = createHash('sha256');
    for (const column of [closeTs, open, high, low, close, volume]) hash.update(column);
    return hash.digest('hex');
  };
  it('is the same bytes for the same seed on every machine', () => {
    expect(bytesOf(7)).toBe('50b0c836824ee17f20ca73174c22e15e1a4ed8aac86dca46e81c1720d3481303');
    expect(bytesOf(8)).not.toBe(bytesOf(7));
  });

  it('adds minutes up: a 5m candle is its five 1m candles', () => {
    const minutes = syntheticTape({ rows: 500, seed: 3 });
    const fives = syntheticTape({ rows: 100, seed: 3, interval: '5m' });
    for (let r = 0; r < 100; r++) {
      const part = (column: Float64Array): number[] => [...column.subarray(5 * r, 5 * r + 5)];
      expect(fives.closeTs[r]).toBe(minutes.closeTs[5 * r + 4]);
      expect(fives.open[r]).toBe(minutes.open[5 * r]);
      expect(fives.close[r]).toBe(minutes.close[5 * r + 4]);
      expect(fives.high[r]).toBe(Math.max(...part(minutes.high)));
      expect(fives.low[r]).toBe(Math.min(...part(minutes.low)));
      expect(fives.volume[r]).toBeCloseTo(
        part(minutes.volume).reduce((sum, volume) => sum + volume, 0),
        6,
      );
    }
  });

  // Bands around real candles; docs/data.md lists both: BTCUSDT 5m of 2025 and 1m of six symbols in May 2025.
  it.each([1, 2, 3])('looks like a real one in 1m candles (seed %i)', (seed) => {
    const facts = stylisedFacts(syntheticTape({ rows: 60_000, seed }));
    expect(facts.excessKurtosis).toBeGreaterThan(4);
    expect(Math.abs(facts.returnAutocorrelation)).toBeLessThan(0.05);
    const [lag1, lag10, lag100] = facts.absoluteAutocorrelation;
    expect(lag1).toBeGreaterThan(0.18);
    expect(lag1).toBeLessThan(0.4);
    expect(lag10).toBeGreaterThan(0.12);
    expect(lag100).toBeGreaterThan(0.03);
    expect(facts.rangeRatio).toBeGreaterThan(1.6);
    expect(facts.rangeRatio).toBeLessThan(2);
    expect(facts.hourRatio).toBeGreaterThan(1.5);
    expect(facts.hourRatio).toBeLessThan(2.6);
    expect(facts.volumeCorrelation).toBeGreaterThan(0.4);
  });

  it('the sample in the repository is what its recipe makes, is sound, and says that it is synthetic', async () => {
    const root = temporaryFolder();
    await synthesise({ root, ...SAMPLE });
    expect(snapshot(root)).toEqual(snapshot(SAMPLE_ROOT));
    const reports = await verifyDatasets({ root: SAMPLE_ROOT });
    expect(reports.map(({ rows }) => rows).sort((x, y) => x - y)).toEqual([180, 180, 180, 17_280, 17_280, 17_280]);
    expect(reports.flatMap(({ problems }) => problems)).toEqual([]);
    const market = await loadMarket({ root: SAMPLE_ROOT, symbols: SAMPLE.symbols, interval: '5m' });
    expect(market).toMatchObject({ synthetic: true, warnings: [] });
    expect(market.datasetSymbols.map(({ rows, fundingRows }) => [rows, fundingRows])).toEqual(
      Array.from({ length: 3 }, () => [17_280, 180]),
    );
  });

  it('symbols move together, and funding is the venue’s size', async () => {
    const { tapes, funding } = await loadMarket({ root: SAMPLE_ROOT, symbols: SAMPLE.symbols, interval: '5m' });
    const returns = tapes.map(({ close }) => Array.from(close.subarray(1), (price, r) => price / close[r] - 1));
    const dot = (a: number[], b: number[]): number => a.reduce((sum, value, r) => sum + value * b[r], 0);
    const correlation = dot(returns[0], returns[1]) / Math.sqrt(dot(returns[0], returns[0]) * dot(returns[1], returns[1]));
    expect(correlation).toBeGreaterThan(0.55);
    expect(correlation).toBeLessThan(0.85);
    for (const { times, ratesE8 } of funding) {
      expect(times.every((time) => time % 28_800_000 === 0)).toBe(true);
      expect(Math.max(...ratesE8.map(Math.abs))).toBeLessThan(300_000);
      expect(new Set(ratesE8).size).toBeGreaterThan(20);
    }
  });

  it('is never mixed with imported rows, nor with another seed', async () => {
    const folder = temporaryFolder();
    const root = `${folder}/data`;
    const options = { root, symbols: ['AUSDT'], interval: '1h' as const, from: Date.UTC(2025, 0, 1), days: 3 };
    expect((await synthesise({ ...options, seed: 1 })).datasets.map(({ rows }) => rows)).toEqual([72, 9]);
    expect((await synthesise({ ...options, seed: 1 })).datasets.map(({ changed }) => changed)).toEqual([false, false]);
    await expect(synthesise({ ...options, seed: 2 })).rejects.toThrow(
      'AUSDT/1h: synthetic (seed 2) rows cannot be added to synthetic (seed 1) ones; use another --data folder',
    );
    const time = Date.UTC(2025, 0, 9);
    const file = write(folder, 'AUSDT-1h.csv', [`${time},1,1,1,1,1,${time + 3_599_999},1,1,1,1,0`]);
    await expect(importFiles({ root, files: [file] })).rejects.toThrow(
      'AUSDT/1h: imported rows cannot be added to synthetic (seed 1) ones',
    );
  });

  it.each([
    [{ days: 0 }, /days 0 must be/],
    [{ days: 1e9 }, /days 1000000000 must be/],
    [{ seed: 1.5 }, /seed 1\.5 is no integer/],
    [{ from: 1 }, /is not the start of a day/],
    [{ symbols: [] }, /no symbols given/],
    [{ symbols: ['A', 'A'] }, /given twice/],
    [{ interval: '1w' as const }, /cannot be made up/],
  ])('refuses %j', async (wrong, message) => {
    const options = { root: temporaryFolder(), symbols: ['AUSDT'], interval: '1h' as const, from: 0, days: 3, seed: 1, ...wrong };
    await expect(synthesise(options)).rejects.toThrow(message);
  });
});
