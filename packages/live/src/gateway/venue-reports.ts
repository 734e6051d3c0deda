import type { EpochMs, Instrument } from '@orrery/core';
import type { AlgoOrderRow, OrderRow, TradeRow } from '../exchange/rest-schemas.ts';
import type { AlgoUpdate, OrderUpdate } from '../exchange/user-events.ts';
import type { EndCause, LimitTerms, OrderReport, VenueTrade } from './order-tracker.ts';
import { lotsOf, satsOf, ticksOf } from './venue-values.ts';

/** What the account pays its fees in; another asset could not be booked. */
export const FEE_ASSET = 'USDT';

/** A trade together with a fee that was not paid in USDT, or null. */
export interface ReportedTrade extends VenueTrade {
  readonly foreignFee: string | null;
}

/** What `er` of an event says about an end (BINANCE USDⓈ-M, ORDER_TRADE_UPDATE, expiry reason); 1 is self-trade prevention. */
const CAUSES: ReadonlyMap<number, EndCause> = new Map<number, EndCause>([
  [2, 'not_filled'],
  [3, 'not_filled'],
  [4, 'reduce_only'],
  [5, 'liquidation'],
  [6, 'position_gone'],
  [7, 'delisted'],
  [9, 'not_filled'],
]);

/**
 * Status words of both kinds of orders.
 * @throws RangeError for a word that is not known: it could mean anything
 */
export function statusOf(word: string): OrderReport['status'] {
  switch (word) {
    case 'NEW':
    case 'PARTIALLY_FILLED':
    case 'TRIGGERING':
    case 'TRIGGERED':
    case 'PENDING_CANCEL':
    case 'PENDING_NEW':
      return 'working';
    case 'FILLED':
      return 'filled';
    case 'CANCELED':
      return 'canceled';
    case 'EXPIRED':
    case 'EXPIRED_IN_MATCH':
    case 'REJECTED':
      return 'expired';
    default:
      throw new RangeError(`order status "${word}" is not known`);
  }
}

/** An ORDER_TRADE_UPDATE. `lastQty` and `lastPrice` count only in a trade. */
export function reportOfUpdate(instrument: Instrument, update: OrderUpdate): OrderReport & { readonly trade: ReportedTrade | null } {
  const trade = update.execution === 'TRADE' ? tradeOfUpdate(instrument, update) : null;
  return {
    status: statusOf(update.status),
    filled: lotsOf(instrument, update.cumulativeQty),
    time: update.time as EpochMs,
    trade,
    cause: CAUSES.get(update.expireReason) ?? null,
    limit: limitOf(instrument, update.quantity, update.price),
    isAmendment: update.execution === 'AMENDMENT',
  };
}

function tradeOfUpdate(instrument: Instrument, update: OrderUpdate): ReportedTrade {
  return {
    qty: lotsOf(instrument, update.lastQty),
    price: ticksOf(instrument, update.lastPrice),
    ...feeOf(update.fee ?? '0', update.feeAsset ?? FEE_ASSET),
    isMaker: update.isMaker,
    time: update.time as EpochMs,
  };
}

/** A row of userTrades. */
export function tradeOfRow(instrument: Instrument, row: TradeRow): ReportedTrade {
  return {
    qty: lotsOf(instrument, row.qty),
    price: ticksOf(instrument, row.price),
    ...feeOf(row.commission, row.commissionAsset),
    isMaker: row.maker,
    time: row.time as EpochMs,
  };
}

/** A fee in sats, and as text what was not paid in USDT. */
export function feeOf(fee: string, asset: string): Pick<ReportedTrade, 'fee' | 'foreignFee'> {
  if (asset === FEE_ASSET || satsOf(fee) === 0) return { fee: satsOf(fee), foreignFee: null };
  return { fee: satsOf('0'), foreignFee: `${fee} ${asset}` };
}

/** An answer about an order. It brings no prices: trades have to be asked for. */
export function reportOfRow(instrument: Instrument, row: OrderRow): OrderReport {
  return {
    status: statusOf(row.status),
    filled: lotsOf(instrument, row.executedQty),
    time: row.updateTime as EpochMs,
    trade: null,
    cause: null,
    limit: limitOf(instrument, row.origQty, row.price),
    isAmendment: false,
  };
}

/** Market orders have a price of 0, closing ones no quantity. */
function limitOf(instrument: Instrument, quantity: string | null | undefined, price: string | null | undefined): LimitTerms | null {
  if (quantity === null || quantity === undefined || price === null || price === undefined) return null;
  return Number(price) > 0 ? { qty: lotsOf(instrument, quantity), price: ticksOf(instrument, price) } : null;
}

/** A conditional order before it has placed one in the matching engine; afterwards that one is the truth. */
export function reportOfAlgo({ algoStatus, updateTime }: Pick<AlgoOrderRow, 'algoStatus' | 'updateTime'>, reason = ''): OrderReport {
  return {
    // Finished with nothing placed: it could not.
    status: algoStatus === 'FINISHED' ? 'expired' : statusOf(algoStatus),
    filled: 0,
    time: updateTime as EpochMs,
    trade: null,
    cause: causeOf(reason),
    limit: null,
    isAmendment: false,
  };
}

/** `rm` is a text for people; these two words are in the texts of the codes that stand behind it. */
function causeOf(reason: string): EndCause | null {
  if (/reduce/i.test(reason)) return 'reduce_only';
  return /margin|balance/i.test(reason) ? 'insufficient_margin' : null;
}

/**
 * An ALGO_UPDATE. Null for one that is finished and did not fill whole: its order in the matching engine was filled in part, taken
 * back or expired, and only that one says which.
 */
export function reportOfAlgoUpdate(instrument: Instrument, update: AlgoUpdate, time: number): OrderReport | null {
  const hasPlaced = update.actualOrderId !== '' && update.actualOrderId !== '0';
  const filled = hasPlaced ? lotsOf(instrument, update.actualQty) : 0;
  const base = reportOfAlgo({ algoStatus: update.status, updateTime: time }, update.rejectReason);
  if (update.status !== 'FINISHED' || !hasPlaced) return { ...base, filled };
  return filled > 0 && filled >= lotsOf(instrument, update.quantity) ? { ...base, filled, status: 'filled' } : null;
}
