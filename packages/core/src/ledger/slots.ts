import type { OrderTerms, PositionSide } from '../messages.ts';
import type { InstrumentId } from '../units.ts';

/** Where a position stands in the ledger: by its instrument; a short of hedge mode behind all of those (POS-1). */
export function slotOf(id: InstrumentId, side: PositionSide, instruments: number): number {
  return side === 'short' ? id + instruments : id;
}

/** The position that an order works on. */
export function sideOfTerms(terms: OrderTerms | null): PositionSide {
  return terms === null ? 'both' : terms.positionSide;
}
