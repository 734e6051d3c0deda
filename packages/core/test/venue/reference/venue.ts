import type { Fact, InstrumentId, OrderId, SetLeverage, SubmitOrder } from '../../../src/index.ts';
import { leverageRefusal, refusal } from './admission.ts';
import { size } from './ledger.ts';
import { fundingOf, startOf, type Order, type Rules, type State } from './state.ts';
import type { Candle, Path, Walk } from './course.ts';
import { walk, worth } from './walk.ts';

/**
 * The venue as SPEC.md tells it, without any of the ways by which the real one saves work: every order is looked at in every candle, both
 * paths are always walked, money is whole sats in BigInt and places on a path are exact fractions. Mark prices are the traded ones, orders
 * fill whole and arrive without delay.
 */
export class ReferenceVenue {
  readonly rules: Rules;
  state: State;
  liquidations = 0;
  ambiguous = 0;
  isTied = false;

  constructor(rules: Rules, last: readonly bigint[]) {
    this.rules = rules;
    this.state = startOf(rules, last);
  }

  submit(command: SubmitOrder): readonly Fact[] {
    const { instrument, orderId, ts, terms, side, qty, price, trigger, reduceOnly } = command;
    const positionSide = terms?.positionSide ?? 'both';
    const isClosing = positionSide === 'long' ? side === 'sell' : positionSide === 'short' && side === 'buy';
    const isWhole = terms?.closePosition === true;
    const callback = terms?.callbackRate ?? null;
    const order: Order = {
      id: orderId,
      symbol: instrument,
      side: positionSide,
      type: command.orderType,
      sign: side === 'buy' ? 1n : -1n,
      qty: BigInt(qty),
      price: price === null ? null : BigInt(price),
      trigger: trigger === null ? null : BigInt(trigger),
      tif: command.timeInForce,
      isReducing: reduceOnly || isWhole || isClosing,
      isWhole,
      isNew: true,
      isTriggered: false,
      callback: callback === null ? null : BigInt(callback),
      best: null,
    };
    const reason = refusal(this.state, this.rules, order);
    if (reason !== null) return [{ type: 'OrderRejected', ts, instrument, orderId, reason }];
    this.state.orders.push(order);
    return [];
  }
  cancel(orderId: number, ts: number): readonly Fact[] {
    const order = this.state.orders.find(({ id }) => id === orderId);
    if (order === undefined) return [];
    this.state.orders = this.state.orders.filter((other) => other !== order);
    const instrument = order.symbol as InstrumentId;
    return [{ type: 'OrderCanceled', ts: ts as Fact['ts'], instrument, orderId: orderId as OrderId, reason: 'requested' }];
  }
  setLeverage({ instrument, leverage, ts }: SetLeverage): readonly Fact[] {
    const reason = leverageRefusal(this.state, this.rules, instrument, BigInt(leverage));
    if (reason !== null) return [{ type: 'LeverageRejected', ts, instrument, leverage, reason }];
    this.state.leverage[instrument] = BigInt(leverage);
    return [{ type: 'LeverageChanged', ts, instrument, leverage }];
  }

  /** One frame: a candle of each symbol, or null; funding rates in 1e-8 that are due at its open, or null. */
  frame(candles: readonly (Candle | null)[], rates: readonly (bigint | null)[], time: number, ts: number): readonly Fact[] {
    const opened = structuredClone(this.state);
    const facts = candles.flatMap((candle, symbol) => (candle === null ? [] : this.#fund(symbol, candle[0], rates[symbol]!, time, ts)));
    const traded = [...candles.entries()].filter(([, candle]) => candle !== null);
    if (this.rules.mode === 'cross') {
      const together = this.#choose(new Map(candles.entries()), opened, true, ts);
      if (together.couldLiquidate) return [...facts, ...this.#take(together)];
    }
    for (const entry of traded) facts.push(...this.#take(this.#choose(new Map([entry]), opened, this.rules.mode === 'isolated', ts)));
    return facts;
  }

  #fund(symbol: number, open: bigint, rate: bigint | null, time: number, ts: number): Fact[] {
    const held = this.state.positions.filter((position) => position.symbol === symbol);
    if (rate === null || held.every(({ qty }) => qty === 0n)) return [];
    let amount = 0n;
    for (const position of held) {
      const paid = fundingOf(position, open, rate);
      amount += paid;
      if (this.rules.mode === 'isolated') position.isolated += paid;
    }
    this.state.wallet += amount;
    const said = {
      type: 'FundingCharged',
      ts,
      instrument: symbol,
      time,
      rate: Number(rate),
      mark: Number(open) * 1e8,
      amount: Number(amount),
    };
    return [said as unknown as Fact];
  }

  #take({ walk: taken, isAmbiguous }: Chosen): readonly Fact[] {
    this.state = taken.state;
    this.liquidations += taken.liquidations;
    if (isAmbiguous) this.ambiguous += 1;
    if (taken.isTied) this.isTied = true;
    return taken.facts;
  }

  /** Both paths, and the one that the reading takes (FILL-7, LIQ-9). */
  #choose(candles: Walk['candles'], opened: State, watches: boolean, ts: number): Chosen {
    const nearer = this.#nearer(candles);
    const likely = walk(this.state, opened, this.rules, candles, nearer, watches, ts);
    const other = walk(this.state, opened, this.rules, candles, nearer === 'low-first' ? 'high-first' : 'low-first', watches, ts);
    const isAmbiguous = booked(likely) !== booked(other);
    const better = worth(other) - worth(likely);
    const isOther = this.rules.fills === 'pessimistic' ? better < 0n : this.rules.fills === 'optimistic' && better > 0n;
    return { walk: isAmbiguous && isOther ? other : likely, isAmbiguous, couldLiquidate: likely.liquidations + other.liquidations > 0 };
  }
  /** The extremes that are nearer to the open, of the symbols that weigh more; where positions decide nothing, of more symbols (LIQ-9). */
  #nearer(candles: Walk['candles']): Path {
    let [byValue, byCount] = [0n, 0n];
    for (const [symbol, candle] of candles) {
      // What stands still has no extreme that could come first.
      if (candle === null || candle[1] === candle[2]) continue;
      const [open, high, low, close] = candle;
      const isLow = open - low < high - open || (open - low === high - open && close >= open);
      const value = this.state.positions.reduce(
        (sum, position) => (position.symbol === symbol ? sum + size(position.qty) * open : sum),
        0n,
      );
      const takesPart = value > 0n || this.state.orders.some((order) => order.symbol === symbol);
      byValue += isLow ? value : -value;
      if (takesPart) byCount += isLow ? 1n : -1n;
    }
    return (byValue === 0n ? byCount : byValue) >= 0n ? 'low-first' : 'high-first';
  }
}

interface Chosen {
  readonly walk: Walk;
  readonly isAmbiguous: boolean;
  readonly couldLiquidate: boolean;
}

/** Money, positions and book, to tell two outcomes apart. */
function booked(run: Walk): string {
  const { wallet, positions, orders } = run.state;
  const book = orders.map(({ id, isTriggered }) => `${id}${isTriggered ? 'on' : ''}`);
  return [wallet, ...positions.flatMap(({ qty, cost, isolated }) => [qty, cost, isolated]), ...book].join(' ');
}
