import { fundingAmount } from '../ledger/exact.ts';
import { toTicks, type Instrument } from '../market/instrument.ts';
import type { Tape } from '../market/tape.ts';
import type { Fact, FundingCharged } from '../messages.ts';
import type { EpochMs, Lots, PriceE8, RateE8, Sats } from '../units.ts';
import type { VenueAccount } from './account.ts';
import type { Books } from './books.ts';
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

/** The end of a symbol: its orders are canceled, its positions settled at the last traded price (LIQ-10). */
export function delist(instrument: Instrument, account: VenueAccount, books: Books, close: number, ts: EpochMs): readonly Fact[] {
  const { id, tickLotSats } = instrument;
  const facts: Fact[] = books.cancelAll(id).map(({ command }) => ({
    type: 'OrderCanceled',
    ts,
    instrument: id,
    orderId: command.orderId,
    reason: 'delisted',
  }));
  const price = toTicks(instrument, close);
  for (const [side, { qty }] of account.legs[id].entries()) {
    if (qty === 0) continue;
    account.fill(id, side, -qty, price * tickLotSats, 0);
    facts.push({
      type: 'PositionLiquidated',
      ts,
      instrument: id,
      cause: 'delisting',
      positionSide: account.legs[id].length === 1 ? 'both' : side === 0 ? 'long' : 'short',
      qty: (0 - qty) as Lots,
      price,
      mark: Math.round(close * E8) as PriceE8,
      fee: 0 as Sats,
      absorbed: 0 as Sats,
    });
  }
  return facts;
}
