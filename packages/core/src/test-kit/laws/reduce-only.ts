import type { LawCheck } from '../law-check.ts';
import { runOf } from '../runs.ts';

/** An order that may only reduce ends at flat at most. */
export const REDUCE_ONLY: LawCheck = {
  name: 'reduce-only: such an order never opens, adds to or turns a position',
  hint: 'a protective order would leave a position that nobody asked for',
  runs: 1,
  check(subject, market) {
    const held = new Float64Array(market.symbols.length);
    const reducing = new Set<number>();
    for (const { message } of runOf(subject, market).entries) {
      if (message.type === 'SubmitOrder' && message.reduceOnly) reducing.add(message.orderId);
      if (message.type !== 'OrderFilled') continue;
      const before = held[message.instrument];
      const after = before + message.qty;
      held[message.instrument] = after;
      if (!reducing.has(message.orderId)) continue;
      if (Math.abs(after) >= Math.abs(before) || after * before < 0) {
        return `order ${message.orderId} is reduce-only and took the position from ${before} to ${after} lots at ${message.ts} ms`;
      }
    }
    return null;
  },
};
