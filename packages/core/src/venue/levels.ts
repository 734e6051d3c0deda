import { isRising } from '../order/order-kind.ts';
import { toPrice, type Instrument } from '../market/instrument.ts';
import type { Ticks } from '../units.ts';
import { trailingLevel } from './price-rules.ts';
import { kindOf, looksAtMark, type WorkingOrder } from './working-order.ts';

/** A candle with high < up and low > down, and a mark candle inside the other two, leaves an instrument as it is. Quote units. */
export interface Levels {
  up: number;
  down: number;
  markUp: number;
  markDown: number;
}

export function noLevels(): Levels {
  return { up: Infinity, down: -Infinity, markUp: Infinity, markDown: -Infinity };
}

/** Sets the nearest levels of a book. False when something in it has to meet the next candle whatever its prices. */
export function setLevels(levels: Levels, instrument: Instrument, book: readonly WorkingOrder[], isTouchEnough: boolean): boolean {
  levels.up = levels.markUp = Infinity;
  levels.down = levels.markDown = -Infinity;
  for (const order of book) {
    if (order.isDormant) continue;
    if (!order.isResting) return false;
    const { command, sign } = order;
    switch (kindOf(order)) {
      case 'market':
        return false;
      case 'limit':
        // A limit has to be passed by a tick, or touched; a buy from above.
        note(levels, sign < 0, false, toPrice(instrument, (order.price - (isTouchEnough ? 0 : sign)) as Ticks));
        break;
      case 'trigger':
        note(levels, isRising(command.orderType, command.side), looksAtMark(command), toPrice(instrument, (command.trigger ?? 0) as Ticks));
        break;
      case 'trailing':
        trail(levels, instrument, order);
        break;
      default:
        throw new RangeError('unknown kind of order');
    }
  }
  return true;
}

/** A trailing stop is met on one side, and carried along on the other. */
function trail(levels: Levels, instrument: Instrument, order: WorkingOrder): void {
  const { best, command, sign } = order;
  const isMark = looksAtMark(command);
  if (Number.isNaN(best)) {
    note(levels, sign < 0, isMark, toPrice(instrument, (command.trigger ?? 0) as Ticks));
    return;
  }
  const tick = toPrice(instrument, 1 as Ticks);
  const inQuote = (level: number): number => (isMark ? level : toPrice(instrument, level as Ticks));
  note(levels, sign > 0, isMark, inQuote(trailingLevel(order, isMark ? tick : 1)));
  note(levels, sign < 0, isMark, inQuote(best));
}

function note(levels: Levels, isUp: boolean, isMark: boolean, level: number): void {
  if (isMark) {
    if (isUp) levels.markUp = Math.min(levels.markUp, level);
    else levels.markDown = Math.max(levels.markDown, level);
  } else if (isUp) levels.up = Math.min(levels.up, level);
  else levels.down = Math.max(levels.down, level);
}
