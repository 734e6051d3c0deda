import { satsPerPrice } from '../market/instrument.ts';
import type { Tape } from '../market/tape.ts';
import type { VenueAccount } from './account.ts';
import type { Books } from './books.ts';
import { maintenanceMargin } from './brackets.ts';
import type { Frame } from './frame.ts';
import { markHigh, markLow, rowAtOrBefore } from './price-rows.ts';
import type { VenueMarket } from './venue-market.ts';

const E8 = 100_000_000;

/**
 * What a cross account would have over its maintenance margin if every symbol of a frame went to the worse end of its candle, after orders that
 * could fill had filled at the worst prices; sats. Above 0 nothing can be liquidated, on whatever path.
 * @param fundingDue rates of the funding times that a symbol pays for by then, added up without sign, in 1e-8
 */
export function worstSlack(
  market: VenueMarket,
  account: VenueAccount,
  books: Books,
  frame: Frame,
  fundingDue: (id: number, ts: number) => number,
): number {
  const { ts } = frame;
  let slack = account.crossWallet() as number;
  const consider = (id: number): void => {
    const k = frame.placeOf(id);
    const tape = k < 0 ? market.tapes[id] : frame.tapes[k];
    const row = k < 0 ? rowAtOrBefore(tape, ts) : frame.rows[k];
    slack -= row < 0 ? 0 : worstOf(market, account, books, id, tape, row, fundingDue(id, ts));
  };
  for (const id of account.holding) consider(id);
  for (const id of books.occupied) if (!account.holding.has(id)) consider(id);
  return slack;
}

/** Loss and maintenance of one symbol at its worst. */
function worstOf(market: VenueMarket, account: VenueAccount, books: Books, id: number, tape: Tape, row: number, funding: number): number {
  const instrument = market.instruments[id];
  const { brackets, fees } = instrument;
  const marks = tape === market.tapes[id] ? (market.marks?.[id] ?? null) : null;
  const perPrice = satsPerPrice(instrument);
  const high = Math.max(tape.high[row], markHigh(tape, marks, row));
  const low = Math.min(tape.low[row], markLow(tape, marks, row));
  let size = 0;
  let loss = 0;
  for (const { qty, cost } of account.legs[id]) {
    size += Math.abs(qty);
    loss += cost - qty * (qty > 0 ? low : high) * perPrice;
  }
  let added = 0;
  for (const order of books.of(id)) added += order.left;
  const most = Math.round((size + added) * high * perPrice);
  loss += added * ((high - low) * perPrice + (high * perPrice * Math.max(0, fees.taker)) / E8);
  return loss + (most * funding) / E8 + maintenanceMargin(brackets, most);
}
