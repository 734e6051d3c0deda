import { describe, expect, it } from 'vitest';
import type { EmulatorOptions } from '../src/index.ts';
import { start } from './client.ts';
import { makeMarket } from './market.ts';

describe('options that cannot be used', () => {
  it.each<readonly [message: string, options: Partial<EmulatorOptions>]>([
    ['market: holds no candles', { market: makeMarket([{ symbol: 'BTCUSDT', candles: [] }]) }],
    ["interval 15m: the market's candles are 5 minutes long", { interval: '15m' }],
    ['startEquity 1e4: give an amount in USDT above 0', { startEquity: '1e4' }],
    ['startEquity 0: give an amount', { startEquity: '0' }],
    ['pace.factor 0: give a number above 0', { pace: { kind: 'speed', factor: 0 } }],
    ['pace.patienceMs -1: give milliseconds', { pace: { kind: 'follow', patienceMs: -1 } }],
  ])('%s', async (message, options) => {
    await expect(start(options)).rejects.toThrow(
      expect.objectContaining({ name: 'InputError', message: expect.stringContaining(message) }),
    );
  });

  it('a port that is taken', async () => {
    const first = await start();
    const port = Number(new URL(first.emulator.url).port);
    await expect(start({ port })).rejects.toThrow(`port ${port}: cannot be had (EADDRINUSE); give another one, or 0`);
  });
});
