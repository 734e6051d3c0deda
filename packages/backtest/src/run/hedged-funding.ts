import { fundingAmount, mulDiv, type FundingCharged, type Instrument, type Sats } from '@orrery/core';

/**
 * What of a charge of hedge mode is the long's; the rest is the short's. Both are charged in one entry (FUND-6), so each one's part is
 * reckoned from its own size.
 * @param held lots of the long
 */
export function longFunding(instrument: Instrument, { mark, rate }: FundingCharged, held: number): number {
  const value = mulDiv(held * instrument.step.units, mark, instrument.qtyScale);
  return fundingAmount(value as Sats, rate);
}
