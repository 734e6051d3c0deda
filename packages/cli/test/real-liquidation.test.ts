import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import type { RunResult, TradeRow } from '@orrery/core';
import { afterAll, describe, expect, it } from 'vitest';
import { createWorkshop, type Workshop } from './workshop.ts';

const repository = fileURLToPath(new URL('../../../', import.meta.url));
/** Folder of real klines: ORRERY_REAL_DATA, else ../shared/data beside the repository. */
const REAL_DATA = path.resolve(repository, process.env['ORRERY_REAL_DATA'] ?? '../shared/data');
const HOURS = path.join(REAL_DATA, '04-um-1h-since-launch');
const UNIVERSE = path.join(REAL_DATA, '08-um-universe-15m-2025-10');
const TEN = ['ADA', 'AVAX', 'BTC', 'DOGE', 'ENA', 'ETH', 'LINK', 'SOL', 'SUI', 'XRP'].map((base) => `${base}USDT`);
const HOUR = 3_600_000;

const HOLD = `import { defineStrategy, number } from '@orrery/core';
export default defineStrategy({
  id: 'hold',
  params: { share: number(1, { min: -150, max: 150 }) },
  features: () => ({}),
  decide: ({ desk, params }) => desk.target(params.share),
});
`;

const shops: Workshop[] = [];
afterAll(() => shops.forEach(({ folder }) => rmSync(folder, { recursive: true })));

async function workshop(folder: string, starts: readonly string[]): Promise<Workshop> {
  const shop = createWorkshop('real-liquidation');
  shops.push(shop);
  writeFileSync(path.join(shop.folder, 'hold.ts'), HOLD);
  const files = readdirSync(folder).filter((name) => starts.some((start) => name.startsWith(start)));
  expect((await shop.run('data', 'import', ...files.map((name) => path.join(folder, name)))).code).toBe(0);
  return shop;
}
async function backtest(shop: Workshop, ...flags: readonly string[]): Promise<RunResult> {
  const all = ['--strategy', './hold.ts', '--max-leverage', '20', '--leverage', '20', '--fine', 'none', '--journal', 'full', '--json'];
  const { code, stdout, stderr } = await shop.run('backtest', ...all, ...flags);
  expect([code, code === 0 ? '' : stderr]).toEqual([0, '']);
  return JSON.parse(stdout) as RunResult;
}

interface Candle {
  readonly time: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
}
/** Rows of a file as they are, read apart from all that is tested. */
function candlesOf(folder: string, start: string): readonly Candle[] {
  const name = readdirSync(folder).find((file) => file.startsWith(start));
  const text = gunzipSync(readFileSync(path.join(folder, name ?? start))).toString('utf8');
  const rows = text
    .trim()
    .split('\n')
    .map((line) => line.split(',').map(Number));
  return rows
    .filter(([time]) => Number.isFinite(time))
    .map(([time, open, high, low]) => ({ time: time!, open: open!, high: high!, low: low! }));
}

const sats = (text: string): bigint => BigInt(text.replace('.', ''));
/** Start + what every trade brought is the end, and so is the sum of the account's own lines; both to the last unit. */
function expectBalance({ account, trades }: RunResult): void {
  const profit = trades.reduce((sum, { pnl }) => sum + sats(pnl), 0n);
  expect(profit).toBe(sats(account.endEquity) - sats(account.startEquity));
  const { realizedPnl, unrealizedPnl, funding, fees, liquidationFees, absorbed } = account;
  const lines = sats(realizedPnl) + sats(unrealizedPnl) + sats(funding) - sats(fees) - sats(liquidationFees) + sats(absorbed);
  expect(lines).toBe(sats(account.endEquity) - sats(account.startEquity));
}

describe.runIf(existsSync(HOURS))(`a leveraged long since 2019 (left out where ${path.basename(HOURS)} is not at hand)`, () => {
  it.each([
    // The first traded price of the contract, long before its mark price was recorded; and the crash of March 2020 with it.
    ['2019-09-08', 3],
    ['2020-01-01', 1.8],
  ])('LIQ-1, from %s at %s times its equity: ends in the very hour that the formula says', async (from, share) => {
    const shop = await workshop(HOURS, ['BTCUSDT-1h', 'BTCUSDT-markPrice', 'BTCUSDT-fundingRate_']);
    const result = await backtest(shop, '--symbols', 'BTCUSDT', '--interval', '1h', '--from', from, '--param', `share=${share}`);
    const [trade] = result.trades as readonly [TradeRow];
    expect(trade).toMatchObject({ side: 'long', exitReason: 'liquidation', maxFavourable: expect.any(Number) });
    expect(result.account.liquidations).toBe(1);

    const quantity = Number(trade.quantity);
    const entry = Number(trade.entryPrice);
    const marks = new Map(candlesOf(HOURS, 'BTCUSDT-markPrice').map((row) => [row.time, row]));
    // Funding rates stand in the second column of three behind the time and the interval.
    const rates = new Map(candlesOf(HOURS, 'BTCUSDT-fundingRate_').map(({ time, high }) => [Math.round(time / HOUR) * HOUR, high]));
    const after = candlesOf(HOURS, 'BTCUSDT-1h').filter(({ time }) => time >= trade.entryTime + 1 - HOUR);
    expect(after[0]!.open).toBe(entry);
    let wallet = 10_000 - quantity * entry * 0.0005;
    let ending: { readonly time: number; readonly price: number } | null = null;
    for (const [k, traded] of after.entries()) {
      const mark = marks.get(traded.time) ?? traded;
      // What enters at a funding time does not pay.
      if (k > 0) wallet -= quantity * mark.open * (rates.get(traded.time) ?? 0);
      // The first bracket: 0.4 % below 50,000 USDT (the table of 2024-02-03, nearest to the middle of the candles).
      const price = (wallet - quantity * entry) / (quantity * 0.004 - quantity);
      expect(quantity * price).toBeLessThan(50_000);
      if (mark.low > price) continue;
      ending = { time: traded.time, price };
      break;
    }
    expect(trade.exitTime).toBe(ending!.time + HOUR - 1);
    const hour = after.find(({ time }) => time === ending!.time)!;
    expect(Number(trade.exitPrice)).toBeGreaterThanOrEqual(hour.low);
    expect(Number(trade.exitPrice)).toBeLessThanOrEqual(hour.high);
    // Without a mark price of its own the position is closed at that very price, cut to the tick.
    if (!marks.has(ending!.time)) expect(Number(trade.exitPrice)).toBe(Math.floor(ending!.price * 100) / 100);
    expectBalance(result);
    const verified = await shop.run('verify', result.runId, '--json');
    expect(JSON.parse(verified.stdout)).toMatchObject({ identical: true });
  });
});

describe.runIf(existsSync(UNIVERSE))(`the crash of 2025-10-10 (left out where ${path.basename(UNIVERSE)} is not at hand)`, () => {
  const market = ['--symbols', TEN.join(','), '--interval', '15m', '--from', '2025-10-10', '--to', '2025-10-12', '--param', 'share=15'];
  const starts = TEN.map((symbol) => `${symbol}-15m`);

  it('LIQ-2: ten isolated longs at 20× each end in the candle that reaches their own price', async () => {
    const shop = await workshop(UNIVERSE, starts);
    const result = await backtest(shop, ...market, '--margin', 'isolated');
    expect(result.trades.map(({ symbol, exitReason }) => `${symbol} ${exitReason}`).sort()).toEqual(
      TEN.map((symbol) => `${symbol} liquidation`),
    );
    const table = bracketsOf();
    for (const trade of result.trades) {
      const [quantity, entry] = [Number(trade.quantity), Number(trade.entryPrice)];
      const price = isolatedPrice(table(trade.symbol), quantity, entry, (quantity * entry) / 20);
      const after = candlesOf(UNIVERSE, `${trade.symbol}-15m`).filter(({ time }) => time >= trade.entryTime + 1 - 900_000);
      const first = after.find(({ low }) => low <= price);
      // Large ones are closed in steps, so the last of it may go in a later candle.
      expect(trade.exitTime).toBeGreaterThanOrEqual(first!.time + 900_000 - 1);
      expect(Number(trade.exitPrice)).toBeLessThanOrEqual(price);
      expect(Number(trade.exitPrice)).toBeGreaterThan(price * 0.97);
      // No more than what was set aside, the entry's fee, and not a cent beyond.
      expect(-Number(trade.pnl)).toBeLessThanOrEqual((quantity * entry) / 20 + Number(trade.fees) + 0.01);
    }
    expectBalance(result);
  });
  it('LIQ-9: the same longs in a cross account go down together, and never below nothing', async () => {
    const shop = await workshop(UNIVERSE, starts);
    const result = await backtest(shop, ...market, '--margin', 'cross');
    expect(new Set(result.trades.map(({ exitReason }) => exitReason))).toEqual(new Set(['liquidation']));
    expect(new Set(result.trades.map(({ exitTime }) => exitTime)).size).toBe(1);
    expect(Number(result.account.endEquity)).toBeGreaterThanOrEqual(0);
    // Together they hold out longer than the first of them does alone: their margin is common.
    const alone = await backtest(shop, ...market, '--margin', 'isolated');
    expect(result.trades[0]!.exitTime).toBeGreaterThanOrEqual(Math.min(...alone.trades.map(({ exitTime }) => exitTime!)));
    expectBalance(result);
    expect(JSON.parse((await shop.run('verify', result.runId, '--json')).stdout)).toMatchObject({ identical: true });
  });
});

type Row = readonly [floor: number, rate: number];
/** The brackets of 2026-05-07 as they are shipped: floors and rates of a symbol. */
function bracketsOf(): (symbol: string) => readonly Row[] {
  const file = path.join(repository, 'datasets', 'brackets', 'binance-um-2026-05-07.json');
  const { symbols } = JSON.parse(readFileSync(file, 'utf8')) as {
    symbols: Record<string, { rows: readonly (readonly (string | number)[])[] }>;
  };
  return (symbol) => (symbols[symbol]?.rows ?? []).map(([floor, rate]) => [Number(floor), Number(rate)]);
}
/** (WB + cum − q · EP) / (q · mmr − q) in the bracket that the value falls into: BINANCE USDⓈ-M FAQ, isolated long. */
function isolatedPrice(rows: readonly Row[], quantity: number, entry: number, wallet: number): number {
  let cum = 0;
  for (const [k, [floor, rate]] of rows.entries()) {
    if (k > 0) cum += floor * (rate - rows[k - 1]![1]);
    const price = (wallet + cum - quantity * entry) / (quantity * rate - quantity);
    const next = rows[k + 1]?.[0] ?? Infinity;
    if (quantity * price >= floor && quantity * price < next) return price;
  }
  throw new RangeError('no bracket holds the price');
}
