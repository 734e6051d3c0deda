import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ABSORBED,
  COST,
  FEES,
  FUNDING,
  LIQUIDATION_FEES,
  REALIZED,
  WALLET,
  type JournalEntry,
  type Message,
  type Recorder,
} from '../../src/index.ts';
import { prepare, run } from '../engine/fixture.ts';
import { scenario, setupOf, tapesOf, type Scenario } from './arbitrary-run.ts';
import { runs } from './options.ts';

const U = 100_000_000;

/** Checks the ledger before every entry, which is after the one before it, against sums of its own. */
function audited(given: Scenario): number {
  let checks = 0;
  let [fills, fees, funding, clearance, absorbed] = [0n, 0n, 0n, 0n, 0n];
  const position = new Map<number, number>();
  const recorder: Recorder = {
    record(_seq: number, _pos: number, _lane: 'in' | 'out', message: Message): void {
      check();
      if (message.type === 'OrderFilled') {
        fills += BigInt(message.qty) * BigInt(message.price) * BigInt(U);
        fees += BigInt(message.fee);
        position.set(message.instrument, (position.get(message.instrument) ?? 0) + message.qty);
      } else if (message.type === 'FundingCharged') funding += BigInt(message.amount);
      else if (message.type === 'PositionLiquidated') {
        fills += BigInt(message.qty) * BigInt(message.price) * BigInt(U);
        clearance += BigInt(message.fee);
        absorbed += BigInt(message.absorbed);
        position.set(message.instrument, (position.get(message.instrument) ?? 0) + message.qty);
      }
    },
  };
  const made = prepare({ ...setupOf(given), recorder });
  const check = (): void => {
    checks += 1;
    const { totals, qty, cost, start } = made.engine.ledger;
    expect([...totals, ...cost].every(Number.isSafeInteger)).toBe(true);
    const forced = totals[ABSORBED]! - totals[LIQUIDATION_FEES]!;
    expect(totals[WALLET]).toBe(start + totals[REALIZED]! + totals[FUNDING]! - totals[FEES]! + forced);
    expect(BigInt(totals[WALLET]!) - BigInt(totals[COST]!)).toBe(BigInt(start) - fills - fees + funding - clearance + absorbed);
    expect([BigInt(totals[LIQUIDATION_FEES]!), BigInt(totals[ABSORBED]!)]).toEqual([clearance, absorbed]);
    expect(totals[COST]).toBe(cost.reduce((sum, value) => sum + value, 0));
    expect([BigInt(totals[FEES]!), BigInt(totals[FUNDING]!)]).toEqual([fees, funding]);
    qty.forEach((lots, id) => expect(lots).toBe(position.get(id) ?? 0));
  };
  made.engine.advance(made.length);
  check();
  return checks;
}

describe('law 4: conservation', () => {
  it('LED-3: after every entry wallet, cost, fees, funding and positions are the sums of what happened', () => {
    fc.assert(
      fc.property(scenario, (given) => {
        expect(audited(given)).toBeGreaterThan(0);
      }),
      runs(200),
    );
  });
  it('LED-6: the venue holds the same wallet, positions and costs after every frame', () => {
    fc.assert(
      fc.property(scenario, (given) => {
        const made = prepare(setupOf(given));
        for (let pos = 1; pos <= made.length; pos++) {
          made.engine.advance(pos);
          const { totals, qty, cost } = made.engine.ledger;
          const { account } = made.venue;
          expect(account.wallet()).toBe(totals[WALLET]);
          expect(account.legs.map(([leg]) => [leg!.qty, leg!.cost])).toEqual([...qty].map((lots, id) => [lots, cost[id]]));
        }
      }),
      runs(100),
    );
  });
  it('LED-5: equity at the end is cash plus positions at their last closes', () => {
    fc.assert(
      fc.property(scenario, (given) => {
        const tapes = tapesOf(given);
        const { engine } = run(setupOf(given));
        const { totals, qty } = engine.ledger;
        const open = tapes.reduce((sum, tape, id) => sum + (qty[id]! === 0 ? 0 : qty[id]! * tape.close[tape.length - 1]! * U), 0);
        expect(engine.desk.equity()).toBe(totals[WALLET]! - totals[COST]! + open);
      }),
      runs(150),
    );
  });
});

/** Fills of a run with the candle in which each happened. */
function fillsOf(given: Scenario) {
  const tapes = tapesOf(given);
  const { entries } = run(setupOf(given));
  return entries.flatMap(({ message }: JournalEntry) => {
    if (message.type !== 'OrderFilled') return [];
    const tape = tapes[message.instrument]!;
    return [{ fill: message, tape, row: tape.closeTs.indexOf(message.ts) }];
  });
}

describe('law 9: fills lie in their candle', () => {
  it('FILL-5: every fill is within [low, high] of a candle that traded', () => {
    fc.assert(
      fc.property(scenario, (given) => {
        for (const { fill, tape, row } of fillsOf(given)) {
          expect(fill.price).toBeGreaterThanOrEqual(tape.low[row]!);
          expect(fill.price).toBeLessThanOrEqual(tape.high[row]!);
          expect(tape.volume[row]).toBeGreaterThan(0);
        }
      }),
      runs(200),
    );
  });
  it('FILL-1: nothing trades in the candle at whose close it was placed', () => {
    fc.assert(
      fc.property(scenario, (given) => {
        const placed = new Map<number, number>();
        for (const { message } of run(setupOf(given)).entries) {
          if (message.type === 'SubmitOrder') placed.set(message.orderId, message.ts);
          if (message.type === 'OrderFilled') expect(message.ts).toBeGreaterThan(placed.get(message.orderId)!);
        }
      }),
      runs(150),
    );
  });
});

describe('law 11: reduce-only', () => {
  it('ORD-3: a reduce-only fill brings the position toward 0 and never across', () => {
    fc.assert(
      fc.property(scenario, (given) => {
        const reduces = new Set<number>();
        const position = new Map<number, number>();
        for (const { message } of run(setupOf(given)).entries) {
          if (message.type === 'SubmitOrder' && message.reduceOnly) reduces.add(message.orderId);
          if (message.type !== 'OrderFilled') continue;
          const before = position.get(message.instrument) ?? 0;
          const after = before + message.qty;
          position.set(message.instrument, after);
          if (!reduces.has(message.orderId)) continue;
          expect(Math.abs(after)).toBeLessThan(Math.abs(before));
          expect(after === 0 || after > 0 === before > 0).toBe(true);
        }
      }),
      runs(200),
    );
  });
});
