import { checkInvariant, type Invariant } from '@orrery/core';
import mine from './bracket.ts';

// `holds` is asked after every frame of every run. A text says what is wrong; `false` will do as well.
export const fewPositions: Invariant = {
  name: 'at most three positions',
  holds: ({ positions }) => positions.length <= 3,
};
export const smallPositions: Invariant = {
  name: 'no position above 8,000 USDT',
  holds: ({ positions }) => positions.every(({ value }) => Math.abs(value) <= 8_000),
};
export const patience: Invariant = {
  name: 'ten candles between two entries into a symbol',
  holds({ orders }) {
    const entries = orders.filter(({ order }) => !order.reduceOnly);
    const early = entries.find((next, k) => entries.slice(0, k).some((o) => o.symbol === next.symbol && next.frame - o.frame < 10));
    return early === undefined || `order ${early.order.orderId} came too early`;
  },
};

checkInvariant(mine, fewPositions);
checkInvariant(mine, smallPositions, { oddFacts: true });
