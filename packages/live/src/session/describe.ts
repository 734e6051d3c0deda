import { formatSats } from '@orrery/core';
import type { Machine } from './machine.ts';
import type { SessionEnd, SessionStatus } from './options.ts';

/** Equity in USDT at the last closes. */
export function equityOf({ engine }: Machine): string {
  return formatSats(engine.desk.equity());
}

/** Positions that are not flat, by symbol; in hedge mode by symbol and side: `BTCUSDT short`. */
export function positionsOf({ engine, instruments, sides }: Machine): SessionStatus['positions'] {
  const held = instruments.flatMap(({ id, symbol }) =>
    sides.map((side) => [side === 'both' ? symbol : `${symbol} ${side}`, engine.desk.positionOf(id, side)] as const),
  );
  return Object.fromEntries(held.filter(([, lots]) => lots !== 0));
}

/** Orders that are not at their end. */
export function ordersOf({ engine, instruments }: Machine): SessionEnd['orders'] {
  return instruments.flatMap(({ id, symbol }) => engine.orders.of(id).map((order) => ({ symbol, order })));
}
