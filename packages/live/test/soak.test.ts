import { formatQuantity, formatSats, type Lots, type Sats } from '@orrery/core';
import { describe, expect, it } from 'vitest';
import { HALTING_PROBLEMS } from '../src/index.ts';
import { order, Rig } from './rig.ts';
import type { Candle } from './market.ts';

/** Chances of each fault, for every request and message. */
const RATES = {
  duplicate: 0.2,
  reorder: 0.2,
  delay: 0.2,
  lose: 0.1,
  drop: 0.02,
  'half-frame': 0.02,
  'listen-key-expired': 0.01,
  timeout: 0.04,
  'half-body': 0.04,
  unknown: 0.04,
  unavailable: 0.05,
  throttled: 0.03,
  internal: 0.03,
};
const level = (k: number): number => 100 + Math.round(60 * Math.sin(k / 3)) / 10;
const WAVES: readonly Candle[] = Array.from({ length: 24 }, (_, k) => {
  const [open, close] = [level(k), level(k + 1)];
  return [open, Math.max(open, close) + 0.5, Math.min(open, close) - 0.5, close];
});

describe('brackets over a wire on which everything goes wrong now and then', () => {
  it.each([5])('leave the account as the facts tell it (seed %i)', async (seed) => {
    const venue = { seed, pace: { kind: 'follow', patienceMs: 150 } } as const;
    const rig = await Rig.start(WAVES, { venue, binance: { recvWindow: 100, timeoutMs: 500 } });
    await rig.faults({ rates: RATES, delayMs: 5 });
    for (let k = 0; k < 20; k++) {
      const { close } = await rig.next();
      if (k % 6 !== 1) continue;
      const entry = 3 * Math.floor(k / 6) + 1;
      const exit = { side: 'sell', reduceOnly: true, parent: entry } as const;
      const at = Math.round(Number(close) * 10);
      const bracket = [
        order(entry),
        order(entry + 1, { ...exit, orderType: 'stop_market', trigger: at - 30 }),
        order(entry + 2, { ...exit, orderType: 'take_profit_market', trigger: at + 30 }),
      ];
      await Promise.all(bracket.map((one) => rig.gateway.send(one)));
    }
    await rig.faults({});
    await rig.gateway.reconcile();
    const { orders, positions, ledger, requests } = rig.venue.state();
    const fills = rig.facts.filter((fact) => fact.type === 'OrderFilled');
    const sum = (of: (fill: (typeof fills)[number]) => number): number => fills.reduce((total, fill) => total + of(fill), 0);
    const instrument = { step: { units: 1, decimals: 3 } } as Parameters<typeof formatQuantity>[0];
    expect(positions.map((row) => row['positionAmt'])).toEqual(
      [formatQuantity(instrument, sum(({ qty }) => qty) as Lots)].filter((text) => text !== '0.000'),
    );
    expect(ledger.fees).toBe(formatSats(sum(({ fee }) => fee) as Sats));
    const names = orders.map((row) => row['clientOrderId']);
    expect(new Set(names).size).toBe(names.length);
    expect(requests.duplicates).toBe(0);
    expect(fills.length).toBeGreaterThan(4);
    for (const { orderId } of fills) {
      const [first] = rig.facts.filter((fact) => 'orderId' in fact && fact.orderId === orderId);
      expect(first?.type).toBe('OrderAccepted');
    }
    expect(rig.problems.filter(({ kind }) => HALTING_PROBLEMS.has(kind))).toEqual([]);
    expect(await rig.gateway.check()).toBe(true);
  });
});
