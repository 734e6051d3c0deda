import { sideOfTerms, type OrderTerms, type PositionSide, type Side, type SubmitOrder } from '@orrery/core';

/** Whether an order can only reduce a position: reduce-only, closing, or in hedge mode against its position (POS-2). */
export function isExit({ side, reduceOnly, terms }: Pick<SubmitOrder, 'side' | 'reduceOnly' | 'terms'>): boolean {
  return reduceOnly || closes(terms) || isAgainst(side, sideOfTerms(terms));
}

/** Whether an order on that side works against its position of hedge mode. */
export function isAgainst(side: Side, positionSide: PositionSide): boolean {
  return positionSide !== 'both' && (side === 'sell') === (positionSide === 'long');
}

function closes(terms: OrderTerms | null): boolean {
  return terms !== null && terms.closePosition;
}
