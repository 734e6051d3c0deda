import { fundingAmount } from '../ledger/exact.ts';
import type { Instrument } from '../market/instrument.ts';
import type { Tape } from '../market/tape.ts';
import type { FundingCharged } from '../messages.ts';
import type { EpochMs, PriceE8, RateE8, Sats } from '../units.ts';
import type { VenueAccount } from './account.ts';
import type { FundingSeries } from './funding.ts';
import type { MarkPrices } from './mark-prices.ts';
import { markOpen } from './price-rows.ts';

const E8 = 100_000_000;

/** One funding time of an instrument, booked on its positions; null where it holds none (FUND-1, FUND-6). */
export function fundingFact(
  instrument: Instrument,
  account: VenueAccount,
  series: FundingSeries,
  n: number,
  tape: Tape,
  row: number,
  marks: MarkPrices | null,
): FundingCharged | null {
  const { id, tickLotSats, priceScale, tick } = instrument;
  const legs = account.legs[id];
  if (legs.every(({ qty }) => qty === 0)) return null;
  const said = series.marks === undefined ? NaN : series.marks[n];
  const mark = said > 0 ? said : markOpen(tape, marks, row);
  // An archive may write −0, which the journal's text cannot keep.
  const rate = (series.ratesE8[n] + 0) as RateE8;
  const amounts = legs.map(({ qty }) => fundingAmount(Math.round((qty * mark * tickLotSats * priceScale) / tick.units) as Sats, rate));
  account.fund(id, amounts);
  return {
    type: 'FundingCharged',
    ts: tape.closeTs[row] as EpochMs,
    instrument: id,
    time: series.times[n] as EpochMs,
    rate,
    mark: Math.round(mark * E8) as PriceE8,
    amount: (amounts.reduce((sum, amount) => sum + amount, 0) + 0) as Sats,
  };
}
