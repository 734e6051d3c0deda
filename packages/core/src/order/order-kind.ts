import type { OrderType, Side } from '../messages.ts';

/** Whether an order waits for a trigger. */
export function isConditional(orderType: OrderType): boolean {
  return orderType !== 'market' && orderType !== 'limit';
}

/** Whether an order rests at a limit price, at once or from its trigger on. */
export function hasLimit(orderType: OrderType): boolean {
  return orderType === 'limit' || orderType === 'stop' || orderType === 'take_profit';
}

/** Whether a conditional order goes off when the price rises to its trigger; the others when it falls to it. */
export function isRising(orderType: OrderType, side: Side): boolean {
  const isTarget = orderType === 'take_profit' || orderType === 'take_profit_market';
  return (side === 'buy') !== isTarget;
}

/** Whether a trigger is already met at `price`: the venue answers −2021, so nothing is sent (GATE-4). */
export function isBehind(orderType: OrderType, side: Side, trigger: number, price: number): boolean {
  return isRising(orderType, side) ? price >= trigger : price <= trigger;
}
