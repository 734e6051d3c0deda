import type { Instrument } from '../market/instrument.ts';
import type { Lots, Sats, Ticks } from '../units.ts';
import { InvariantError } from '../engine/invariant.ts';
import { mulDiv } from './exact.ts';

/** Slots of {@link Ledger.totals}. */
export const WALLET = 0;
export const FEES = 1;
export const FUNDING = 2;
export const REALIZED = 3;
export const SLIPPAGE = 4;
export const COST = 5;

/**
 * The account in integers (sats and lots). Wallet balance = start + realised + funding − fees, as Binance keeps it;
 * `cost` is what the open position was entered for, signed like the position.
 */
export interface Ledger {
  readonly start: Sats;
  /** wallet, fees paid, funding received, realised profit, slippage suffered, cost of all open positions. Typed, so that no update boxes a number. */
  readonly totals: Float64Array;
  readonly qty: Float64Array;
  readonly cost: Float64Array;
}

export function createLedger(instruments: number, start: Sats): Ledger {
  const totals = new Float64Array(6);
  totals[WALLET] = start;
  return { start, totals, qty: new Float64Array(instruments), cost: new Float64Array(instruments) };
}

/**
 * Books one fill: average cost on increases, realised profit on reductions, both parts when it flips (LED-1).
 * @param qty signed; negative sells
 */
export function applyFill(ledger: Ledger, instrument: Instrument, qty: Lots, price: Ticks, reference: Ticks, fee: Sats): void {
  const { totals } = ledger;
  const id = instrument.id;
  const held = ledger.qty[id];
  const costBefore = ledger.cost[id];
  const unit = price * instrument.tickLotSats;
  let realized = 0;
  if (held === 0 || held > 0 === qty > 0) {
    ledger.cost[id] += qty * unit;
  } else if (Math.abs(qty) < Math.abs(held)) {
    const released = mulDiv(ledger.cost[id], Math.abs(qty), Math.abs(held));
    realized = -qty * unit - released;
    ledger.cost[id] -= released;
  } else {
    realized = held * unit - ledger.cost[id];
    ledger.cost[id] = (held + qty) * unit;
  }
  ledger.qty[id] = held + qty;
  totals[COST] += ledger.cost[id] - costBefore;
  totals[WALLET] += realized - fee;
  totals[FEES] += fee;
  totals[REALIZED] += realized;
  totals[SLIPPAGE] += qty * (price - reference) * instrument.tickLotSats;
  assertExact(ledger, id, qty * unit);
}

/** Books a funding payment; positive is received. */
export function applyFunding(ledger: Ledger, id: number, amount: Sats): void {
  ledger.totals[WALLET] += amount;
  ledger.totals[FUNDING] += amount;
  assertExact(ledger, id, amount);
}

/** Above 2^53 a product or sum would silently lose sats; NaN fails the comparison too. */
function assertExact(ledger: Ledger, id: number, moved: number): void {
  const limit = Number.MAX_SAFE_INTEGER;
  const { totals, cost } = ledger;
  if (
    !(
      Math.abs(totals[WALLET]) <= limit &&
      Math.abs(cost[id]) <= limit &&
      Math.abs(totals[COST]) <= limit &&
      Math.abs(totals[REALIZED]) <= limit &&
      Math.abs(moved) <= limit
    )
  ) {
    throw new InvariantError(
      `the account moves more than 2^53 sats (about 90 million USDT): wallet ${totals[WALLET]}, cost ${cost[id]}, moved ${moved}; run with a smaller --equity`,
    );
  }
}
