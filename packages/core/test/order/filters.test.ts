import { describe, expect, it } from 'vitest';
import { filterProblem, isOutsideBand, type FilteredOrder } from '../../src/index.ts';
import { whole } from '../engine/fixture.ts';
import { parseOrder } from '../venue/table.ts';

const INSTRUMENT = whole(0, {
  minQty: '2',
  maxQty: '1000',
  marketMaxQty: '500',
  minNotional: '300',
  minPrice: '50',
  maxPrice: '200',
  multiplierUp: '1.05',
  multiplierDown: '0.95',
});
const filtered = (text: string): FilteredOrder => {
  const { side, orderType, qty, price, trigger, reduceOnly, terms } = parseOrder(text, 1);
  const isWhole = terms?.closePosition === true;
  return { side, orderType, qty, price, trigger, isReducing: reduceOnly || isWhole, isWhole };
};

describe('filters, at a mark price of 100', () => {
  it.each([
    ['GATE-1 the least', 'sell 2 market reduce', null],
    ['GATE-1 below the least', 'sell 1 market reduce', 'below_min_quantity'],
    ['GATE-1 the most of a limit', 'buy 1000 limit 100', null],
    ['GATE-1 above it', 'buy 1001 limit 100', 'above_max_quantity'],
    ['GATE-1 the most of a market', 'buy 500 market', null],
    ['GATE-1 above it', 'buy 501 market', 'above_max_quantity'],
    ['GATE-1 a stop at market', 'sell 501 stop 95', 'above_max_quantity'],
    ['GATE-1 a target at market', 'sell 501 target 105', 'above_max_quantity'],
    ['GATE-1 a trailing stop', 'sell 501 trail 5%', 'above_max_quantity'],
    ['GATE-1 a stop with a limit', 'sell 501 stop 95 limit 94', null],
    ['GATE-1 closing all', 'sell all stop 95', null],
    ['GATE-2 the least notional at market', 'buy 3 market', null],
    ['GATE-2 below it', 'buy 2 market', 'below_min_notional'],
    ['GATE-2 at its own price', 'buy 3 limit 99', 'below_min_notional'],
    ['GATE-2 at its trigger', 'buy 3 target 99', 'below_min_notional'],
    ['GATE-2 a stop with a limit at its limit', 'buy 3 stop 99 limit 101', null],
    ['GATE-2 a reduction', 'sell 2 limit 100 reduce', null],
    ['GATE-7 the lowest price', 'buy 10 limit 50', null],
    ['GATE-7 below it', 'buy 10 limit 49', 'price_out_of_range'],
    ['GATE-7 the highest trigger', 'buy 10 stop 200', null],
    ['GATE-7 above it', 'buy 10 stop 201', 'price_out_of_range'],
    ['GATE-7 limit behind a trigger', 'buy 10 stop 200 limit 201', 'price_out_of_range'],
    ['GATE-7 activation price', 'sell 10 trail 5% from 201', 'price_out_of_range'],
    ['GATE-8 a buy at 105 %', 'buy 10 limit 105', null],
    ['GATE-8 a buy above', 'buy 10 limit 106', 'price_band'],
    ['GATE-8 a buy far below', 'buy 10 limit 60', null],
    ['GATE-8 a sell at 95 %', 'sell 10 limit 95', null],
    ['GATE-8 a sell below', 'sell 10 limit 94', 'price_band'],
    ['GATE-8 a sell far above', 'sell 10 limit 190', null],
    ['GATE-8 reduce-only as well', 'sell 10 limit 94 reduce', 'price_band'],
  ])('%s: %s', (_, text, problem) => expect(filterProblem(INSTRUMENT, filtered(text), 100)).toBe(problem));

  it('GATE-8: the mark price may lie between ticks', () => {
    // 105 % of 99.5 is 104.475.
    expect([104, 105].map((price) => isOutsideBand(INSTRUMENT, 'buy', price, 99.5))).toEqual([false, true]);
    // 95 % of 99.5 is 94.525.
    expect([95, 94].map((price) => isOutsideBand(INSTRUMENT, 'sell', price, 99.5))).toEqual([false, true]);
  });
  it('GATE-7, GATE-8: without such filters any price is as good', () => {
    expect(filterProblem(whole(), filtered('buy 10 limit 1'), 100)).toBeNull();
    expect(filterProblem(whole(), filtered('sell 10 limit 1'), 100)).toBeNull();
    expect(filterProblem(whole(), filtered('buy 10 limit 100000'), 100)).toBeNull();
  });
});
