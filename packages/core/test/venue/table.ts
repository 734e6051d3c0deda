import {
  createTape,
  SimVenue,
  type Fact,
  type FillPath,
  type FundingSeries,
  type OrderId,
  type RateE8,
  type SubmitOrder,
  type Ticks,
} from '../../src/index.ts';
import { MINUTE, tapeOf, whole, type Row } from '../engine/fixture.ts';
import type { EpochMs, InstrumentId, Lots } from '../../src/index.ts';

/** One case: columns split at `|`. */
export interface Case {
  readonly name: string;
  readonly held: string;
  readonly orders: string;
  readonly candles: string;
  readonly expected: string;
}

/**
 * A table as text, one case a line: `name | held | orders | candles | what happens`.
 * Orders are numbered from 1: `buy 10 limit 95 gtx reduce`, `sell 10 stop 92 of 1` (a child of order 1), split by `;`.
 * Candles are `open high low close [volume]`, split by `;`. What happens is one part a candle, split by `;`: `1 buy 10@95 maker`,
 * `2 canceled other_filled`, or `-` for nothing; acceptances are left out.
 */
export function cases(text: string): readonly Case[] {
  return text
    .split('\n')
    .filter((line) => line.includes('|'))
    .map((line) => {
      const [name = '', held = '', orders = '', candles = '', expected = ''] = line.split('|').map((cell) => cell.trim());
      return { name, held, orders, candles, expected: expected.replaceAll(/\s+/g, ' ') };
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
}

/** What the venue says to a case, in the words of its last column. */
export function play(
  row: Case,
  reading: Reading = {},
): { readonly text: string; readonly venue: SimVenue; readonly facts: readonly Fact[] } {
  const funding = reading.funding ?? { times: new Float64Array(0), ratesE8: new Float64Array(0) };
  const venue = new SimVenue([whole()], [funding], { fills: reading.fills ?? 'pessimistic', slippage: (reading.slippage ?? 0) as RateE8 });
  const facts: Fact[] = [];
  hold(venue, Number(row.held));
  const before = facts.length;
  row.orders.split(';').forEach((text, k) => {
    if (text.trim() !== '-') venue.handle(parseOrder(text, k + 1), facts);
  });
  // The rows before the first are those that `hold` used.
  const tape = tapeOf(row.candles.split(';').map(parseCandle), 0, 1);
  const parts: string[] = [];
  for (let at = 0; at < tape.length; at++) {
    const start = facts.length;
    if (venue.wake[0] <= tape.closeTs[at]) venue.match(tape, at, facts);
    parts.push(
      facts
        .slice(start)
        .map(describeFact)
        .filter((word) => word !== '')
        .join(', ') || '-',
    );
  }
  return { text: parts.join(' ; '), venue, facts: facts.slice(before) };
}

/** Brings the venue to a position, at a price of 100 in the first minute. */
function hold(venue: SimVenue, lots: number): void {
  if (lots === 0) return;
  const tape = createTape(0 as InstrumentId, MINUTE, 1);
  tape.length = 1;
  tape.closeTs[0] = MINUTE - 1;
  tape.open[0] = tape.high[0] = tape.low[0] = tape.close[0] = 100;
  tape.volume[0] = 1;
  venue.handle(parseOrder(`${lots > 0 ? 'buy' : 'sell'} ${Math.abs(lots)} market`, 900), []);
  venue.match(tape, 0, []);
}

function parseCandle(text: string): Row {
  return text.trim().split(/\s+/).map(Number) as unknown as Row;
}

export function parseOrder(text: string, orderId: number): SubmitOrder {
  const words = text.trim().split(/\s+/);
  const after = (word: string): number | null => (words.includes(word) ? Number(words[words.indexOf(word) + 1]) : null);
  const timeInForce = words.includes('gtx') ? 'gtx' : words.includes('ioc') ? 'ioc' : 'gtc';
  const [limit, stop, target] = [after('limit'), after('stop'), after('target')];
  return {
    type: 'SubmitOrder',
    ts: (MINUTE - 1) as EpochMs,
    instrument: 0 as InstrumentId,
    orderId: orderId as OrderId,
    side: words[0] === 'buy' ? 'buy' : 'sell',
    orderType: limit !== null ? 'limit' : stop !== null ? 'stop_market' : target !== null ? 'take_profit_market' : 'market',
    qty: Number(words[1]) as Lots,
    price: limit as Ticks | null,
    trigger: (stop ?? target) as Ticks | null,
    timeInForce,
    reduceOnly: words.includes('reduce') || words.includes('of'),
    parent: after('of') as OrderId | null,
  };
}

function describeFact(fact: Fact): string {
  switch (fact.type) {
    case 'OrderFilled':
      return `${fact.orderId} ${fact.qty > 0 ? 'buy' : 'sell'} ${Math.abs(fact.qty)}@${fact.price} ${fact.isMaker ? 'maker' : 'taker'}`;
    case 'OrderRejected':
      return `${fact.orderId} rejected ${fact.reason}`;
    case 'OrderCanceled':
      return `${fact.orderId} canceled ${fact.reason}`;
    case 'OrderExpired':
      return `${fact.orderId} expired ${fact.reason}`;
    case 'FundingCharged':
      return `funding ${fact.amount / 100_000_000}`;
    default:
      return '';
  }
}
