import type { Instrument } from '../market/instrument.ts';
import type { PositionLiquidated } from '../messages.ts';
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
export const LIQUIDATION_FEES = 6;
export const ABSORBED = 7;

/**
 * The account in integers (sats and lots). Wallet balance = start + realised + funding − fees − liquidation fees + what the
 * insurance fund absorbed, as Binance keeps it; `cost` is what the open position was entered for, signed like the position.
 * Positions stand in slots: one an instrument, by its id; in hedge mode the shorts follow behind all longs (POS-1).
 */
export interface Ledger {
  readonly start: Sats;
  /** wallet, fees paid, funding received, realised profit, slippage suffered, cost of all open positions, liquidation fees paid, losses absorbed. Typed, so that no update boxes a number. */
  readonly totals: Float64Array;
  readonly qty: Float64Array;
  readonly cost: Float64Array;
}

/** @param slots as many as there are instruments; in hedge mode twice as many */
export function createLedger(slots: number, start: Sats): Ledger {
  const totals = new Float64Array(8);
  totals[WALLET] = start;
  return { start, totals, qty: new Float64Array(slots), cost: new Float64Array(slots) };
}

/**
 * Books one fill: average cost on increases, realised profit on reductions, both parts when it flips (LED-1).
 * @param qty signed; negative sells
 * @param id slot of the position
 */
export function applyFill(
  ledger: Ledger,
  instrument: Instrument,
  qty: Lots,
  price: Ticks,
  reference: Ticks,
  fee: Sats,
  id: number = instrument.id,
): void {
  const { totals } = ledger;
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

/**
 * Books what the venue closed by itself (LIQ rules): a fill without a trading fee, its clearance fee, and the part of the loss that the
 * insurance fund took over.
 */
export function applyLiquidation(
  ledger: Ledger,
  instrument: Instrument,
  { qty, price, fee, absorbed }: Pick<PositionLiquidated, 'qty' | 'price' | 'fee' | 'absorbed'>,
  slot: number,
): void {
  applyFill(ledger, instrument, qty, price, price, 0 as Sats, slot);
  ledger.totals[WALLET] += absorbed - fee;
  ledger.totals[LIQUIDATION_FEES] += fee;
  ledger.totals[ABSORBED] += absorbed;
  assertExact(ledger, slot, absorbed);
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
