import { parseSats } from '@orrery/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { start, type Client } from './client.ts';
import { closeOf, FIVE_MINUTES, makeMarket, NEW_YEAR, type Candle } from './market.ts';

type Step =
  | { readonly do: 'order'; readonly params: Readonly<Record<string, string>> }
  | { readonly do: 'stop'; readonly params: Readonly<Record<string, string>> }
  | { readonly do: 'cancel' | 'cancel-all' | 'next' | 'odd'; readonly text: string };

const side = fc.constantFrom('BUY', 'SELL');
const quantity = fc.constantFrom('0', '0.6', '1', '2.5', '7', '50', '0.0001', 'x');
const price = fc.constantFrom('90', '95.5', '99.9', '100', '100.1', '104', '110', '-3', '1e9');
const yes = fc.constantFrom('true', 'false');
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('order' as const),
      params: fc.record({
        side,
        type: fc.constantFrom('MARKET', 'LIMIT'),
        quantity,
        price,
        timeInForce: fc.constantFrom('GTC', 'IOC', 'GTX', 'FOK', 'GTD'),
        reduceOnly: yes,
      }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('stop' as const),
      params: fc.record({
        side,
        type: fc.constantFrom('STOP_MARKET', 'TAKE_PROFIT_MARKET'),
        quantity,
        triggerPrice: price,
        reduceOnly: yes,
      }),
    }),
  },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('next' as const), text: fc.constant('') }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('cancel' as const, 'cancel-all' as const), text: fc.constant('') }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('odd' as const), text: fc.string({ maxLength: 12 }) }) },
);

/** Candles that swing widely and open away from the last close. */
const candle = fc.record({
  open: fc.integer({ min: 920, max: 1080 }),
  up: fc.nat(60),
  down: fc.nat(60),
  body: fc.nat(120),
  volume: fc.constantFrom(0, 1, 1, 1),
});
const candles = fc.array(candle, { minLength: 12, maxLength: 12 }).map((shapes) =>
  shapes.map(({ open, up, down, body, volume }): Candle => {
    const [high, low] = [open + up, open - down];
    return [open / 10, high / 10, low / 10, (low + (body % (high - low + 1))) / 10, volume];
  }),
);

/** Carries a step out; returns the HTTP status. */
async function carryOut(client: Client, { do: what, ...rest }: Step, frames: number): Promise<number> {
  const { openOrders } = client.emulator.state();
  switch (what) {
    case 'order':
      return (await client.order({ ...('params' in rest ? rest.params : {}) })).status;
    case 'stop':
      return (await client.stop({ ...('params' in rest ? rest.params : {}) })).status;
    case 'cancel':
      return (await client.signed('DELETE', '/fapi/v1/order', { symbol: 'BTCUSDT', orderId: Number(openOrders[0]?.['orderId'] ?? 1) }))
        .status;
    case 'cancel-all':
      await client.signed('DELETE', '/fapi/v1/algoOpenOrders', { symbol: 'BTCUSDT' });
      return (await client.signed('DELETE', '/fapi/v1/allOpenOrders', { symbol: 'BTCUSDT' })).status;
    case 'next':
      return (await client.idle(frames === 0 ? 0 : closeOf(frames - 1))).status;
    case 'odd': {
      const odd = encodeURIComponent('text' in rest ? rest.text : '');
      const paths = ['/fapi/v1/klines', '/fapi/v1/depth', `/fapi/v1/${odd}`, '/fapi/v1/premiumIndex'];
      const replies = await Promise.all(paths.map((path) => client.ask('GET', path, { query: `symbol=${odd}&limit=${odd}&interval=5m` })));
      return Math.max(...replies.map(({ status }) => status));
    }
    default:
      throw new Error(`unknown step ${String(what satisfies never)}`);
  }
}

/** What must hold whatever was asked. */
function check(client: Client): void {
  const { ledger, trades, positions, openOrders, orders } = client.emulator.state();
  const sats = (text: unknown): number => parseSats(String(text));
  const sum = (amounts: readonly unknown[]): number => amounts.reduce<number>((total, amount) => total + sats(amount), 0);
  expect(sats(ledger.wallet)).toBe(sats(ledger.start) + sats(ledger.realized) + sats(ledger.funding) - sats(ledger.fees));
  expect(sum(trades.map((trade) => trade['commission']))).toBe(sats(ledger.fees));
  expect(sum(trades.map((trade) => trade['realizedPnl']))).toBe(sats(ledger.realized));
  const held = trades.reduce((total, trade) => total + (trade['side'] === 'BUY' ? 1 : -1) * Math.round(Number(trade['qty']) * 1000), 0);
  expect(Math.round(Number(positions[0]?.['positionAmt'] ?? 0) * 1000)).toBe(held);
  expect(openOrders.length).toBe(orders.filter((order) => order['status'] === 'NEW').length);
}

describe('whatever is asked', () => {
  it('the ledger balances and no answer is an internal error', async () => {
    await fc.assert(
      fc.asyncProperty(candles, fc.array(step, { minLength: 5, maxLength: 30 }), async (rows, steps) => {
        const times = Float64Array.from([1, 3, 5], (k) => NEW_YEAR + k * FIVE_MINUTES);
        const market = makeMarket([{ symbol: 'BTCUSDT', candles: rows, funding: { times, ratesE8: Float64Array.of(10_000, -7000, 333) } }]);
        const client = await start({ market });
        for (const one of steps) {
          expect(await carryOut(client, one, client.emulator.state().framesShown)).toBeLessThan(500);
          check(client);
        }
        const income = (await client.signed('GET', '/fapi/v1/income', { limit: 1000 })).body as unknown as { income: string }[];
        const { wallet, start: first } = client.emulator.state().ledger;
        expect(income.reduce((total, row) => total + parseSats(row.income), 0)).toBe(parseSats(wallet) - parseSats(first));
        await client.emulator.close();
      }),
      { numRuns: Number(process.env['ORRERY_FC_RUNS'] ?? 15) },
    );
  });
});
