import {
  createTape,
  NO_FUNDING,
  sideOfTerms,
  SimVenue,
  type Command,
  type Fact,
  type FillPath,
  type FineCandles,
  type FundingSeries,
  type InstrumentId,
  type MarkPrices,
  type RateE8,
  type Tape,
} from '../../src/index.ts';
import { MINUTE } from '../engine/fixture.ts';
import { PlainLedger } from './reference/ledger.ts';
import { candlesOf, type CandleText } from './table-candles.ts';
import { commandOf, parseOrder } from './table-commands.ts';
import { describeFact } from './table-facts.ts';
import { settingsOf, type Holding, type Settings } from './table-settings.ts';

export { parseOrder } from './table-commands.ts';

/** One case: columns split at `|`. */
export interface Case {
  readonly name: string;
  readonly held: string;
  readonly orders: string;
  readonly candles: string;
  readonly expected: string;
  /** What is left in the end, where a table says so. */
  readonly end: string;
}

/**
 * A table as text, one case a line: `name | held | orders | candles | what happens | what is left`.
 * Held: lots of the symbol at 100, and what is not plain about the account (`table-settings.ts`).
 * Orders are numbered from 1: `buy 10 limit 95 gtx reduce`, `sell 10 stop 92 of 1` (a child of order 1), split by `;`. What is
 * asked for a candle later stands behind `>>` (`table-commands.ts`).
 * Candles are `open high low close [volume]`, split by `;`, and may say more (`table-candles.ts`). What happens is one part a candle,
 * split by `;`: `1 buy 10@95 maker`, `2 canceled other_filled`, or `-` for nothing; acceptances are left out. A second symbol is
 * `B`: its candles stand behind `&`, its orders and facts begin with `B:`.
 */
export function cases(text: string): readonly Case[] {
  return text
    .split('\n')
    .filter((line) => line.includes('|'))
    .map((line) => {
      const [name = '', held = '', orders = '', candles = '', expected = '', end = ''] = line.split('|').map((cell) => cell.trim());
      return { name, held, orders, candles, expected: expected.replaceAll(/\s+/g, ' '), end };
    });
}

/** Cases with their names in front, as `it.each` wants them for a title that is not shortened. */
export function titled<T extends { readonly name: string }>(rows: readonly T[]): readonly (readonly [string, T])[] {
  return rows.map((row) => [row.name, row]);
}

export interface Reading {
  readonly fills?: FillPath;
  readonly slippage?: number;
  readonly funding?: FundingSeries;
  /** Settings in front of those of each case. */
  readonly settings?: string;
}
export interface Played {
  readonly text: string;
  readonly venue: SimVenue;
  /** Of the case; those that brought it to its position are left out. */
  readonly facts: readonly Fact[];
  /** From the very beginning. */
  readonly all: readonly Fact[];
  readonly settings: Settings;
  /** What the facts leave in the wallet, USDT. */
  readonly wallet: number;
}

/** What the venue says to a case, in the words of its column. */
export function play(row: Omit<Case, 'end'>, reading: Reading = {}): Played {
  const settings = settingsOf(`${reading.settings ?? ''} ${row.held}`);
  const candles = candlesOf(row.candles);
  const market = marketOf(settings, candles, reading.funding);
  const venue = new SimVenue(market, {
    ...settings.assumptions,
    fills: reading.fills ?? settings.assumptions.fills,
    slippage: (reading.slippage ?? settings.assumptions.slippage) as RateE8,
  });
  const all: Fact[] = [];
  settings.holdings.forEach((holding, k) => venue.handle(holdOrder(holding, 900 + k), all));
  step(venue, market.tapes, 0, all);
  const before = all.length;
  const groups = commandGroups(row.orders);
  const parts = candles.map((_, k) => {
    const start = all.length;
    for (const command of groups[k] ?? []) venue.handle(command, all);
    step(venue, market.tapes, k + 1, all);
    const words = all.slice(start).map(describeFact);
    return words.filter((word) => word !== '').join(', ') || '-';
  });
  const orders = groups.flat().flatMap((command) => (command.type === 'SubmitOrder' ? [command] : []));
  const sides = new Map<number, string>([
    ...settings.holdings.map(({ side }, k): [number, string] => [900 + k, side]),
    ...orders.map(({ orderId, terms }): [number, string] => [orderId, sideOfTerms(terms)]),
  ]);
  const ledger = new PlainLedger(BigInt(settings.assumptions.startWallet), (orderId) => sides.get(orderId) ?? 'both');
  for (const fact of all) ledger.book(fact);
  return { text: parts.join(' ; '), venue, facts: all.slice(before), all, settings, wallet: Number(ledger.wallet) / 100_000_000 };
}

/** What a case comes to, on top of settings that the whole table shares: the words of its last columns, and the wallet where it names one. */
export function outcomeOf(row: Case, settings = ''): readonly [text: string, wallet: number | ''] {
  const played = play(row, { settings });
  return [played.text, row.end === '' ? '' : played.wallet];
}
/** What a case says that it comes to. */
export function statedBy({ expected, end }: Case): readonly [text: string, wallet: number | ''] {
  return [expected, end === '' ? '' : Number(end)];
}

/** The commands at the close before each candle. */
function commandGroups(text: string): readonly (readonly Command[])[] {
  let orders = 0;
  return text.split('>>').map((group, k) =>
    group
      .split(';')
      .map((word) => word.trim())
      .filter((word) => word !== '-' && word !== '')
      .map((word) => commandOf(word, () => ++orders, (k + 1) * MINUTE - 1)),
  );
}

function holdOrder({ instrument, qty, side }: Holding, orderId: number): Command {
  const order = parseOrder(`${qty > 0 ? 'buy' : 'sell'} ${Math.abs(qty)} market ${side}`, orderId);
  return { ...order, instrument, ts: 0 as typeof order.ts };
}

/** One frame, as the engine drives a venue: what is due on each symbol, then what they decide together. */
function step(venue: SimVenue, tapes: readonly Tape[], candle: number, out: Fact[]): void {
  const ts = (candle + 1) * MINUTE - 1;
  let isAwake = false;
  for (const [id, tape] of tapes.entries()) {
    const row = tape.closeTs.subarray(0, tape.length).indexOf(ts);
    if (row < 0 || venue.wake[id]! > ts) continue;
    isAwake = true;
    venue.match(tape, row, out);
  }
  if (isAwake) venue.endFrame(ts, out);
}

/** Everything of a case as the venue takes it. A candle at the price of what is held comes first, in minute 0. */
function marketOf(settings: Settings, candles: readonly (readonly (CandleText | null)[])[], given: FundingSeries | undefined) {
  const { instruments } = settings;
  const columns = instruments.map(({ id }) => {
    const price = settings.holdings.find((holding) => holding.instrument === id)?.price ?? candles[0]?.[id]?.row[0] ?? 100;
    const first: CandleText = { row: [price, price, price, price, 1e9], mark: null, fund: null, fine: null };
    return [first, ...candles.map((frame) => frame[id] ?? null)];
  });
  return {
    instruments,
    tapes: columns.map((column, id) => tapeOfCandles(column, id)),
    funding: columns.map((column) => given ?? fundingOfCandles(column)),
    marks: columns.map((column) => marksOfCandles(column)),
    fine: columns.map((column, id) => fineOfCandles(column, id)),
    delisted: instruments.map(({ id }) => settings.delisted[id] ?? Infinity),
  };
}

type Column = readonly (CandleText | null)[];

function tapeOfCandles(column: Column, id: number): Tape {
  const tape = createTape(id as InstrumentId, MINUTE, column.length);
  column.forEach((candle, k) => (candle === null ? undefined : put(tape, candle.row, (k + 1) * MINUTE - 1)));
  return tape;
}
function put(tape: Tape, row: CandleText['row'], closeTs: number): void {
  const at = tape.length++;
  tape.closeTs[at] = closeTs;
  [tape.open[at], tape.high[at], tape.low[at], tape.close[at]] = row;
  tape.volume[at] = row[4] ?? 1;
}
function fundingOfCandles(column: Column): FundingSeries {
  const rows = column.flatMap((candle, k) => (candle === null || candle.fund === null ? [] : [{ time: k * MINUTE, ...candle.fund }]));
  if (rows.length === 0) return NO_FUNDING;
  return {
    times: Float64Array.from(rows, ({ time }) => time),
    ratesE8: Float64Array.from(rows, ({ rate }) => rate),
    marks: Float64Array.from(rows, ({ mark }) => mark),
  };
}
function marksOfCandles(column: Column): MarkPrices | null {
  const present = column.filter((candle) => candle !== null);
  if (present.every(({ mark }) => mark === null)) return null;
  const [open, high, low, close] = [0, 1, 2, 3].map((k) => Float64Array.from(present, ({ mark }) => (mark === null ? NaN : mark[k]!)));
  return { open: open!, high: high!, low: low!, close: close! };
}
function fineOfCandles(column: Column, id: number): FineCandles | null {
  const parts = column.flatMap((candle) => (candle?.fine === null || candle === null ? [] : [candle.fine.length]));
  if (parts.length === 0) return null;
  const interval = MINUTE / parts[0]!;
  const tape = createTape(id as InstrumentId, interval, column.length * parts[0]!);
  column.forEach((candle, k) =>
    candle?.fine?.forEach((row, j) => (row === null ? undefined : put(tape, row, k * MINUTE + (j + 1) * interval - 1))),
  );
  return { tape, marks: null };
}
