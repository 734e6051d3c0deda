import { InvariantError } from '../engine/invariant.ts';
import { hasLimit } from '../order/order-kind.ts';
import type { FillPath } from '../run/result.ts';
import { CandleWalk, type Outcome, type WalkSetup } from './candle-walk.ts';
import type { LaneStart, Path, Prices } from './lane.ts';
import { kindOf } from './working-order.ts';

/** Both ways through a candle, and the one that the reading takes (FILL-7). */
export interface Resolution {
  readonly taken: Outcome;
  readonly isAmbiguous: boolean;
  /** Liquidations of either path. */
  readonly liquidations: number;
}

/** Tries both orders of the extremes where the candle can do anything, and picks by the reading. */
export function resolve(starts: readonly LaneStart[], setup: WalkSetup, fills: FillPath): Resolution {
  const nearer = likelierOf(starts);
  const likely = new CandleWalk(starts, setup).run(nearer);
  if (likely.events.length === 0 && isStatic(starts, setup)) return { taken: likely, isAmbiguous: false, liquidations: 0 };
  const other = new CandleWalk(starts, setup).run(nearer === 'low-first' ? 'high-first' : 'low-first');
  const liquidations = likely.liquidations + other.liquidations;
  if (isSameOutcome(likely, other)) return { taken: likely, isAmbiguous: false, liquidations };
  return { taken: chosen(likely, other, fills), isAmbiguous: true, liquidations };
}

function chosen(likely: Outcome, other: Outcome, fills: FillPath): Outcome {
  switch (fills) {
    case 'heuristic':
      return likely;
    case 'pessimistic':
      return other.value < likely.value ? other : likely;
    case 'optimistic':
      return other.value > likely.value ? other : likely;
    default:
      throw new InvariantError(`unknown reading ${String(fills satisfies never)}`);
  }
}

/** Whether both paths meet the same levels: nothing trails the price, nothing becomes a limit there (which is no event), and nothing arrives on the way. */
function isStatic(starts: readonly LaneStart[], { changes }: WalkSetup): boolean {
  if (changes.some((list) => list.length > 0)) return false;
  return starts.every(({ book, openTs }) =>
    book.every((order) => {
      const kind = kindOf(order);
      const isFixed = kind !== 'trailing' && !(kind === 'trigger' && hasLimit(order.command.orderType));
      return isFixed && (order.isResting || order.arrival <= openTs);
    }),
  );
}

/**
 * Where several move in step, the extremes that are nearer for the greater value of positions come first (LIQ-9); where that decides
 * nothing, those that are nearer for more symbols with an order.
 */
function likelierOf(starts: readonly LaneStart[]): Path {
  if (starts.length === 1) return likelierPath(starts[0].candle);
  let byValue = 0;
  let byCount = 0;
  for (const { candle, legs, instrument, book } of starts) {
    // What stands still has no extreme that could come first.
    if (candle.high === candle.low) continue;
    const value = legs.reduce((sum, { qty }) => sum + Math.abs(qty), 0) * candle.open * instrument.tickLotSats;
    const side = likelierPath(candle) === 'low-first' ? 1 : -1;
    byValue += side * value;
    if (book.length > 0 || value > 0) byCount += side;
  }
  return (byValue === 0 ? byCount : byValue) >= 0 ? 'low-first' : 'high-first';
}

/** The extreme nearer to the open is taken to come first; at equal distance a rising candle dips first (FILL-7, heuristic). */
export function likelierPath(candle: Prices): Path {
  const toHigh = candle.high - candle.open;
  const toLow = candle.open - candle.low;
  if (toHigh === toLow) return candle.close >= candle.open ? 'low-first' : 'high-first';
  return toLow < toHigh ? 'low-first' : 'high-first';
}

/** Whether two paths leave the same money, positions and books: then the candle is not ambiguous. */
function isSameOutcome(a: Outcome, b: Outcome): boolean {
  if (a.value !== b.value) return false;
  return a.lanes.every((lane, k) => {
    const { legs, book } = b.lanes[k];
    if (!lane.legs.every(({ qty }, side) => qty === legs[side].qty)) return false;
    return (
      lane.book.length === book.length &&
      lane.book.every((order, n) => {
        const { command, isDormant, isTriggered, left } = book[n];
        return (
          order.command.orderId === command.orderId &&
          order.isDormant === isDormant &&
          order.isTriggered === isTriggered &&
          order.left === left
        );
      })
    );
  });
}
