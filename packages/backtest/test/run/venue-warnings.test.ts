import { DEFAULT_VENUE, defineStrategy, type MarkPrices, type RunResult, type VenueConfig } from '@orrery/core';
import { describe, expect, it } from 'vitest';
import { runBacktest, type MarketData, type RunRequest } from '../../src/index.ts';
import { marketOf, requestOf, START, type Row } from './made-market.ts';

const DAY = 86_400_000;
const ROWS: readonly Row[] = [100, 101, 102, 101].map((price) => [price, price + 1, price - 1, price]);
const HELD = defineStrategy({ id: 'held', features: () => ({}), decide: ({ desk }) => desk.target(0.5) });

async function resultOf(
  changed: Partial<MarketData>,
  { venue = {}, ...request }: Omit<Partial<RunRequest>, 'venue'> & { venue?: Partial<VenueConfig> } = {},
): Promise<RunResult> {
  const market = marketOf({ AUSDT: ROWS }, changed);
  return (await runBacktest(requestOf(HELD, market, { ...request, venue: { ...DEFAULT_VENUE, ...venue } }), market)).result;
}
const marks = (known: number): MarkPrices => {
  const column = (at: 0 | 1 | 2 | 3): Float64Array => Float64Array.from(ROWS, (row, k) => (k < known ? row[at] : NaN));
  return { open: column(0), high: column(1), low: column(2), close: column(3) };
};
const table = (time: number): { time: number; sha256: string } => ({ time, sha256: 'a'.repeat(64) });

describe('what a run had to do without', () => {
  it('says that there are no mark prices, or how many are missing, or nothing', async () => {
    const none = await resultOf({});
    expect(none.venue).toMatchObject({ markRows: 0, rows: 4 });
    expect(none.warnings).toContainEqual(expect.stringMatching(/^no mark prices are stored: /));
    const some = await resultOf({ marks: [marks(3)] });
    expect(some.venue.markRows).toBe(3);
    expect(some.warnings).toContainEqual(expect.stringMatching(/^1 of 4 candles have no mark price: /));
    const all = await resultOf({ marks: [marks(4)] });
    expect(all.warnings.filter((text) => text.includes('mark price'))).toEqual([]);
  });
  it('names the symbols without brackets', async () => {
    const { warnings, venue } = await resultOf({ withoutBrackets: ['AUSDT'] });
    expect(venue.withoutBrackets).toEqual(['AUSDT']);
    expect(warnings).toContainEqual(
      'no margin brackets are known of AUSDT: 2.5 % maintenance margin and at most 20x are taken at any size',
    );
  });
  it.each([
    ['a table of the same month', START - 10 * DAY, false],
    ['one that is half a year older', START - 181 * DAY, true],
    ['one that is half a year newer', START + 181 * DAY, true],
  ])('is told of %s: %s', async (_, time, isFar) => {
    const { warnings, venue, assumptions } = await resultOf({ bracketTable: table(time), filterTable: table(START) });
    expect(venue).toMatchObject({ brackets: table(time), filters: table(START) });
    expect(warnings.some((text) => text.startsWith('the margin brackets are those of '))).toBe(isFar);
    expect(assumptions.margin).toContain(`by the bracket table of ${new Date(time).toISOString().slice(0, 10)}`);
    expect(assumptions.filters).toContain('of 2026-05-01 whatever the date of the candle');
  });
  it('counts what the venue refused, by reason', async () => {
    // 20,000 of value at 1x on 10,000 of equity.
    const strategy = defineStrategy({ id: 'greedy', features: () => ({}), decide: ({ desk }) => desk.target(2) });
    const market = marketOf({ AUSDT: ROWS });
    const request = requestOf(strategy, market, { venue: { ...DEFAULT_VENUE, leverage: 1 } });
    const { warnings, orders } = (await runBacktest(request, market)).result;
    expect(orders.rejected).toBe(1);
    expect(warnings).toContainEqual(expect.stringMatching(/^the venue refused 1 order: (insufficient margin|max position)$/));
  });
});

describe('what a result takes for granted', () => {
  it('names tier and discount of the fees', async () => {
    const { assumptions } = await resultOf({}, { makerFeeBps: 1.44, takerFeeBps: 3.6, venue: { feeTier: 'vip1', bnbDiscount: true } });
    expect(assumptions.fees).toMatch(
      /^maker 1\.44 bps, taker 3\.6 bps of the notional per fill \(tier vip1 of the fee schedule\), .*paid in BNB/,
    );
  });
  it('names spread, impact, slippage, volume cap, latency and limits as they are set', async () => {
    const venue = { spreadBps: 1, impactBps: 50, maxVolumeShare: 0.05, latencyMs: [20, 80], limitFill: 'touch' } as const;
    const { assumptions } = await resultOf({}, { slippageBps: 2, venue });
    expect(assumptions.slippage).toMatch(/^2 bps and half a spread of 1 bps and an impact of 50 bps times the root of /);
    expect(assumptions.fills).toContain('orders reach the venue 20 to 80 ms, drawn with the seed, after the close');
    expect(assumptions.fills).toContain("at most 5 % of a candle's volume");
    expect(assumptions.fills).toContain('limits fill at a touch');
  });
  it('names the plain case', async () => {
    const { assumptions } = await resultOf({});
    expect(assumptions.fills).toMatch(
      /^orders placed at a close first meet the next candle; market orders fill at its open; limits need the price to go through/,
    );
    expect(assumptions.slippage).toMatch(/^none: /);
    expect(assumptions.funding).toBe('none charged: the dataset has no funding rates');
  });
  it('names the universe, and does not enter what is not in it', async () => {
    const universe = { firstDay: START, days: 1, instruments: 1, member: new Uint8Array(1) };
    const { assumptions, trades, orders } = await resultOf({ universe }, { venue: { universe: { top: 5, trailingDays: 7 } } });
    expect(assumptions.filters).toContain(
      'entries only in the top 5 symbols of the run by quote volume over the 7 days before each UTC day',
    );
    expect(trades).toEqual([]);
    expect(orders.denied).toEqual({ not_in_universe: 1 });
  });
});
