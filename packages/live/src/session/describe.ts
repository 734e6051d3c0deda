import { formatSats } from '@orrery/core';
import type { Machine } from './machine.ts';
import type { SessionEnd, SessionStatus } from './options.ts';

/** Equity in USDT at the last closes. */
export function equityOf({ engine }: Machine): string {
  return formatSats(engine.desk.equity());
}

/** Positions that are not flat, by symbol. */
export function positionsOf({ engine, instruments }: Machine): SessionStatus['positions'] {
  const held = instruments.map(({ id, symbol }) => [symbol, engine.desk.position(id)] as const);
  return Object.fromEntries(held.filter(([, lots]) => lots !== 0));
}

/** Orders that are not at their end. */
export function ordersOf({ engine, instruments }: Machine): SessionEnd['orders'] {
  return instruments.flatMap(({ id, symbol }) => engine.orders.of(id).map((order) => ({ symbol, order })));
}
