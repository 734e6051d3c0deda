import {
  termsOf,
  type Command,
  type EpochMs,
  type InstrumentId,
  type Lots,
  type OrderId,
  type OrderTerms,
  type OrderType,
  type RateE8,
  type SubmitOrder,
  type Ticks,
  type TimeInForce,
} from '../../src/index.ts';
import { MINUTE } from '../engine/fixture.ts';
import { percent } from './table-candles.ts';

/**
 * A command: an order (below), `cancel 1`, `amend 1 12@96`, `leverage 10`; of the second symbol with `B:` in front.
 * @param nextId number of the next order
 */
export function commandOf(text: string, nextId: () => number, ts: number): Command {
  const isSecond = text.startsWith('B:');
  const [verb = '', first = '', second = ''] = text.replace('B:', '').trim().split(/\s+/);
  const common = { ts: ts as EpochMs, instrument: (isSecond ? 1 : 0) as InstrumentId };
  switch (verb) {
    case 'cancel':
      return { type: 'CancelOrder', ...common, orderId: Number(first) as OrderId };
    case 'amend': {
      const [qty, price] = second.split('@').map(Number);
      return { type: 'AmendOrder', ...common, orderId: Number(first) as OrderId, qty: qty as Lots, price: price as Ticks };
    }
    case 'leverage':
      return { type: 'SetLeverage', ...common, leverage: Number(first) };
    default:
      return { ...parseOrder(text.replace('B:', ''), nextId()), ...common };
  }
}

/**
 * `buy 10 market`, `buy 10 limit 95 ioc`, `sell 10 stop 95` and `sell 10 target 105` (at market), `sell 10 stop 95 limit 94`,
 * `sell 10 trail 5% from 110`; with `gtx`, `ioc`, `fok`, `till 12` (gtd, minute 12), `reduce`, `of 1`, `mark` (working type),
 * `protect`, `long`, `short`. `all` for a quantity is closePosition.
 */
export function parseOrder(text: string, orderId: number): SubmitOrder {
  const words = text.trim().split(/\s+/);
  const after = (word: string): number | null => (words.includes(word) ? Number(words[words.indexOf(word) + 1]) : null);
  const isWhole = words[1] === 'all';
  return {
    type: 'SubmitOrder',
    ts: (MINUTE - 1) as EpochMs,
    instrument: 0 as InstrumentId,
    orderId: orderId as OrderId,
    side: words[0] === 'buy' ? 'buy' : 'sell',
    orderType: orderTypeOf(words),
    qty: (isWhole ? 0 : Number(words[1])) as Lots,
    price: after('limit') as Ticks | null,
    trigger: (after('stop') ?? after('target') ?? after('from')) as Ticks | null,
    timeInForce: timeInForceOf(words),
    reduceOnly: words.includes('reduce') || (words.includes('of') && positionSideOf(words) === 'both'),
    parent: after('of') as OrderId | null,
    terms: termsOf({
      positionSide: positionSideOf(words),
      workingType: words.includes('mark') ? 'mark_price' : 'contract_price',
      priceProtect: words.includes('protect'),
      closePosition: isWhole,
      callbackRate: words.includes('trail') ? (percent(words[words.indexOf('trail') + 1]!) as RateE8) : null,
      goodTillDate: words.includes('till') ? ((after('till')! * MINUTE) as EpochMs) : null,
    }),
  };
}

function orderTypeOf(words: readonly string[]): OrderType {
  const hasLimit = words.includes('limit');
  if (words.includes('trail')) return 'trailing_stop_market';
  if (words.includes('stop')) return hasLimit ? 'stop' : 'stop_market';
  if (words.includes('target')) return hasLimit ? 'take_profit' : 'take_profit_market';
  return hasLimit ? 'limit' : 'market';
}
function timeInForceOf(words: readonly string[]): TimeInForce {
  if (words.includes('till')) return 'gtd';
  return (['gtx', 'ioc', 'fok'] as const).find((word) => words.includes(word)) ?? 'gtc';
}
function positionSideOf(words: readonly string[]): OrderTerms['positionSide'] {
  return (['long', 'short'] as const).find((word) => words.includes(word)) ?? 'both';
}
