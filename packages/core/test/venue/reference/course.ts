import type { Fact, InstrumentId } from '../../../src/index.ts';
import { fraction, plus, times, type Fraction } from './fraction.ts';
import { crossWallet, slackOf, type Order, type Rules, type State } from './state.ts';

/** Open, high, low, close. */
export type Candle = readonly [open: bigint, high: bigint, low: bigint, close: bigint];
export type Path = 'low-first' | 'high-first';

/** One try of a path through a frame. */
export interface Walk {
  readonly rules: Rules;
  /** Changed as it goes. */
  readonly state: State;
  /** The account when the candle opened. */
  readonly opened: State;
  /** Symbols that are walked; null stands still, and nothing of it trades. */
  readonly candles: ReadonlyMap<number, Candle | null>;
  readonly watches: boolean;
  readonly ts: number;
  readonly facts: Fact[];
  /** From and to of the leg, and the part of it that is done. */
  from: Map<number, bigint>;
  to: Map<number, bigint>;
  done: Fraction;
  liquidations: number;
  /** Whether two positions were equally near to being closed: then their slots decided. */
  isTied: boolean;
}

export function priceAt({ from, to }: Walk, symbol: number, done: Fraction): Fraction {
  return plus(fraction(from.get(symbol)!), times(done, fraction(to.get(symbol)! - from.get(symbol)!)));
}

export function end(run: Walk, order: Order, how: { readonly type: string; readonly reason: string }): void {
  run.state.orders = run.state.orders.filter((other) => other !== order);
  run.facts.push({ ...how, ts: run.ts, instrument: order.symbol as InstrumentId, orderId: order.id } as unknown as Fact);
}

/** What must not reach 0: the cross account as a whole, or each isolated position by itself. */
export function slacks(run: Walk, done: Fraction): readonly Fraction[] {
  const { rules, state } = run;
  const held = state.positions.filter(({ qty, symbol }) => qty !== 0n && run.candles.has(symbol));
  const each = held.map((position) => slackOf(rules, position, priceAt(run, position.symbol, done)));
  if (rules.mode === 'isolated') return each;
  return held.length === 0 ? [] : [each.reduce(plus, fraction(crossWallet(state)))];
}
