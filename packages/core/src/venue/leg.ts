import { InvariantError } from '../engine/invariant.ts';
import { mulDiv } from '../ledger/exact.ts';

/** One position of the venue's account: lots, what they were entered for, and the margin that is set aside for it; sats. */
export interface Leg {
  qty: number;
  cost: number;
  isolated: number;
}

/** What a fill does to a position, besides moving money. */
export interface LegFill {
  /** Signed lots. */
  readonly qty: number;
  /** Sats per lot at the fill's price. */
  readonly unit: number;
  /** Initial margin is value over it; 0 in a cross account, which sets nothing aside. */
  readonly isolatedLeverage: number;
}

/** Books a fill on a position and returns the profit that it realised (LED-1, LED-2, MARG-6). */
export function fillLeg(leg: Leg, { qty, unit, isolatedLeverage }: LegFill): number {
  const held = leg.qty;
  let realized = 0;
  let added = 0;
  if (held === 0 || held > 0 === qty > 0) {
    leg.cost += qty * unit;
    added = Math.abs(qty);
  } else if (Math.abs(qty) < Math.abs(held)) {
    const released = mulDiv(leg.cost, Math.abs(qty), Math.abs(held));
    realized = -qty * unit - released;
    leg.cost -= released;
    leg.isolated -= mulDiv(leg.isolated, Math.abs(qty), Math.abs(held));
  } else {
    realized = held * unit - leg.cost;
    leg.cost = (held + qty) * unit;
    leg.isolated = 0;
    added = Math.abs(held + qty);
  }
  leg.qty = held + qty;
  if (isolatedLeverage !== 0) leg.isolated += Math.ceil((added * unit) / isolatedLeverage);
  if (!(Math.abs(leg.cost) <= Number.MAX_SAFE_INTEGER && Math.abs(qty * unit) <= Number.MAX_SAFE_INTEGER)) {
    throw new InvariantError(
      `the account moves more than 2^53 sats (about 90 million USDT): cost ${leg.cost}; run with a smaller --equity`,
    );
  }
  return realized;
}
