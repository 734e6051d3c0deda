import type { MarginMode, OrderType, PositionSide, TimeInForce } from '../../../src/index.ts';
import { compare, fraction, minus, plus, times, type Fraction } from './fraction.ts';
import { size } from './ledger.ts';

/** Sats in a USDT; prices are whole USDT and a lot is one unit, so a lot at a price of 1 is worth this. */
export const UNIT = 100_000_000n;
const E8 = 100_000_000n;

export interface Bracket {
  /** USDT */
  readonly floor: bigint;
  readonly cap: bigint;
  /** In 1e-8 of the value. */
  readonly rate: bigint;
  readonly leverage: bigint;
}
export interface Rules {
  readonly mode: MarginMode;
  readonly isHedged: boolean;
  readonly isTouchEnough: boolean;
  readonly fills: 'pessimistic' | 'heuristic' | 'optimistic';
  readonly wallet: bigint;
  readonly leverage: bigint;
  /** By symbol. */
  readonly brackets: readonly (readonly Bracket[])[];
  /** In 1e-8. */
  readonly maker: bigint;
  readonly taker: bigint;
  readonly clearance: bigint;
}
export interface Position {
  readonly symbol: number;
  readonly side: PositionSide;
  qty: bigint;
  cost: bigint;
  isolated: bigint;
}
export interface Order {
  readonly id: number;
  readonly symbol: number;
  readonly side: PositionSide;
  readonly type: OrderType;
  /** 1 buys, −1 sells. */
  readonly sign: bigint;
  readonly qty: bigint;
  readonly price: bigint | null;
  readonly trigger: bigint | null;
  readonly tif: TimeInForce;
  /** Only ever makes its position smaller. */
  readonly isReducing: boolean;
  readonly isWhole: boolean;
  isNew: boolean;
  isTriggered: boolean;
  /** Of a trailing stop, in 1e-8; its trigger is the activation price. */
  readonly callback: bigint | null;
  /** Best price of a trailing stop since its activation; null before. */
  best: bigint | null;
}
/** Everything that the venue knows; plain data, so that a path can be tried on a copy. */
export interface State {
  wallet: bigint;
  positions: Position[];
  /** By id. */
  orders: Order[];
  leverage: bigint[];
  /** Last closes. */
  last: bigint[];
}

export function startOf(rules: Rules, last: readonly bigint[]): State {
  const sides: readonly PositionSide[] = rules.isHedged ? ['long', 'short'] : ['both'];
  const positions = last.flatMap((_, symbol) => sides.map((side) => ({ symbol, side, qty: 0n, cost: 0n, isolated: 0n })));
  const leverage = rules.brackets.map(([first]) => (rules.leverage < first!.leverage ? rules.leverage : first!.leverage));
  return { wallet: rules.wallet, positions, orders: [], leverage, last: [...last] };
}
export function positionOf(state: State, symbol: number, side: PositionSide): Position {
  return state.positions.find((position) => position.symbol === symbol && position.side === side)!;
}
export function crossWallet(state: State): bigint {
  return state.positions.reduce((left, { isolated }) => left - isolated, state.wallet);
}

/** Value without sign at a price, sats. */
export function valueOf({ qty }: Position, price: Fraction): Fraction {
  return times(price, fraction(size(qty) * UNIT));
}
export function unrealizedOf(position: Position, price: Fraction): Fraction {
  return minus(times(price, fraction(position.qty * UNIT)), fraction(position.cost));
}
/** The bracket that a value falls into. */
export function bracketAt(brackets: readonly Bracket[], value: Fraction): Bracket {
  return brackets.findLast(({ floor }) => compare(value, fraction(floor * UNIT)) >= 0)!;
}
/** Maintenance margin bracket by bracket: each part of the value at its own rate, which is what `cum` amounts to (MARG-1). */
export function maintenanceOf(brackets: readonly Bracket[], value: Fraction): Fraction {
  let sum = fraction(0n);
  for (const { floor, cap, rate } of brackets) {
    const from = fraction(floor * UNIT);
    const to = compare(value, fraction(cap * UNIT)) < 0 ? value : fraction(cap * UNIT);
    if (compare(to, from) > 0) sum = plus(sum, times(minus(to, from), fraction(rate, E8)));
  }
  return sum;
}
/** What one position leaves over its maintenance margin, its own wallet included (LIQ-1). */
export function slackOf(rules: Rules, position: Position, price: Fraction): Fraction {
  const own = plus(fraction(position.isolated), unrealizedOf(position, price));
  return minus(own, maintenanceOf(rules.brackets[position.symbol]!, valueOf(position, price)));
}

/** Amount times rate, up to a sat. */
export function partUp(amount: bigint, rate: bigint): bigint {
  return (amount * rate + E8 - 1n) / E8;
}
/** −value · rate, down to a sat (FUND-3). */
export function fundingOf(position: Position, price: bigint, rate: bigint): bigint {
  const paid = position.qty * price * UNIT * rate;
  // Paid up, received down.
  return paid > 0n ? -((paid + E8 - 1n) / E8) : -paid / E8;
}
