import type { LeverageReason, RejectReason } from '../../../src/index.ts';
import { larger, size } from './ledger.ts';
import { crossWallet, positionOf, UNIT, type Order, type Rules, type State } from './state.ts';

function isConditional({ type, isTriggered }: Order): boolean {
  return type !== 'market' && type !== 'limit' && !isTriggered;
}
function ceilOver(amount: bigint, leverage: bigint): bigint {
  return (amount + leverage - 1n) / leverage;
}

/** Initial margin of a symbol's positions and of its open orders together, with one more order perhaps (MARG-2); sats. */
function bound(state: State, symbol: number, mark: bigint, more: Order | null): bigint {
  let sum = 0n;
  for (const position of state.positions) {
    if (position.symbol !== symbol) continue;
    const held = position.qty * mark * UNIT;
    let [bids, asks] = [0n, 0n];
    for (const order of [...state.orders, ...(more === null ? [] : [more])]) {
      if (order.symbol !== symbol || order.side !== position.side || order.isReducing) continue;
      if (order !== more && isConditional(order)) continue;
      const value = order.qty * (order.price ?? mark) * UNIT;
      if (order.sign > 0n) bids += value;
      else asks += value;
    }
    const most = larger(size(held), larger(size(held + bids), size(held - asks)));
    sum += ceilOver(most, state.leverage[symbol]!);
  }
  return sum;
}

/** What new orders may bind, below 0 too (MARG-3). */
function free(state: State, rules: Rules): bigint {
  let left = crossWallet(state);
  for (const [symbol, mark] of state.last.entries()) {
    left -= bound(state, symbol, mark, null);
    for (const position of state.positions) {
      if (position.symbol !== symbol) continue;
      const value = position.qty * mark * UNIT;
      if (rules.mode === 'cross') left += value - position.cost;
      // The margin of an isolated position has left the cross wallet already.
      else left += ceilOver(size(value), state.leverage[symbol]!);
    }
  }
  return left;
}

/** Whether the margin carries an order at a mark price (MARG-4). */
export function affords(state: State, rules: Rules, order: Order, mark: bigint): boolean {
  const added = bound(state, order.symbol, mark, order) - bound(state, order.symbol, mark, null);
  if (added <= 0n) return true;
  const loss = larger(0n, order.sign * order.qty * ((order.price ?? mark) - mark) * UNIT);
  return added + loss <= free(state, rules);
}

/** The most that a position may be worth at a leverage, USDT (MARG-5). */
function mostAt(rules: Rules, symbol: number, leverage: bigint): bigint {
  return rules.brackets[symbol]!.reduce((most, bracket) => (bracket.leverage >= leverage ? bracket.cap : most), 0n);
}

/** Why an order is refused when it is given, or null. */
export function refusal(state: State, rules: Rules, order: Order): RejectReason | null {
  if (isConditional(order) || order.isReducing) return null;
  const mark = state.last[order.symbol]!;
  const position = positionOf(state, order.symbol, order.side);
  const resting = state.orders.filter(
    (other) =>
      other.symbol === order.symbol && other.side === order.side && other.sign === order.sign && !other.isReducing && !isConditional(other),
  );
  const lots = order.sign * position.qty + resting.reduce((sum, { qty }) => sum + qty, 0n) + order.qty;
  if (lots * mark > mostAt(rules, order.symbol, state.leverage[order.symbol]!)) return 'max_position';
  return affords(state, rules, order, mark) ? null : 'insufficient_margin';
}

/** Why a leverage is refused, or null (MARG-7). */
export function leverageRefusal(state: State, rules: Rules, symbol: number, leverage: bigint): LeverageReason | null {
  if (leverage < 1n || leverage > rules.brackets[symbol]![0]!.leverage) return 'out_of_range';
  for (const position of state.positions) {
    if (position.symbol !== symbol || position.qty === 0n) continue;
    if (size(position.qty) * state.last[symbol]! > mostAt(rules, symbol, leverage)) return 'position_too_large';
    if (rules.mode === 'isolated' && leverage < state.leverage[symbol]!) return 'position_too_large';
  }
  return null;
}
