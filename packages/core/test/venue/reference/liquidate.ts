import type { Fact } from '../../../src/index.ts';
import { ceil, compare, floor, fraction, nearest, ZERO } from './fraction.ts';
import { larger, size, smaller, traded } from './ledger.ts';
import { bracketAt, crossWallet, maintenanceOf, partUp, slackOf, UNIT, unrealizedOf, valueOf, type Position } from './state.ts';
import { end, priceAt, slacks, type Walk } from './course.ts';

/** Closes what the margin does not carry where the run is (LIQ-4 to LIQ-8). */
export function liquidate(run: Walk): void {
  if (run.rules.mode === 'isolated') {
    for (const position of run.state.positions)
      if (position.qty !== 0n && run.candles.has(position.symbol)) liquidateIsolated(run, position);
    return;
  }
  const [slack] = slacks(run, run.done);
  if (slack === undefined || compare(slack, ZERO) > 0) return;
  for (const order of bySymbol(run)) end(run, order, { type: 'OrderCanceled', reason: 'liquidation' });
  do {
    const position = largest(run);
    const realized = close(run, position, () => {
      // Values at the mark price are whole sats (MARK-3).
      const profits = held(run).map((other) => nearest(unrealizedOf(other, priceAt(run, other.symbol, run.done))));
      return profits.reduce((sum, profit) => sum + profit, crossWallet(run.state));
    });
    run.state.wallet += realized;
  } while (slacks(run, run.done).some((left) => compare(left, ZERO) <= 0));
  if (held(run).length === 0 && run.state.wallet < 0n) absorb(run, -run.state.wallet);
}

function bySymbol(run: Walk) {
  return [...run.candles.keys()].flatMap((symbol) => run.state.orders.filter((order) => order.symbol === symbol));
}
function held(run: Walk): readonly Position[] {
  return run.state.positions.filter(({ qty, symbol }) => qty !== 0n && run.candles.has(symbol));
}

function liquidateIsolated(run: Walk, position: Position): void {
  const isBroken = (): boolean => compare(slackOf(run.rules, position, priceAt(run, position.symbol, run.done)), ZERO) <= 0;
  if (!isBroken()) return;
  for (const order of run.state.orders.filter(({ symbol }) => symbol === position.symbol)) {
    end(run, order, { type: 'OrderCanceled', reason: 'liquidation' });
  }
  do {
    const before = position.isolated;
    const realized = close(
      run,
      position,
      (profit) => before + profit + (position.qty === 0n ? 0n : nearest(unrealizedOf(position, priceAt(run, position.symbol, run.done)))),
    );
    position.isolated = before + realized;
    run.state.wallet += realized;
  } while (position.qty !== 0n && isBroken());
  if (position.qty !== 0n) return;
  const rest = position.isolated;
  position.isolated = 0n;
  if (rest < 0n) absorb(run, -rest);
}

/** The largest maintenance margin; ties by slot, where shorts stand behind all longs (LIQ-5). */
function largest(run: Walk): Position {
  const marginOf = (position: Position) =>
    maintenanceOf(run.rules.brackets[position.symbol]!, valueOf(position, priceAt(run, position.symbol, run.done)));
  const inSlots = [...held(run)].sort((a, b) => Number(a.side === 'short') - Number(b.side === 'short') || a.symbol - b.symbol);
  let found = inSlots[0]!;
  for (const position of inSlots.slice(1)) {
    const order = compare(marginOf(position), marginOf(found));
    if (order === 0) run.isTied = true;
    if (order > 0) found = position;
  }
  return found;
}

/** Closes one step; returns what it brings to the wallet, clearance fee taken off. The fee is at most what `left` says. */
function close(run: Walk, position: Position, left: (realized: bigint) => bigint): bigint {
  const { rules, state } = run;
  const price = priceAt(run, position.symbol, run.done);
  const lots = size(position.qty);
  const bracket = bracketAt(rules.brackets[position.symbol]!, valueOf(position, price));
  let kept = bracket.floor === 0n ? 0n : lots - 1n;
  // As few lots as bring the value below the floor.
  while (kept > 0n && compare(valueOf({ ...position, qty: kept }, price), fraction(bracket.floor * UNIT)) >= 0) kept -= 1n;
  const sign = position.qty > 0n ? -1n : 1n;
  const qty = sign * (lots - kept);
  const fillPrice = sign > 0n ? ceil(price) : floor(price);
  const { realized } = traded(position, qty, fillPrice * UNIT);
  // Reckoned with the profit booked, so that the margin balance is the one afterwards.
  state.wallet += realized;
  const most = left(realized);
  state.wallet -= realized;
  const fee = smaller(partUp(size(qty) * fillPrice * UNIT, rules.clearance), larger(0n, most));
  run.liquidations += 1;
  run.facts.push({
    type: 'PositionLiquidated',
    ts: run.ts,
    instrument: position.symbol,
    cause: 'margin',
    positionSide: position.side,
    qty: Number(qty),
    price: Number(fillPrice),
    mark: Number((price.n * UNIT * 2n + price.d) / (2n * price.d)),
    fee: Number(fee),
    absorbed: 0,
  } as unknown as Fact);
  return realized - fee;
}

/** The insurance fund takes over what is missing; the last closing says so. */
function absorb(run: Walk, amount: bigint): void {
  run.state.wallet += amount;
  const last = run.facts.findLastIndex(({ type }) => type === 'PositionLiquidated');
  run.facts[last] = { ...run.facts[last]!, absorbed: Number(amount) } as Fact;
}
