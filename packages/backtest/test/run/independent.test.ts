import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { importFiles, loadMarket } from '@orrery/data';
import { findStrategy } from '@orrery/strategies';
import { afterAll, describe, expect, it } from 'vitest';
import { DEFAULT_REQUEST, runBacktest } from '../../src/index.ts';
import { hasRealData, REAL_DATA } from '../real-data.ts';

const GROUP = '01-vision-um-5m-2025';
const folder = mkdtempSync(path.join(os.tmpdir(), 'orrery-independent-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Row {
  readonly side: string;
  readonly entryTime: number;
  readonly entryPrice: string;
  readonly exitTime: number | null;
  readonly exitPrice: string;
  readonly quantity: string;
  readonly fees: string;
  readonly pnl: string;
}

/**
 * The same backtest written apart from the engine, from the CSV text to the last sat: EMA 12/26 (seeded by the mean of the first
 * values, as TA-Lib), all of the equity long or short at the next open, taker fee 0.05 % rounded up. Money in BigInt: prices in 0.1
 * USDT, quantities in 0.001 BTC, so a price times a quantity is 10^4 sats.
 */
function byHand(files: readonly string[]): { trades: Row[]; equity: bigint; fees: bigint } {
  const rows = files.flatMap((file) =>
    gunzipSync(readFileSync(file))
      .toString()
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => line.split(',')),
  );
  const UNIT = 10_000n;
  const tenths = (text: string): bigint => BigInt(Math.round(Number(text) * 10));
  const decimal = (value: bigint, places: number): string => {
    const digits = String(value < 0n ? -value : value).padStart(places + 1, '0');
    return `${value < 0n ? '-' : ''}${digits.slice(0, -places)}.${digits.slice(-places)}`;
  };
  const feeOf = (lots: bigint, price: bigint): bigint => (lots * price * UNIT * 5n + 9_999n) / 10_000n;
  let [fast, slow, fastSum, slowSum] = [NaN, NaN, 0, 0];
  let [wallet, held, cost, side, target, fees] = [10_000n * 10n ** 8n, 0n, 0n, 0, 0n, 0n];
  let open: { side: string; time: number; price: bigint; lots: bigint; fee: bigint } | null = null;
  const trades: Row[] = [];
  const close = (time: number | null, price: bigint, fee: bigint): void => {
    if (open === null) return;
    const gross = (open.side === 'long' ? price - open.price : open.price - price) * open.lots * UNIT;
    wallet += time === null ? 0n : gross - fee;
    const paid = open.fee + fee;
    trades.push({
      side: open.side,
      entryTime: open.time,
      entryPrice: decimal(open.price, 1),
      exitTime: time,
      exitPrice: decimal(price, 1),
      quantity: decimal(open.lots, 3),
      fees: decimal(paid, 8),
      pnl: decimal(gross - paid, 8),
    });
    open = null;
  };
  rows.forEach((row, i) => {
    const time = Number(row[6]);
    if (target !== held) {
      const price = tenths(row[1]);
      const lots = target > held ? target - held : held - target;
      const fee = feeOf(lots, price);
      fees += fee;
      const closing = held < 0n ? -held : held;
      const closingFee = (fee * closing) / lots;
      if (held !== 0n) close(time, price, closingFee);
      const size = target < 0n ? -target : target;
      if (size !== 0n) {
        open = { side: target > 0n ? 'long' : 'short', time, price, lots: size, fee: fee - closingFee };
        wallet -= fee - closingFee;
      }
      held = target;
      cost = target * price * UNIT;
    }
    const value = Number(row[4]);
    if (i < 12) fastSum += value;
    if (i < 26) slowSum += value;
    fast = i < 11 ? NaN : i === 11 ? fastSum / 12 : fast + (2 / 13) * (value - fast);
    slow = i < 25 ? NaN : i === 25 ? slowSum / 26 : slow + (2 / 27) * (value - slow);
    if (Number.isNaN(slow)) return;
    const next = fast > slow ? 1 : -1;
    if (next === side) return;
    side = next;
    const price = tenths(row[4]);
    const equity = wallet + held * price * UNIT - cost;
    target = (BigInt(side) * equity) / (price * UNIT);
  });
  const last = tenths(rows.at(-1)![4]);
  const equity = wallet + held * last * UNIT - cost;
  close(null, last, 0n);
  return { trades, equity, fees };
}

describe.runIf(hasRealData(GROUP))('ema-cross on BTCUSDT 5m, all of 2025', () => {
  it('gives the trades, prices and fees of a calculation written apart from the engine, to the last digit', async () => {
    const group = path.join(REAL_DATA, GROUP);
    const files = readdirSync(group)
      .filter((name) => name.startsWith('BTCUSDT-5m-'))
      .sort()
      .map((name) => path.join(group, name));
    expect(files).toHaveLength(12);
    await importFiles({ root: folder, files });
    const market = await loadMarket({ root: folder, symbols: ['BTCUSDT'], interval: '5m' });
    const strategy = findStrategy('ema-cross')!;
    const { result } = await runBacktest(
      { ...DEFAULT_REQUEST, strategy, strategyHash: null, params: {}, symbols: ['BTCUSDT'], interval: '5m' },
      market,
    );
    const hand = byHand(files);
    expect(result.candles).toBe(105_120);
    expect(
      result.trades.map(({ side, entryTime, entryPrice, exitTime, exitPrice, quantity, fees, pnl }) => ({
        side,
        entryTime,
        entryPrice,
        exitTime,
        exitPrice,
        quantity,
        fees,
        pnl,
      })),
    ).toEqual(hand.trades);
    expect(BigInt(result.account.fees.replace('.', ''))).toBe(hand.fees);
    expect(BigInt(result.account.endEquity.replace('.', ''))).toBe(hand.equity);
  });
});
