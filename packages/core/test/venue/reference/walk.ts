import type { Fact } from '../../../src/index.ts';
import { affords } from './admission.ts';
import { ceil, compare, floor, fraction, minus, ONE, over, plus, times, ZERO, type Fraction } from './fraction.ts';
import { size, smaller, traded } from './ledger.ts';
import { liquidate } from './liquidate.ts';
import { partUp, positionOf, UNIT, type Order, type Position, type Rules, type State } from './state.ts';
import { end, slacks, type Path, type Walk } from './course.ts';

/** @param opened all of the account as it was when the candles of the frame opened */
export function walk(start: State, opened: State, rules: Rules, candles: Walk['candles'], path: Path, watches: boolean, ts: number): Walk {
  const at = new Map([...candles].map(([symbol, candle]) => [symbol, candle === null ? start.last[symbol]! : candle[0]]));
  const run: Walk = {
    rules,
    state: structuredClone(start),
    opened,
    candles,
    watches,
    ts,
    facts: [],
    from: at,
    to: at,
    done: ZERO,
    liquidations: 0,
    isTied: false,
  };
  openFrame(run);
  for (const turn of [0, 1, 2]) {
    run.from = run.to;
    run.to = new Map(
      [...candles].map(([symbol, candle]) => {
        if (candle === null) return [symbol, start.last[symbol]!];
        const isUp = (path === 'high-first') === (turn === 0);
        return [symbol, turn === 2 ? candle[3] : isUp ? candle[1] : candle[2]];
      }),
    );
    run.done = ZERO;
    for (const order of run.state.orders) if (hasCandle(run, order) && !order.isNew) follow(order, run.to.get(order.symbol)!);
    walkLeg(run);
  }
  for (const [symbol, candle] of candles) if (candle !== null) run.state.last[symbol] = candle[3];
  return run;
}

/** At an open margin comes first, then every order by symbol and id (LIQ-3). */
function openFrame(run: Walk): void {
  if (run.watches) liquidate(run);
  for (const [symbol, candle] of run.candles) {
    if (candle === null) continue;
    const open = run.from.get(symbol)!;
    for (const order of run.state.orders.filter((other) => other.symbol === symbol)) {
      if (!run.state.orders.includes(order)) continue;
      if (order.isNew) arrive(run, order, open);
      else if (kindOf(order) === 'limit') {
        if (isBetter(run, order, open)) fill(run, order, open, true);
      } else if (kindOf(order) === 'trailing') {
        if (isBack(order, open)) goOff(run, order, open);
        else follow(order, open);
      } else if (kindOf(order) === 'trigger' && isMet(order, open)) goOff(run, order, open);
    }
  }
}

function kindOf({ type, isTriggered }: Order): 'market' | 'limit' | 'trigger' | 'trailing' {
  if (type === 'market' || type === 'limit') return type;
  if (!isTriggered) return type === 'trailing_stop_market' ? 'trailing' : 'trigger';
  return type === 'stop' || type === 'take_profit' ? 'limit' : 'market';
}
function isBetter({ rules }: Walk, { sign, price }: Order, at: bigint): boolean {
  const better = sign * (price! - at);
  return better > 0n || (rules.isTouchEnough && better === 0n);
}
/** Stops go off against the position, targets for it. */
function isRising({ type, sign }: Order): boolean {
  return (type === 'stop_market' || type === 'stop') === sign > 0n;
}
function isMet(order: Order, at: bigint): boolean {
  return isRising(order) ? at >= order.trigger! : at <= order.trigger!;
}

function hasCandle({ candles }: Walk, { symbol }: Order): boolean {
  return (candles.get(symbol) ?? null) !== null;
}

/** A trailing stop goes along with what is better for it, from its activation on (FILL-14). */
function follow(order: Order, price: bigint): void {
  if (order.callback === null) return;
  const isActive = order.best !== null || order.trigger === null || order.sign * (price - order.trigger) <= 0n;
  if (isActive && (order.best === null || order.sign * (price - order.best) < 0n)) order.best = price;
}
/** Where it goes off: rounded to a tick away from the best price. */
function backAt({ best, callback, sign }: Order): bigint {
  const way = fraction(best! * (100_000_000n + sign * callback!), 100_000_000n);
  return sign > 0n ? ceil(way) : floor(way);
}
function isBack(order: Order, price: bigint): boolean {
  return order.best !== null && order.sign * (price - backAt(order)) >= 0n;
}

function arrive(run: Walk, order: Order, at: bigint): void {
  order.isNew = false;
  const kind = kindOf(order);
  if (kind === 'trailing') {
    follow(order, at);
    return;
  }
  if (kind === 'trigger') {
    if (isMet(order, at)) goOff(run, order, at);
    return;
  }
  const takes = kind === 'market' || isBetter(run, order, at);
  if (order.tif === 'gtx' && takes) end(run, order, { type: 'OrderRejected', reason: 'post_only_would_take' });
  else if (order.tif === 'fok' && !takes) end(run, order, { type: 'OrderRejected', reason: 'fok_not_filled' });
  else if (takes) fill(run, order, at, false);
  else if (order.tif === 'ioc') end(run, order, { type: 'OrderExpired', reason: 'not_filled' });
}

function goOff(run: Walk, order: Order, at: bigint): void {
  if (!order.isReducing && !affords(run.opened, run.rules, { ...order, isTriggered: true, price: order.price ?? null }, at)) {
    end(run, order, { type: 'OrderExpired', reason: 'insufficient_margin' });
    return;
  }
  order.isTriggered = true;
  if (kindOf(order) === 'market') fill(run, order, at, false);
  else if (isBetter(run, order, at)) fill(run, order, at, false);
  else if (order.tif === 'ioc') end(run, order, { type: 'OrderExpired', reason: 'not_filled' });
}

function fill(run: Walk, order: Order, price: bigint, isMaker: boolean): void {
  const { rules, state } = run;
  const position = positionOf(state, order.symbol, order.side);
  const reducible = position.qty * order.sign < 0n ? size(position.qty) : 0n;
  const qty = order.isWhole ? reducible : order.isReducing ? smaller(order.qty, reducible) : order.qty;
  if (qty === 0n) {
    end(run, order, { type: 'OrderExpired', reason: order.isWhole ? 'position_gone' : 'reduce_only' });
    return;
  }
  const fee = partUp(qty * price * UNIT, isMaker ? rules.maker : rules.taker);
  const before = position.qty;
  state.wallet -= fee;
  move(state, rules, position, order.sign * qty, price);
  state.orders = state.orders.filter((other) => other !== order);
  run.facts.push({
    type: 'OrderFilled',
    ts: run.ts,
    instrument: order.symbol,
    orderId: order.id,
    fill: 1,
    qty: Number(order.sign * qty),
    price: Number(price),
    reference: Number(price),
    fee: Number(fee),
    isMaker,
    isDone: true,
  } as unknown as Fact);
  const isGone = before !== 0n && (position.qty === 0n || position.qty > 0n !== before > 0n);
  if (!isGone) return;
  for (const other of state.orders.filter(
    ({ isWhole, symbol, side, sign }) => isWhole && symbol === order.symbol && side === order.side && before * sign < 0n,
  )) {
    end(run, other, { type: 'OrderExpired', reason: 'position_gone' });
  }
}

/** Moves the money of a trade; in isolated mode between the position's own wallet and the cross wallet too (MARG-6). */
function move(state: State, rules: Rules, position: Position, qty: bigint, price: bigint): void {
  const held = size(position.qty);
  const { realized, reduced } = traded(position, qty, price * UNIT);
  state.wallet += realized;
  if (rules.mode === 'cross') return;
  if (reduced > 0n) position.isolated -= reduced === held ? position.isolated : (position.isolated * reduced) / held;
  const added = size(qty) - reduced;
  const leverage = state.leverage[position.symbol]!;
  position.isolated += (added * price * UNIT + leverage - 1n) / leverage;
}

/** From event to event: the nearest first, an order before a liquidation at the very same point. */
function walkLeg(run: Walk): void {
  for (;;) {
    const next = nextOrder(run);
    const broken = run.watches ? firstBroken(run) : null;
    if (broken !== null && (next === null || compare(broken, next.at) < 0)) {
      run.done = broken;
      liquidate(run);
      continue;
    }
    if (next === null) return;
    run.done = next.at;
    if (kindOf(next.order) === 'limit') fill(run, next.order, next.price, true);
    else goOff(run, next.order, next.price);
  }
}

interface Meeting {
  readonly order: Order;
  readonly at: Fraction;
  readonly price: bigint;
}
/** The order that the rest of the leg meets first; ties by symbol, then by id. */
function nextOrder(run: Walk): Meeting | null {
  let found: Meeting | null = null;
  for (const [symbol, candle] of run.candles) {
    if (candle === null) continue;
    for (const order of run.state.orders) {
      if (order.symbol !== symbol || order.isNew) continue;
      const met = meeting(run, order);
      if (met !== null && (found === null || compare(met.at, found.at) < 0)) found = met;
    }
  }
  return found;
}
function meeting(run: Walk, order: Order): Meeting | null {
  const [from, to] = [run.from.get(order.symbol)!, run.to.get(order.symbol)!];
  if (kindOf(order) === 'limit') {
    // The price has to come from the other side and go through, or with touch to reach it.
    const beyond = order.sign * (order.price! - to);
    const comes = order.sign > 0n ? to < from : to > from;
    if (!comes || !(beyond > 0n || (run.rules.isTouchEnough && beyond === 0n))) return null;
    return { order, price: order.price!, at: later(run.done, reached(from, to, order.price!)) };
  }
  if (kindOf(order) === 'trailing') {
    if (!isBack(order, to)) return null;
    return { order, price: backAt(order), at: later(run.done, reached(from, to, backAt(order))) };
  }
  if (kindOf(order) !== 'trigger' || !isMet(order, to) || isMet(order, from)) return null;
  return { order, price: order.trigger!, at: later(run.done, reached(from, to, order.trigger!)) };
}
function reached(from: bigint, to: bigint, level: bigint): Fraction {
  return over(fraction(level - from), fraction(to - from));
}
function later(a: Fraction, b: Fraction): Fraction {
  return compare(a, b) > 0 ? a : b;
}

/** Where on the rest of the leg some slack first is 0 or less. Between two floors of brackets slack is a straight line. */
function firstBroken(run: Walk): Fraction | null {
  const stops = [run.done, ...floorsAhead(run), ONE];
  for (let k = 0; k + 1 < stops.length; k++) {
    const [a, b] = [stops[k]!, stops[k + 1]!];
    const here = slacks(run, a);
    const there = slacks(run, b);
    let first: Fraction | null = null;
    for (const [n, slack] of here.entries()) {
      const at = compare(slack, ZERO) <= 0 ? a : compare(there[n]!, ZERO) > 0 ? null : crossing(a, b, slack, there[n]!);
      if (at !== null && (first === null || compare(at, first) < 0)) first = at;
    }
    if (first !== null) return first;
  }
  return null;
}
function crossing(a: Fraction, b: Fraction, here: Fraction, there: Fraction): Fraction {
  return plus(a, times(minus(b, a), over(here, minus(here, there))));
}
/** The parts of the leg, from where the run is, at which the value of some position is at the floor of a bracket. */
function floorsAhead(run: Walk): readonly Fraction[] {
  const found: Fraction[] = [];
  for (const { symbol, qty } of run.state.positions) {
    if (qty === 0n || !run.candles.has(symbol)) continue;
    const [from, to] = [run.from.get(symbol)!, run.to.get(symbol)!];
    if (from === to) continue;
    for (const bracket of run.rules.brackets[symbol]!) {
      const at = over(minus(fraction(bracket.floor, size(qty)), fraction(from)), fraction(to - from));
      if (compare(at, run.done) > 0 && compare(at, ONE) < 0) found.push(at);
    }
  }
  return found.sort(compare);
}

/** Wallet and open profit at the closes (FILL-7), sats. */
export function worth(run: Walk): bigint {
  return run.state.positions.reduce((sum, position) => {
    if (!run.candles.has(position.symbol)) return sum;
    return sum + position.qty * run.state.last[position.symbol]! * UNIT - position.cost;
  }, run.state.wallet);
}
