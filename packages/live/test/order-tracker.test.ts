import type { EpochMs, Lots, Sats, Ticks } from '@orrery/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OrderTracker, type OrderReport, type TrackedEvent, type VenueTrade } from '../src/gateway/order-tracker.ts';

const NEW = { isAccepted: false, fills: 0, filled: 0 };
const trade = (qty: number, price = 1000): VenueTrade => ({
  qty: qty as Lots,
  price: price as Ticks,
  fee: 7 as Sats,
  isMaker: false,
  time: 5 as EpochMs,
});
const report = (status: OrderReport['status'], filled: number, of: VenueTrade | null = null): OrderReport => ({
  status,
  filled,
  time: 5 as EpochMs,
  trade: of,
  cause: null,
  limit: null,
  isAmendment: false,
});
const tracker = (qty = 10, start = NEW) => new OrderTracker(qty as Lots, start);

function tell(event: TrackedEvent): string {
  if (event.kind !== 'filled') return event.kind === 'expired' && event.cause === 'reduce_only' ? 'trimmed' : event.kind;
  return `${event.ordinal}: ${event.trade.qty} at ${event.trade.price}${event.isDone ? ' done' : ''}`;
}

describe('one order', () => {
  it('is accepted, filled in parts and done', () => {
    const one = tracker();
    expect(one.report(report('working', 0)).map(tell)).toEqual(['accepted']);
    expect(one.report(report('working', 4, trade(4))).map(tell)).toEqual(['1: 4 at 1000']);
    expect(one.report(report('filled', 10, trade(6, 1001))).map(tell)).toEqual(['2: 6 at 1001 done']);
    expect([one.isEnded, one.missing]).toEqual([true, 0]);
  });
  it('holds a trade back while an earlier one is missing, and its end as well', () => {
    const one = tracker();
    expect(one.report(report('working', 7, trade(3, 1002))).map(tell)).toEqual(['accepted']);
    expect(one.report(report('canceled', 7)).map(tell)).toEqual([]);
    expect(one.missing).toBe(7);
    expect(one.report(report('working', 4, trade(4, 1001))).map(tell)).toEqual(['1: 4 at 1001', '2: 3 at 1002', 'canceled']);
  });
  it('takes missing trades from the list, and only the part that was not told before', () => {
    const one = tracker(10, { isAccepted: true, fills: 1, filled: 4 });
    expect(one.report(report('filled', 10)).map(tell)).toEqual([]);
    expect(one.trades([trade(4), trade(5, 1001)]).map(tell)).toEqual(['2: 5 at 1001']);
    expect(one.missing).toBe(1);
    expect(one.trades([trade(4), trade(5, 1001), trade(1, 1002)]).map(tell)).toEqual(['3: 1 at 1002 done']);
  });
  it('refuses a list of trades that contradicts what was told', () => {
    const one = tracker(10, { isAccepted: true, fills: 1, filled: 4 });
    expect(() => one.trades([trade(5)])).toThrow('a trade from 0 to 5 lots overlaps the 4 booked');
  });
  it('is whole with less than was asked for when the venue trimmed it', () => {
    expect(
      tracker()
        .report(report('filled', 6, trade(6)))
        .map(tell),
    ).toEqual(['accepted', '1: 6 at 1000 done']);
    const late = tracker();
    expect(late.report(report('working', 6, trade(6))).map(tell)).toEqual(['accepted', '1: 6 at 1000']);
    expect(late.report(report('filled', 6)).map(tell)).toEqual(['trimmed']);
  });
});

/** A history as the venue sends it: trades, then perhaps an end of another kind. */
const history = fc.record({
  trades: fc.array(fc.record({ qty: fc.integer({ min: 1, max: 5 }), price: fc.integer({ min: 990, max: 1010 }) }), { maxLength: 6 }),
  end: fc.constantFrom<'filled' | 'canceled' | 'expired'>('filled', 'canceled', 'expired'),
  rest: fc.integer({ min: 1, max: 5 }),
});
/** What the wire makes of it: for each message how often it arrives, and where. */
const wire = fc.array(fc.record({ at: fc.nat({ max: 99 }), asks: fc.boolean() }), { maxLength: 16 });

describe('any arrival of an order’s reports: doubled, lost, in another order, with questions in between', () => {
  it('leaves one legal sequence, the same as when nothing goes wrong', () => {
    fc.assert(
      fc.property(history, wire, ({ trades, end, rest }, arrivals) => {
        const all = trades.map(({ qty, price }) => trade(qty, price));
        const filled = all.reduce((sum, { qty }) => sum + qty, 0);
        const isFilled = end === 'filled' && filled > 0;
        const qty = isFilled ? filled : filled + rest;
        let sum = 0;
        const reports = [report('working', 0)];
        for (const [k, one] of all.entries()) {
          sum += one.qty;
          reports.push(report(isFilled && k === all.length - 1 ? 'filled' : 'working', sum, one));
        }
        if (!isFilled) reports.push(report(end === 'filled' ? 'canceled' : end, filled));
        const straight = tracker(qty);
        const expected = reports.flatMap((one) => straight.report(one)).map(tell);

        const shaken = tracker(qty);
        const heard: string[] = [];
        for (const { at, asks } of arrivals) {
          const one = reports[at % reports.length]!;
          heard.push(...shaken.report(one).map(tell));
          // A question brings the trades up to some moment.
          if (asks) heard.push(...shaken.trades(all.slice(0, at % (all.length + 1))).map(tell));
        }
        // In the end somebody asks where the order stands, as a reconciliation does.
        const last = reports.at(-1)!;
        heard.push(...shaken.report({ ...last, trade: null }).map(tell));
        if (shaken.missing > 0) heard.push(...shaken.trades(all).map(tell));

        expect(heard).toEqual(expected);
        expect(shaken.isEnded).toBe(true);
        expect(shaken.report(last)).toEqual([]);
      }),
    );
  });

  it('goes on where an earlier process stopped', () => {
    fc.assert(
      fc.property(history, fc.nat({ max: 6 }), ({ trades }, split) => {
        const all = trades.map(({ qty, price }) => trade(qty, price));
        fc.pre(all.length > 0);
        const told = Math.min(split, all.length - 1);
        const before = all.slice(0, told).reduce((sum, { qty }) => sum + qty, 0);
        const whole = all.reduce((sum, { qty }) => sum + qty, 0);
        const one = tracker(whole, { isAccepted: true, fills: told, filled: before });
        const events = [...one.report(report('filled', whole)), ...one.trades(all)];
        expect(events.map((event) => event.kind === 'filled' && event.ordinal)).toEqual(all.slice(told).map((_, k) => told + k + 1));
        expect(one.isEnded).toBe(true);
      }),
    );
  });
});
