import type { OrderTerms, PositionSide, Side } from '../messages.ts';
import type { InstrumentId } from '../units.ts';

/** Where a position stands in the ledger: by its instrument; a short of hedge mode behind all of those (POS-1). */
export function slotOf(id: InstrumentId, side: PositionSide, instruments: number): number {
  return side === 'short' ? id + instruments : id;
}

/** The side of the n-th of an instrument's positions, which are one in one-way mode and two in hedge mode. */
export function sideOfLeg(leg: number, legs: number): PositionSide {
  return legs === 1 ? 'both' : leg === 0 ? 'long' : 'short';
}

/** The position that an order works on. */
export function sideOfTerms(terms: OrderTerms | null): PositionSide {
  return terms === null ? 'both' : terms.positionSide;
}

/** Whether an order of hedge mode goes against its position: selling a long, buying back a short (POS-2). */
export function isClosingSide(positionSide: PositionSide, side: Side): boolean {
  return positionSide === 'long' ? side === 'sell' : positionSide === 'short' && side === 'buy';
}
