import { EntryList, defineStrategy, type Fact, type JournalEntry, type OutboundCommand } from '@orrery/core';
import { describe, expect, it } from 'vitest';
import { knownAccount, openRequests } from '../../src/recovery/known-account.ts';
import { Machine } from '../../src/session/machine.ts';
import { closeOf, NEW_YEAR } from '../market.ts';
import { sessionOf, Stage } from '../session/stage.ts';

/** Rests a limit order, asks for another quantity and price of it, and for a leverage. */
const restless = defineStrategy({
  id: 'restless',
  features: () => ({}),
  decide({ desk }) {
    if (desk.isFlat) desk.limit(0.5, 90);
  },
}).build({});

function started(): {
  readonly machine: Machine;
  readonly entries: () => readonly JournalEntry[];
  readonly accept: (fact: object) => void;
} {
  const stage = new Stage([[[100, 100, 100, 100]]]);
  const list = new EntryList();
  const strategy = {
    ...restless,
    decide: (...[, candle, desk]: Parameters<typeof restless.decide>) => {
      const id = desk.order({ instrument: candle.instrument, side: 'buy', orderType: 'limit', qty: 1000 as never, price: 900 as never });
      if (id !== null) desk.amend(candle.instrument, id, { qty: 2000 as never, price: 910 as never });
      desk.setLeverage(candle.instrument, 7);
      desk.setLeverage(candle.instrument, 8);
    },
  };
  const machine = new Machine({
    session: sessionOf(stage, 'demo'),
    strategy,
    entries: [],
    recorder: list,
    capacity: 4,
    isHalted: () => false,
  });
  machine.append({ close: closeOf(0), rows: [[0, '100', '100', '100', '100', '1']], isHistory: false, funding: [], predictions: [] });
  machine.engine.advance(1);
  const accept = (fact: object): void => machine.engine.accept({ ts: NEW_YEAR + 5, instrument: 0, ...fact } as unknown as Fact);
  return { machine, entries: () => list.entries, accept };
}
const tellRequest = (command: OutboundCommand): string => `${command.type} ${'orderId' in command ? command.orderId : command.leverage}`;

describe('what a gateway is told of a run that is gone on with', () => {
  it('is the order as amendments have left it, the leverage that was set, and closures that are booked', () => {
    const { machine, entries, accept } = started();
    accept({ type: 'OrderAccepted', orderId: 1 });
    accept({ type: 'OrderAmended', orderId: 1, qty: 2000, price: 910 });
    accept({ type: 'LeverageChanged', leverage: 8 });
    const closure = { cause: 'margin', positionSide: 'both', qty: -5, price: 800, mark: 8_000_000_000, fee: 1, absorbed: 0 };
    accept({ type: 'PositionLiquidated', ...closure, ts: NEW_YEAR + 9 });
    const known = knownAccount(machine.engine, entries(), NEW_YEAR);
    expect(known.orders.map(({ command }) => [command.qty, command.price])).toEqual([[2000, 910]]);
    expect(known.leverage).toEqual([8]);
    expect(known.positions).toEqual([-5]);
    expect(known.liquidations).toEqual([{ instrument: 0, time: NEW_YEAR + 9, positionSide: 'both', qty: -5, price: 800 }]);
    expect(known.heard).toBe(NEW_YEAR + 9);
  });
  it('is asked again what was not answered: amendments, and the last leverage', () => {
    const { machine, entries, accept } = started();
    const open = (): readonly string[] => openRequests(machine.engine, entries()).map(tellRequest);
    expect(open()).toEqual(['AmendOrder 1', 'SetLeverage 8']);
    accept({ type: 'AmendRejected', orderId: 1, reason: 'venue' });
    expect(open()).toEqual(['SetLeverage 8']);
    accept({ type: 'LeverageRejected', leverage: 8, reason: 'venue' });
    expect(open()).toEqual([]);
  });
});
