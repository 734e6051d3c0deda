import { describe, expect, it } from 'vitest';
import { InvariantError, VirtualBook, type Ticks, type VirtualPositionEvent } from '../../src/index.ts';
import { at, id, Lead, PLAIN } from './lead.ts';

describe.each([
  ['long', 1],
  ['short', -1],
] as const)('virtual position, %s', (name, d) => {
  const HITS = ['TAKE_PROFIT_HIT', 'STOP_LOSS_HIT', 'CLOSED'] as const;

  it('VIRT-2, VIRT-5: from its creation to its target', () => {
    const lead = new Lead(d).check(0, 6, -3, 4).candle(4, 17, 2, 15).candle(15, 21, 14, 20).flat(25);
    expect(lead.told()).toEqual([
      '0 CREATED 0',
      '1 PRICE_UPDATED entered 0',
      '1 MAX_PNL_UPDATED 6',
      '1 MIN_PNL_UPDATED -3',
      '1 PRICE_UPDATED 4',
      '2 MAX_PNL_UPDATED 17',
      '2 NEAR_TAKE_PROFIT 17',
      '3 MAX_PNL_UPDATED 20',
      '3 TAKE_PROFIT_HIT 20',
      '3 CLOSED 20',
    ]);
    expect(lead.events.map(({ pnl }) => pnl / 1e6)).toEqual([0, 0, 6, -3, 4, 17, 17, 20, 20, 20]);
  });
  it('VIRT-2, VIRT-5: from its creation to its stop', () => {
    const lead = new Lead(d).candle(0, 1, -7, -2).candle(-2, 3, -8, -3).check(-3, 12, -11, -9).flat(0);
    expect(lead.told()).toEqual([
      '0 CREATED 0',
      '1 PRICE_UPDATED entered 0',
      '1 MAX_PNL_UPDATED 1',
      '1 MIN_PNL_UPDATED -7',
      '2 MAX_PNL_UPDATED 3',
      '2 MIN_PNL_UPDATED -8',
      '2 NEAR_STOP_LOSS -8',
      '3 MIN_PNL_UPDATED -10', // the 12 may have come after the stop
      '3 STOP_LOSS_HIT -10',
      '3 CLOSED -10',
    ]);
    expect(lead.book.open).toBe(0);
  });

  it('VIRT-3: it enters at the next open, from which gains, distances and returns count', () => {
    const lead = new Lead(d).wait(5).candle(4, 16, 4, 10).candle(10, 17, 10, 10).candle(10, 20, 10, 20);
    // From 4 the target is 16 away: 80 % of that is 12.8, at a price of 16.8.
    expect(lead.told('PRICE_UPDATED', 'NEAR_TAKE_PROFIT', 'CLOSED')).toEqual([
      '6 PRICE_UPDATED entered 4',
      '7 NEAR_TAKE_PROFIT 17',
      '8 CLOSED 20',
    ]);
    const entry = 100 + 4 * d;
    expect(lead.events.at(-1)!.pnl).toBe(Math.round((16 / entry) * 1e8));
  });
  it('VIRT-3, VIRT-4: an open beyond a level closes it where it enters', () => {
    expect(new Lead(d).candle(-12, 5, -15, 0).told()).toEqual([
      '0 CREATED 0',
      '1 PRICE_UPDATED entered -12',
      '1 STOP_LOSS_HIT -12',
      '1 CLOSED -12',
    ]);
    expect(new Lead(d).candle(20, 22, 5, 8).told()).toEqual([
      '0 CREATED 0',
      '1 PRICE_UPDATED entered 20',
      '1 NEAR_TAKE_PROFIT 20',
      '1 TAKE_PROFIT_HIT 20',
      '1 CLOSED 20',
    ]);
  });
  it('VIRT-3: nothing happens without a candle, or with one that is no numbers above 0', () => {
    const lead = new Lead(d).flat(0);
    for (const odd of [NaN, Infinity, -Infinity, 0, -5]) {
      for (let k = 0; k < 4; k++) {
        const prices = [100, 100, 100, 100].with(k, odd) as [number, number, number, number];
        lead.book.show(id(0), ...prices);
        expect(lead.book.advance(at(2), true, lead)).toEqual([]);
      }
    }
    lead.book.advance(at(2), true, lead);
    expect(lead.told()).toEqual(['0 CREATED 0', '1 PRICE_UPDATED entered 0']);
  });

  it.each<[name: string, candle: [number, number, number, number], told: string]>([
    ['touches the stop', [0, 5, -10, 0], 'STOP_LOSS_HIT -10'],
    ['goes beyond the stop', [0, 5, -12, 0], 'STOP_LOSS_HIT -10'],
    ['touches the target', [0, 20, -5, 0], 'TAKE_PROFIT_HIT 20'],
    ['goes beyond the target', [0, 30, -5, 0], 'TAKE_PROFIT_HIT 20'],
    ['holds stop and target', [0, 20, -10, 20], 'STOP_LOSS_HIT -10'],
    ['opens at the stop', [-10, 30, -10, 30], 'STOP_LOSS_HIT -10'],
    ['opens beyond the stop', [-14, 30, -20, 30], 'STOP_LOSS_HIT -14'],
    ['opens at the target', [20, 20, -30, -30], 'TAKE_PROFIT_HIT 20'],
    ['opens beyond the target, and holds the stop', [26, 27, -30, -30], 'TAKE_PROFIT_HIT 26'],
    ['touches neither', [0, 19, -9, 0], ''],
  ])('VIRT-4: a candle that %s', (_, candle, told) => {
    const lines = new Lead(d)
      .flat(0)
      .candle(...candle)
      .told(...HITS);
    expect(lines).toEqual(told === '' ? [] : [`2 ${told}`, `2 CLOSED ${told.split(' ')[1]}`]);
  });

  it.each<[name: string, candle: [number, number, number, number], told: string[]]>([
    ['stop', [3, 15, -30, 0], ['MIN_PNL_UPDATED -10', 'NEAR_STOP_LOSS -10']],
    ['stop at the open', [-30, 15, -40, 0], ['MIN_PNL_UPDATED -30', 'NEAR_STOP_LOSS -30']],
    ['target', [3, 50, -9, 0], ['MIN_PNL_UPDATED -9', 'MAX_PNL_UPDATED 20', 'NEAR_TAKE_PROFIT 20']],
    ['target at the open', [23, 50, -9, 0], ['MAX_PNL_UPDATED 23', 'NEAR_TAKE_PROFIT 23']],
  ])('VIRT-5: extremes count up to the exit: %s', (_, candle, told) => {
    const lead = new Lead(d).flat(0).candle(...candle);
    const extremes = lead.told('MAX_PNL_UPDATED', 'MIN_PNL_UPDATED', 'NEAR_TAKE_PROFIT', 'NEAR_STOP_LOSS');
    expect(extremes).toEqual(told.map((line) => `2 ${line}`));
  });
  it('VIRT-5: near its levels from 80 % of the way on, once', () => {
    const lead = new Lead(d).candle(0, 15, -7, 0).candle(0, 16, -8, 0).candle(0, 17, -9, 0).candle(0, 19, -8, 0);
    expect(lead.told('NEAR_TAKE_PROFIT', 'NEAR_STOP_LOSS')).toEqual(['2 NEAR_TAKE_PROFIT 16', '2 NEAR_STOP_LOSS -8']);
  });
  it('VIRT-5: only what is better, or worse, than ever is told', () => {
    const lead = new Lead(d).candle(0, 5, -5, 0).candle(0, 5, -5, 0).candle(0, 4, -4, 0).candle(0, 6, -6, 0);
    expect(lead.told('MAX_PNL_UPDATED', 'MIN_PNL_UPDATED')).toEqual([
      '1 MAX_PNL_UPDATED 5',
      '1 MIN_PNL_UPDATED -5',
      '4 MAX_PNL_UPDATED 6',
      '4 MIN_PNL_UPDATED -6',
    ]);
  });

  it('VIRT-6: expires at the first close of its age', () => {
    const lead = new Lead(d, { expiryMs: 3 * 60_000 }).candle(0, 5, -2, 1).candle(1, 1, 1, 1).check(1, 7, 0, 3).flat(0);
    expect(lead.told('MAX_PNL_UPDATED', 'PRICE_UPDATED', 'EXPIRED', 'CLOSED')).toEqual([
      '1 PRICE_UPDATED entered 0',
      '1 MAX_PNL_UPDATED 5',
      '3 MAX_PNL_UPDATED 7',
      '3 EXPIRED 3',
      '3 CLOSED 3',
    ]);
  });
  it('VIRT-6: a level comes first, and a gap in the candles only delays it', () => {
    const expiry = { expiryMs: 3 * 60_000 };
    expect(new Lead(d, expiry).flat(0).flat(0).candle(0, 0, -10, 0).told('STOP_LOSS_HIT', 'EXPIRED')).toEqual(['3 STOP_LOSS_HIT -10']);
    expect(new Lead(d, expiry).wait(9).candle(1, 1, 1, 1).told()).toEqual([
      '0 CREATED 0',
      '10 PRICE_UPDATED entered 1',
      '10 EXPIRED 1',
      '10 CLOSED 1',
    ]);
  });

  it.each(['breaker', 'delisted', 'run_end'] as const)('VIRT-11: %s closes at the last close', (cause) => {
    const lead = new Lead(d).candle(0, 5, -2, -1).force(cause).flat(0);
    expect(lead.told('FORCED_CLOSE', 'CLOSED')).toEqual([`1 FORCED_CLOSE ${cause} -1`, `1 CLOSED ${cause} -1`]);
    expect(lead.events.at(-1)!.pnl).toBe(-1e6);
  });
  it('VIRT-11: one that had not entered has a return of 0 and does not count', () => {
    const unseen = new Lead(d).force('breaker');
    expect(unseen.told()).toEqual(['0 CREATED 0', '0 FORCED_CLOSE breaker 0', '0 CLOSED breaker 0']);
    const lead = new Lead(d).candle(0, 20, 0, 20);
    expect(lead.book.winRate).toBe(2 / 3);
    expect(lead.add(2).force('breaker').told('FORCED_CLOSE')).toEqual(['1 FORCED_CLOSE breaker 20']);
    expect(lead.events.at(-1)!.pnl).toBe(0);
    expect(lead.book.winRate).toBe(2 / 3);
  });

  it('VIRT-1: a number that is open is not opened again; how many are open is told by direction', () => {
    const lead = new Lead(d).add(1).add(2);
    const other = d === 1 ? -1 : 1;
    expect([lead.book.open, lead.book.openOf(id(0), d), lead.book.openOf(id(0), other)]).toEqual([2, 2, 0]);
    expect(lead.told()).toEqual(['0 CREATED 0', '0 CREATED 0']);
    lead.force('run_end');
    expect([lead.book.open, lead.book.openOf(id(0), d)]).toEqual([0, 0]);
    expect(lead.book.levels(1)).toBeNull();
  });
  it(`VIRT-3: a draft whose levels are not around its entry is a defect (${name})`, () => {
    const events: VirtualPositionEvent[] = [];
    const book = new VirtualBook(1, PLAIN);
    const draft = (entry: number, stop: number, target: number) => (): void =>
      book.add(
        { instrument: id(0), positionId: 1, ts: at(0), direction: d, entry: entry as Ticks, stop: stop as Ticks, target: target as Ticks },
        events,
      );
    for (const odd of [NaN, Infinity, -Infinity, 100 + 30 * d]) expect(draft(100, odd, 100 + 20 * d)).toThrow(InvariantError);
    for (const odd of [NaN, Infinity, -Infinity, 100 - 30 * d]) expect(draft(100, 100 - 10 * d, odd)).toThrow(InvariantError);
    for (const odd of [NaN, Infinity, 100 - 10 * d, 100 + 20 * d]) expect(draft(odd, 100 - 10 * d, 100 + 20 * d)).toThrow(InvariantError);
    expect([book.open, events]).toEqual([0, []]);
  });
});
