import { describe, expect, it } from 'vitest';
import { OpenOrders, type InstrumentId, type Lots, type OrderId } from '../../src/index.ts';
import { parseOrder } from '../venue/table.ts';

const I = 0 as InstrumentId;
const id = (n: number): OrderId => n as OrderId;
function opened(...texts: string[]): OpenOrders {
  const orders = new OpenOrders(1);
  texts.forEach((text, k) => orders.add(parseOrder(text, k + 1)));
  return orders;
}
const lots = (n: number): Lots => n as Lots;

describe('open orders', () => {
  it('ORD-1: market orders are under way until they end, resting and sleeping ones are not', () => {
    const orders = opened('buy 10 market', 'sell 4 market', 'buy 7 limit 95', 'sell 3 market of 3');
    expect(orders.inFlight[0]).toBe(6);
    orders.fill(I, id(1), 1, lots(10), true);
    expect(orders.inFlight[0]).toBe(-4);
    orders.remove(I, id(2));
    orders.remove(I, id(3));
    orders.remove(I, id(4));
    expect(orders.inFlight[0]).toBe(0);
    expect(orders.of(I)).toEqual([]);
  });
  it('ORD-3: a trimmed market order leaves nothing under way', () => {
    const orders = opened('sell 10 market reduce');
    orders.fill(I, id(1), 1, lots(-6), true);
    expect(orders.inFlight[0]).toBe(0);
  });
  it('ORD-4: part by part until done', () => {
    const orders = opened('buy 10 market');
    expect(orders.fill(I, id(1), 1, lots(4), false)).toBe(true);
    expect(orders.inFlight[0]).toBe(6);
    expect(orders.find(I, id(1))?.filled).toBe(4);
    expect(orders.fill(I, id(1), 2, lots(6), true)).toBe(true);
    expect(orders.find(I, id(1))).toBeUndefined();
  });
  it('ORD-5: a repeated report changes nothing, nor does one about an order that is gone', () => {
    const orders = opened('buy 10 limit 95');
    expect(orders.fill(I, id(1), 1, lots(4), false)).toBe(true);
    expect(orders.fill(I, id(1), 1, lots(4), false)).toBe(false);
    expect(orders.find(I, id(1))?.filled).toBe(4);
    expect(orders.remove(I, id(1))).toBe(true);
    expect(orders.remove(I, id(1))).toBe(false);
    expect(orders.fill(I, id(1), 2, lots(6), true)).toBe(false);
  });
  it('FILL-19: an amended order takes the new whole quantity, on its own side; one that is gone takes none', () => {
    const orders = opened('sell 10 limit 105', 'buy 5 limit 95');
    orders.fill(I, id(1), 1, lots(-4), false);
    expect(orders.amend(I, id(1), lots(12))).toBe(true);
    expect(orders.find(I, id(1))).toMatchObject({ qty: -12, filled: -4 });
    expect(orders.amend(I, id(2), lots(3))).toBe(true);
    expect(orders.find(I, id(2))?.qty).toBe(3);
    orders.remove(I, id(2));
    expect(orders.amend(I, id(2), lots(7))).toBe(false);
  });
  it('GATE-6: counts conditional orders of all instruments until they end', () => {
    const orders = new OpenOrders(2);
    ['sell 10 stop 95', 'sell 10 target 105', 'sell 10 trail 5%', 'buy 10 limit 95', 'sell 10 stop 95 limit 94'].forEach((text, k) =>
      orders.add({ ...parseOrder(text, k + 1), instrument: (k % 2) as InstrumentId }),
    );
    expect(orders.conditional).toBe(4);
    orders.remove(I, id(1));
    orders.fill(1 as InstrumentId, id(2), 1, lots(-10), true);
    expect(orders.conditional).toBe(2);
  });
  it('POS-1: knows the position that an order works on', () => {
    expect(
      opened('sell 10 market long', 'buy 3 limit 95')
        .of(I)
        .map(({ positionSide }) => positionSide),
    ).toEqual(['long', 'both']);
  });
  it('ORD-6: reports that overtake each other are all booked, each once', () => {
    const orders = opened('buy 10 market');
    expect(orders.fill(I, id(1), 3, lots(1), true)).toBe(true); // the last comes first
    expect(orders.find(I, id(1))?.filled).toBe(1);
    expect(orders.fill(I, id(1), 1, lots(4), false)).toBe(true);
    expect(orders.fill(I, id(1), 3, lots(1), true)).toBe(false);
    expect(orders.fill(I, id(1), 2, lots(5), false)).toBe(true);
    expect(orders.find(I, id(1))).toBeUndefined();
    expect(orders.inFlight[0]).toBe(0);
  });
});
