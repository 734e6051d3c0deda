import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { defineSignalStrategy, EntryList, parseFeature, type StrategyDefinition, type VirtualPositionEvent } from '@orrery/core';
import { loadMarket, SAMPLE, SAMPLE_ROOT } from '@orrery/data';
import { readRunFile, resultSchema } from '@orrery/data/run';
import { emaCross } from '@orrery/strategies';
import { afterAll, describe, expect, it } from 'vitest';
import { DEFAULT_REQUEST, readManifest, readRunSamples, runBacktest, RunWriter, verifyRun, type RunRequest } from '../../src/index.ts';

const runs = mkdtempSync(path.join(os.tmpdir(), 'orrery samples '));
afterAll(() => rmSync(runs, { recursive: true }));
const symbols = SAMPLE.symbols.slice(0, 2);
const market = await loadMarket({ root: SAMPLE_ROOT, symbols, interval: SAMPLE.interval, to: Date.UTC(2025, 0, 11) });

/** Signals where averages cross, led through real virtual positions. */
const crosses = defineSignalStrategy({
  id: 'crosses',
  description: '',
  params: {},
  sources: () => [{ name: 'trend', feature: parseFeature('trend_signal(5,20)'), weight: 1 }],
});

async function kept(strategy: StrategyDefinition) {
  const request: RunRequest = { ...DEFAULT_REQUEST, strategy, strategyHash: null, params: {}, symbols, interval: SAMPLE.interval };
  const [writer, list] = [new RunWriter(runs, 'full'), new EntryList()];
  const backtest = await runBacktest(request, market, { recorders: [...writer.recorders, list] });
  return { backtest, list, folder: await writer.commit(backtest, null, SAMPLE_ROOT) };
}
const { backtest, list, folder } = await kept(crosses);
const messages = list.entries.map(({ message }) => message);

describe('a run of signals', () => {
  it('keeps a sample for each virtual position that entered and was closed, as the journal tells of it', () => {
    const { manifest, samples } = readRunSamples(folder);
    expect(samples).toEqual([...backtest.samples]);
    expect(samples.length).toBeGreaterThan(20);
    expect(Object.keys(manifest.files)).toEqual(['result.json', 'series.json', 'samples.arrow']);
    const events = messages.filter((message) => message.type === 'VirtualPositionEvent');
    const closed = events.filter(({ kind }) => kind === 'CLOSED');
    expect(samples.map(({ signalId, exitTime }) => [signalId, exitTime])).toEqual(closed.map(({ positionId, ts }) => [positionId, ts]));
    const of = (id: number, is: (event: VirtualPositionEvent) => boolean) => events.find((event) => event.positionId === id && is(event))!;
    for (const sample of samples) {
      const entered = of(sample.signalId, ({ cause }) => cause === 'entered');
      const end = of(sample.signalId, ({ kind }) => kind === 'CLOSED');
      expect(sample.grossReturn).toBeCloseTo(end.pnl / 1e8, 8);
      expect(sample).toMatchObject({ entryTime: entered.ts, side: end.direction, symbol: symbols[end.instrument] });
      // Two taker fees of 5 basis points, one of the entry's value and one of the exit's.
      expect(sample.netReturn).toBeCloseTo(sample.grossReturn - 0.0005 * (2 + sample.grossReturn * (sample.side === 'long' ? 1 : -1)), 12);
      expect(sample.win).toBe(sample.netReturn > 0);
    }
  });
  it('sums them up in a result that is read back as it was, and can be told again', async () => {
    const stored = readRunFile(path.join(folder, 'result.json'), resultSchema);
    expect(stored.signals).toEqual(backtest.result.signals);
    const raised = messages.filter(({ type }) => type === 'SignalRaised').length;
    const { raised: told, virtual } = backtest.result.signals!;
    expect([told.long + told.short, virtual.won.long + virtual.won.short]).toEqual([
      raised,
      [...backtest.samples].filter(({ win }) => win).length,
    ]);
    expect(backtest.result.signals?.counters['virtualLooks']).toBeGreaterThan(0);
    const verified = await verifyRun(folder, {
      loadStrategy: () => Promise.resolve({ strategy: crosses, hash: null }),
      loadMarket: () => Promise.resolve(market),
    });
    expect(verified.isSame).toBe(true);
  });
  it('has no samples where nothing was signalled, and says so to who asks', async () => {
    const other = await kept(emaCross);
    expect(other.backtest.result.signals).toBeNull();
    expect(existsSync(path.join(other.folder, 'samples.arrow'))).toBe(false);
    expect(Object.keys(readManifest(other.folder).files)).toEqual(['result.json', 'series.json']);
    expect(() => readRunSamples(other.folder)).toThrow(
      /^run ema-cross-\w+: has no samples, since none of its virtual positions was closed; name a run of /,
    );
  });
  it('is found out when its samples were changed', () => {
    const file = path.join(folder, 'samples.arrow');
    const bytes = readFileSync(file);
    writeFileSync(file, Buffer.concat([bytes, Buffer.of(0)]));
    expect(() => readRunSamples(folder)).toThrow(
      /samples\.arrow: was changed since the run was written; restore it, or run the backtest again$/,
    );
    writeFileSync(file, bytes);
  });
  it('reads a result of before there were signals', () => {
    const { signals: _, ...former } = backtest.result;
    const file = path.join(runs, 'former.json');
    writeFileSync(file, JSON.stringify(former));
    expect(readRunFile(file, resultSchema).signals).toBeUndefined();
  });
});
