import { formatPrice, formatQuantity, formatSats, type EpochMs, type Instrument, type Lots, type Sats } from '@orrery/core';
import type { Account } from './account.ts';
import { averagePriceText } from './decimal-text.ts';
import type { AlgoRecord, OrderRecord, TradeRecord } from './order-records.ts';

export type UserEventType = 'ORDER_TRADE_UPDATE' | 'ACCOUNT_UPDATE' | 'ALGO_UPDATE' | 'listenKeyExpired';
/** An event of the user data stream before it is stamped; T is market time. */
export interface UserEventBody {
  readonly e: UserEventType;
  readonly T: number;
  readonly [field: string]: unknown;
}
/** A message of the user data stream. E counts strictly upwards over all of them. */
export interface UserEvent {
  readonly e: UserEventType;
  readonly E: number;
  readonly [field: string]: unknown;
}

/** Why an order expired, in the venue's numbers: an IOC remainder, a reduce-only order without a position, a market order without one. */
export type ExpiryReason = 0 | 2 | 4 | 9;

/** ORDER_TRADE_UPDATE. */
export function orderUpdate(
  instrument: Instrument,
  order: OrderRecord,
  execution: 'NEW' | 'TRADE' | 'CANCELED' | 'EXPIRED',
  at: EpochMs,
  trade?: TradeRecord,
  expiry: ExpiryReason = 0,
): UserEventBody {
  const quantity = (lots: number): string => formatQuantity(instrument, lots as Lots);
  return {
    e: 'ORDER_TRADE_UPDATE',
    T: at,
    o: {
      s: instrument.symbol,
      c: order.clientOrderId,
      S: order.side,
      o: order.type,
      f: order.timeInForce,
      q: quantity(order.quantity),
      p: order.price === null ? '0' : formatPrice(instrument, order.price),
      ap: order.fillPrice === null ? '0' : formatPrice(instrument, order.fillPrice),
      sp: '0',
      x: execution,
      X: order.status,
      i: order.orderId,
      l: quantity(trade?.quantity ?? 0),
      z: quantity(order.executed),
      L: trade === undefined ? '0' : formatPrice(instrument, trade.price),
      ...(trade === undefined ? {} : { N: 'USDT', n: formatSats(trade.fee) }),
      T: at,
      t: trade?.id ?? 0,
      b: '0',
      a: '0',
      m: trade?.isMaker ?? false,
      R: order.reduceOnly,
      wt: 'CONTRACT_PRICE',
      ot: order.type,
      ps: 'BOTH',
      cp: false,
      pP: false,
      si: 0,
      ss: 0,
      rp: formatSats(trade?.realized ?? (0 as Sats)),
      V: 'EXPIRE_MAKER',
      pm: 'NONE',
      gtd: 0,
      er: String(expiry),
    },
  };
}

/** ACCOUNT_UPDATE after a fill: the wallet and the position that changed. */
export function tradeAccountUpdate(account: Account, instrument: Instrument, at: EpochMs): UserEventBody {
  const { id, symbol } = instrument;
  const { ledger } = account;
  const held = account.position(id);
  const entry = averagePriceText(instrument, ledger.cost[id] as Sats, held);
  const position = {
    s: symbol,
    pa: formatQuantity(instrument, held),
    ep: entry,
    bep: entry,
    cr: '0',
    up: formatSats(account.unrealizedOf(id)),
    mt: account.settings[id].marginType === 'CROSSED' ? 'cross' : 'isolated',
    iw: '0',
    ps: 'BOTH',
  };
  return { e: 'ACCOUNT_UPDATE', T: at, a: { m: 'ORDER', B: [walletRow(account, 0 as Sats)], P: [position] } };
}

/** ACCOUNT_UPDATE of a funding payment: only the wallet, and the symbol that it was for. */
export function fundingAccountUpdate(account: Account, symbol: string, amount: Sats, at: EpochMs): UserEventBody {
  return { e: 'ACCOUNT_UPDATE', T: at, a: { m: 'FUNDING_FEE', S: symbol, B: [walletRow(account, amount)], P: [] } };
}

function walletRow(account: Account, change: Sats): Readonly<Record<string, string>> {
  const wallet = formatSats(account.wallet());
  return { a: 'USDT', wb: wallet, cw: wallet, bc: formatSats(change) };
}

/** ALGO_UPDATE. */
export function algoUpdate(instrument: Instrument, algo: AlgoRecord, at: EpochMs): UserEventBody {
  const { child } = algo;
  return {
    e: 'ALGO_UPDATE',
    T: at,
    o: {
      caid: algo.clientAlgoId,
      aid: algo.algoId,
      at: 'CONDITIONAL',
      o: algo.type,
      s: instrument.symbol,
      S: algo.side,
      ps: 'BOTH',
      f: 'GTC',
      q: formatQuantity(instrument, algo.quantity),
      X: algo.status,
      ai: child === null ? '' : String(child.orderId),
      ...(child === null
        ? {}
        : {
            ap: child.fillPrice === null ? '0' : formatPrice(instrument, child.fillPrice),
            aq: formatQuantity(instrument, child.executed),
            act: 'MARKET',
          }),
      tp: formatPrice(instrument, algo.trigger),
      p: '0',
      V: 'EXPIRE_MAKER',
      wt: algo.workingType,
      pm: 'NONE',
      cp: algo.closePosition,
      pP: algo.priceProtect,
      R: algo.reduceOnly,
      tt: algo.triggerTime,
      gtd: 0,
      ...(algo.rejectReason === '' ? {} : { rm: algo.rejectReason }),
    },
  };
}
