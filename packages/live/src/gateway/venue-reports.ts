import type { EpochMs, Instrument } from '@orrery/core';
import type { AlgoOrderRow, OrderRow, TradeRow } from '../exchange/rest-schemas.ts';
import type { AlgoUpdate, OrderUpdate } from '../exchange/user-events.ts';
import type { OrderReport, VenueTrade } from './order-tracker.ts';
import { lotsOf, satsOf, ticksOf } from './venue-values.ts';

/** What the account pays its fees in; another asset could not be booked. */
export const FEE_ASSET = 'USDT';

/** A trade together with a fee that was not paid in USDT, or null. */
export interface ReportedTrade extends VenueTrade {
  readonly foreignFee: string | null;
}

/** Reasons `er` of an expiry that only reduce-only orders know: knocked out by another one, or it would have reversed. */
const REDUCE_ONLY_EXPIRY = 4;

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
    isReduceOnlyExpiry: update.expireReason === REDUCE_ONLY_EXPIRY,
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

function feeOf(fee: string, asset: string): Pick<ReportedTrade, 'fee' | 'foreignFee'> {
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
    isReduceOnlyExpiry: false,
  };
}

/** A conditional order before it has placed one in the matching engine; afterwards that one is the truth. */
export function reportOfAlgo({ algoStatus, updateTime }: Pick<AlgoOrderRow, 'algoStatus' | 'updateTime'>, reason = ''): OrderReport {
  return {
    // Finished with nothing placed: it could not.
    status: algoStatus === 'FINISHED' ? 'expired' : statusOf(algoStatus),
    filled: 0,
    time: updateTime as EpochMs,
    trade: null,
    isReduceOnlyExpiry: /reduce/i.test(reason),
  };
}

/** An ALGO_UPDATE that ends the order. What its order in the matching engine filled counts. */
export function reportOfAlgoUpdate(instrument: Instrument, update: AlgoUpdate, time: number): OrderReport {
  const filled = update.actualOrderId === '' ? 0 : lotsOf(instrument, update.actualQty);
  const isWhole = filled > 0 && filled >= lotsOf(instrument, update.quantity);
  const base = reportOfAlgo({ algoStatus: update.status, updateTime: time }, update.rejectReason);
  return { ...base, filled, status: update.status === 'FINISHED' && isWhole ? 'filled' : base.status };
}
