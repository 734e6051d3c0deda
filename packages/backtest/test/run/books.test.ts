import {
  ABSORBED,
  COST,
  FEES,
  FUNDING,
  LIQUIDATION_FEES,
  REALIZED,
  SLIPPAGE,
  type EpochMs,
  type InstrumentId,
  type Ledger,
  type Lots,
  type Message,
  type PriceE8,
  type RateE8,
  type Sats,
  type Ticks,
} from '@orrery/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TradeBook } from '../../src/index.ts';
import { SymbolBook } from '../../src/run/symbol-book.ts';
import { events, journalOf, PAIR } from './random-journal.ts';

const LAST = [1000 as Ticks, 1200 as Ticks];
const sats = (text: string): number => Number(text.replace('.', ''));

function fold<R extends { record: (seq: number, pos: number, lane: 'in', message: Message) => void }>(
  book: R,
  messages: readonly Message[],
): R {
  for (const [k, message] of messages.entries()) book.record(k + 1, k + 1, 'in', message);
  return book;
}
/** Both positions of every instrument at the last closes less what they were entered for. */
function unrealised({ qty, totals }: Ledger): number {
  const value = PAIR.reduce((sum, { id, tickLotSats }) => sum + (qty[id] + qty[id + 2]) * LAST[id] * tickLotSats, 0);
  return value - totals[COST];
}

describe('the books beside the ledger, over random journals with liquidations and both position modes', () => {
  it('have trades that add up to realised + unrealised + funding − fees − clearance fees + absorbed, to the last sat', () => {
    fc.assert(
      fc.property(events, fc.boolean(), (list, isHedged) => {
        const { messages, ledger } = journalOf(list, isHedged);
        const rows = fold(new TradeBook(PAIR), messages).rows(LAST);
        const { totals } = ledger;
        const sum = (pick: (row: (typeof rows)[number]) => string): number => rows.reduce((total, row) => total + sats(pick(row)), 0);
        expect(sum(({ pnl }) => pnl)).toBe(
          totals[REALIZED] + unrealised(ledger) + totals[FUNDING] - totals[FEES] - totals[LIQUIDATION_FEES] + totals[ABSORBED],
        );
        expect(sum(({ fees }) => fees)).toBe(totals[FEES]);
        expect(sum(({ funding }) => funding)).toBe(totals[FUNDING]);
        const open = rows.filter(({ exitTime }) => exitTime === null).length;
        expect(open).toBe(ledger.qty.filter((held) => held !== 0).length);
      }),
      { numRuns: 400 },
    );
  });
  it('have money by symbol that adds up to the account', () => {
    fc.assert(
      fc.property(events, fc.boolean(), (list, isHedged) => {
        const { messages, ledger } = journalOf(list, isHedged);
        const trades = fold(new TradeBook(PAIR), messages).rows(LAST);
        const book = fold(new SymbolBook(PAIR), messages);
        const totals = book.totals(trades, LAST);
        const sum = (pick: (row: (typeof totals)[number]) => number): number => totals.reduce((total, row) => total + pick(row), 0);
        expect(totals.map(({ symbol }) => symbol)).toEqual(['AUSDT', 'BUSDT']);
        expect(sum(({ grossPnl }) => grossPnl)).toBe(ledger.totals[REALIZED] + unrealised(ledger));
        expect(sum(({ fees }) => fees)).toBe(ledger.totals[FEES]);
        expect(sum(({ funding }) => funding)).toBe(ledger.totals[FUNDING]);
        expect(sum(({ slippage }) => slippage)).toBe(ledger.totals[SLIPPAGE]);
        expect(sum(({ liquidationFees }) => liquidationFees)).toBe(ledger.totals[LIQUIDATION_FEES]);
        expect(sum(({ absorbed }) => absorbed)).toBe(ledger.totals[ABSORBED]);
        expect(sum(({ liquidations }) => liquidations)).toBe(book.liquidations);
        expect(sum((row) => row.trades)).toBe(trades.filter(({ exitTime }) => exitTime !== null).length);
        expect(sum(({ wins }) => wins)).toBe(trades.filter(({ exitTime, pnl }) => exitTime !== null && sats(pnl) > 0).length);
      }),
      { numRuns: 400 },
    );
  });
});

const at = (ts: number): { ts: EpochMs; instrument: InstrumentId } => ({ ts: ts as EpochMs, instrument: 0 as InstrumentId });
const closed = (ts: number, qty: number, price: number, cause: 'margin' | 'adl' | 'delisting', fee = 0, absorbed = 0): Message => ({
  ...at(ts),
  type: 'PositionLiquidated',
  cause,
  positionSide: 'both',
  qty: qty as Lots,
  price: price as Ticks,
  mark: 1 as PriceE8,
  fee: fee as Sats,
  absorbed: absorbed as Sats,
});

describe('what the venue closes by itself', () => {
  const opened = (lots: number, price: number): readonly Message[] =>
    journalOf([{ kind: 'fill', id: 0, isShort: false, lots, price, slip: 0, fee: 50, type: 0 }], false).messages;

  it.each([
    ['margin', 'liquidation'],
    ['adl', 'adl'],
    ['delisting', 'delisted'],
  ] as const)('ends a trade for %s as %s', (cause, exitReason) => {
    const [row] = fold(new TradeBook(PAIR), [...opened(10, 1000), closed(5000, -10, 900, cause)]).rows(LAST);
    expect(row).toMatchObject({ exitReason, exitTime: 5000, exitPrice: '90.0' });
  });
  it('reduces a trade in steps, and takes the clearance fee and what the fund took over into its profit', () => {
    const messages = [...opened(10, 1000), closed(5000, -4, 900, 'margin', 300), closed(6000, -6, 800, 'margin', 700, 200)];
    const [row, ...more] = fold(new TradeBook(PAIR), messages).rows(LAST);
    expect(more).toEqual([]);
    // 10 lots at 1000 ticks, 4 sold at 900 and 6 at 800: −(4 · 100 + 6 · 200) ticks · 10,000 sats − 50 − 300 − 700 + 200 sats.
    expect(row).toMatchObject({ quantity: '0.010', exitPrice: '84.0', fees: '0.00000050', pnl: '-0.16000850', exitReason: 'liquidation' });
  });
  it('counts as liquidations what was closed for want of margin, and nothing else', () => {
    const messages = [
      ...opened(10, 1000),
      closed(5000, -4, 900, 'margin'),
      closed(6000, -3, 900, 'adl'),
      closed(7000, -3, 900, 'delisting'),
    ];
    expect(fold(new SymbolBook(PAIR), messages).totals([], LAST)[0].liquidations).toBe(1);
  });
});

describe('hedge mode', () => {
  const fill = (isShort: boolean, lots: number, price: number, type = 0): Parameters<typeof journalOf>[0][number] => ({
    kind: 'fill',
    id: 0,
    isShort,
    lots,
    price,
    slip: 0,
    fee: 0,
    type,
  });
  it('has a trade for the long and one for the short, each with its own end', () => {
    const { messages } = journalOf([fill(false, 5, 1000), fill(true, -3, 1100), fill(false, -5, 1200, 2), fill(true, 3, 1000, 4)], true);
    const rows = fold(new TradeBook(PAIR), messages).rows(LAST);
    expect(rows.map(({ side, quantity, pnl, exitReason }) => [side, quantity, pnl, exitReason])).toEqual([
      // 5 lots · 200 ticks · 10,000 sats, and 3 lots · 100 ticks · 10,000 sats.
      ['long', '0.005', '0.10000000', 'stop'],
      ['short', '0.003', '0.03000000', 'trailing_stop'],
    ]);
  });
  it('divides a funding charge: the long pays on its size, the short receives on its own', () => {
    const { messages } = journalOf(
      [fill(false, 5, 1000), fill(true, -3, 1000), { kind: 'funding', id: 0, rate: 10_000, mark: 1000 }],
      true,
    );
    const rows = fold(new TradeBook(PAIR), messages).rows(LAST);
    // 0.01 % of 5 · 1000 · 10,000 sats is 5,000 sats, of the short's 3,000; the account pays 2,000.
    expect(rows.map(({ funding }) => funding)).toEqual(['-0.00005000', '0.00003000']);
  });
});

const RATE = 100 as RateE8;
it('a funding charge without a position is in no trade', () => {
  const charge: Message = { ...at(1000), type: 'FundingCharged', time: 1000 as EpochMs, rate: RATE, mark: 1 as PriceE8, amount: 5 as Sats };
  expect(fold(new TradeBook(PAIR), [charge]).rows(LAST)).toEqual([]);
});
