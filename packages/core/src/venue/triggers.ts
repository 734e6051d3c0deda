import { toPrice } from '../market/instrument.ts';
import type { Ticks } from '../units.ts';
import type { Lane } from './lane.ts';
import { trailingLevel } from './price-rules.ts';
import { kindOf, looksAtMark, type WorkingOrder } from './working-order.ts';

/** The price that a conditional order looks at, where the lane is now: ticks, or quote units for the mark price (FILL-12). */
export function workingPrice({ command }: WorkingOrder, lane: Lane): number {
  return looksAtMark(command) ? lane.markAt(lane.progress) : lane.at;
}

/** A conditional order's trigger, or a trailing stop's activation price, in the unit of its working price. */
export function triggerLevel({ command }: WorkingOrder, lane: Lane): number {
  const ticks = command.trigger ?? NaN;
  return looksAtMark(command) ? toPrice(lane.instrument, ticks as Ticks) : ticks;
}

/** Best price of a trailing stop that begins now: the working price, or NaN where it waits for its activation (FILL-14). */
export function activatedAt(order: WorkingOrder, lane: Lane): number {
  if (kindOf(order) !== 'trailing' || !Number.isNaN(order.best)) return order.best;
  const now = workingPrice(order, lane);
  return order.command.trigger === null ? now : advanced(order, lane, now);
}

/** Where a trailing stop goes off as things stand; NaN before its activation. */
export function trailingTrigger(order: WorkingOrder, lane: Lane): number {
  if (Number.isNaN(order.best)) return NaN;
  return trailingLevel(order, looksAtMark(order.command) ? toPrice(lane.instrument, 1 as Ticks) : 1);
}

/** The best price of a trailing stop once the working price has been at `price`: a sell follows what rises, a buy what falls. */
export function advanced(order: WorkingOrder, lane: Lane, price: number): number {
  const isSell = order.sign < 0;
  const { best } = order;
  if (Number.isNaN(best)) {
    const activation = order.command.trigger === null ? price : triggerLevel(order, lane);
    return (isSell ? price >= activation : price <= activation) ? price : NaN;
  }
  return isSell ? Math.max(best, price) : Math.min(best, price);
}
