import type { Fact } from '../../../src/index.ts';

/** Who holds what, in sats and lots; average cost as LED-1 and LED-2 say. */
export interface Position {
  qty: bigint;
  cost: bigint;
}

/** Books facts the plainest way there is, apart from the core's ledger. Amounts are sats, prices whole USDT, a lot is one unit. */
export class PlainLedger {
  wallet: bigint;
  realized = 0n;
  fees = 0n;
  funding = 0n;
  clearance = 0n;
  absorbed = 0n;
  /** −Σ quantity · price of everything traded. */
  cash = 0n;
  readonly start: bigint;
  readonly positions = new Map<string, Position>();
  readonly #sideOf: (orderId: number) => string;

  /** @param sideOf position side of an order */
  constructor(start: bigint, sideOf: (orderId: number) => string = () => 'both') {
    this.start = start;
    this.wallet = start;
    this.#sideOf = sideOf;
  }

  book(fact: Fact): void {
    if (fact.type === 'OrderFilled') {
      this.#trade(keyOf(fact.instrument, this.#sideOf(fact.orderId)), BigInt(fact.qty), BigInt(fact.price));
      this.fees += BigInt(fact.fee);
      this.wallet -= BigInt(fact.fee);
    } else if (fact.type === 'PositionLiquidated') {
      this.#trade(keyOf(fact.instrument, fact.positionSide), BigInt(fact.qty), BigInt(fact.price));
      this.clearance += BigInt(fact.fee);
      this.absorbed += BigInt(fact.absorbed);
      this.wallet += BigInt(fact.absorbed) - BigInt(fact.fee);
    } else if (fact.type === 'FundingCharged') {
      this.funding += BigInt(fact.amount);
      this.wallet += BigInt(fact.amount);
    }
  }

  position(instrument: number, side: string): Position {
    return this.positions.get(keyOf(instrument, side)) ?? { qty: 0n, cost: 0n };
  }
  /** Wallet less the cost of what is held: LED-3 says it from the other end. */
  get net(): bigint {
    return [...this.positions.values()].reduce((sum, { cost }) => sum - cost, this.wallet);
  }

  #trade(key: string, qty: bigint, price: bigint): void {
    const position = this.positions.get(key) ?? { qty: 0n, cost: 0n };
    this.positions.set(key, position);
    const { realized } = traded(position, qty, price * SATS);
    this.cash -= qty * price * SATS;
    this.realized += realized;
    this.wallet += realized;
  }
}

const SATS = 100_000_000n;

export function keyOf(instrument: number, side: string): string {
  return `${instrument}${side === 'both' ? '' : side}`;
}

/** Books a trade on a position at a price in sats a lot; what it realises, and how much of it reduced (LED-1, LED-2). */
export function traded(position: Position, qty: bigint, unit: bigint): { readonly realized: bigint; readonly reduced: bigint } {
  const { qty: held } = position;
  const isReducing = held !== 0n && held > 0n !== qty > 0n;
  const reduced = isReducing ? smaller(size(qty), size(held)) : 0n;
  const sign = held > 0n ? 1n : -1n;
  // BigInt division rounds toward zero, as LED-2 asks.
  const released = reduced === 0n ? 0n : reduced === size(held) ? position.cost : (position.cost * reduced) / size(held);
  const realized = sign * reduced * unit - released;
  position.cost -= released;
  position.qty += qty;
  const added = isReducing ? qty + sign * reduced : qty;
  position.cost += added * unit;
  return { realized: reduced === 0n ? 0n : realized, reduced };
}

export function size(x: bigint): bigint {
  return x < 0n ? -x : x;
}
export function smaller(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}
export function larger(a: bigint, b: bigint): bigint {
  return a > b ? a : b;
}
