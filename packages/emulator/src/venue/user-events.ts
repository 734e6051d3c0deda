import {
  formatPrice,
  formatQuantity,
  formatSats,
  toPrice,
  type EpochMs,
  type Instrument,
  type Lots,
  type Sats,
  type Ticks,
} from '@orrery/core';
import type { Account } from './account.ts';
import { averagePriceText, markText, percentText } from './decimal-text.ts';
import type { AlgoRecord, OrderRecord, TradeRecord, VenuePositionSide } from './order-records.ts';

export type UserEventType =
  | 'ORDER_TRADE_UPDATE'
  | 'ACCOUNT_UPDATE'
  | 'ALGO_UPDATE'
  | 'MARGIN_CALL'
  | 'ACCOUNT_CONFIG_UPDATE'
  | 'listenKeyExpired';
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

/**
 * Why an order expired, in the venue's numbers: an IOC remainder, a reduce-only order without a position, a liquidation, an order whose position
 * is gone, a delisting, what is left of a market order.
 */
export type ExpiryReason = 0 | 2 | 4 | 5 | 6 | 7 | 9;
export type Execution = 'NEW' | 'TRADE' | 'CALCULATED' | 'CANCELED' | 'EXPIRED' | 'AMENDMENT';

/** ORDER_TRADE_UPDATE. */
export function orderUpdate(
  instrument: Instrument,
  order: OrderRecord,
  execution: Execution,
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
      ap: order.executed === 0 ? '0' : averagePriceText(instrument, order.executedValue, order.executed),
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
      ps: order.positionSide,
      cp: false,
      pP: false,
      si: 0,
      ss: 0,
      rp: formatSats(trade?.realized ?? (0 as Sats)),
      V: 'EXPIRE_MAKER',
      pm: 'NONE',
      gtd: order.goodTillDate,
      er: String(expiry),
    },
  };
}

/** ACCOUNT_UPDATE after a fill: the wallet and the position that changed. */
export function tradeAccountUpdate(account: Account, instrument: Instrument, side: VenuePositionSide, at: EpochMs): UserEventBody {
  return { e: 'ACCOUNT_UPDATE', T: at, a: { m: 'ORDER', B: [walletRow(account, 0)], P: [positionRow(account, instrument, side)] } };
}

/** ACCOUNT_UPDATE of a funding payment: the wallet, and the symbol that it was for; of isolated positions those, too. */
export function fundingAccountUpdate(account: Account, instrument: Instrument, amount: Sats, at: EpochMs): UserEventBody {
  const sides = account.isIsolated ? account.sides : [];
  const P = sides.map((side) => positionRow(account, instrument, side)).filter(({ pa }) => Number(pa) !== 0);
  return { e: 'ACCOUNT_UPDATE', T: at, a: { m: 'FUNDING_FEE', S: instrument.symbol, B: [walletRow(account, amount)], P } };
}

/** ACCOUNT_UPDATE of what a liquidation paid into the insurance fund, or the fund into the account. */
export function clearanceAccountUpdate(account: Account, amount: number, at: EpochMs): UserEventBody {
  return { e: 'ACCOUNT_UPDATE', T: at, a: { m: 'INSURANCE_CLEAR', B: [walletRow(account, amount)], P: [] } };
}

function positionRow(account: Account, instrument: Instrument, side: VenuePositionSide): Readonly<Record<string, string>> {
  const { id, symbol } = instrument;
  const slot = account.slot(id, side === 'SHORT' ? 'short' : 'both');
  const qty = (account.ledger.qty[slot] + 0) as Lots;
  const cost = account.ledger.cost[slot] as Sats;
  const entry = averagePriceText(instrument, cost, qty);
  const value = (qty * account.markOf(id) * instrument.tickLotSats) / toPrice(instrument, 1 as Ticks);
  const isolated = account.positionsOf(instrument).find(({ positionSide }) => positionSide === side)?.isolated ?? (0 as Sats);
  return {
    s: symbol,
    pa: formatQuantity(instrument, qty),
    ep: entry,
    bep: entry,
    cr: '0',
    up: formatSats((Math.round(value) - cost) as Sats),
    mt: account.isIsolated ? 'isolated' : 'cross',
    iw: isolated === 0 ? '0' : formatSats(isolated),
    ps: side,
  };
}

function walletRow(account: Account, change: number): Readonly<Record<string, string>> {
  const wallet = account.toldWallet();
  const setAside = account.wallet() - account.crossWallet();
  return { a: 'USDT', wb: formatSats(wallet), cw: formatSats((wallet - setAside) as Sats), bc: formatSats(change as Sats) };
}

/** MARGIN_CALL: the positions that are near their liquidation. */
export function marginCall(account: Account, instruments: readonly Instrument[], at: EpochMs): UserEventBody {
  const positions = instruments.flatMap((instrument) => account.positionsOf(instrument)).filter(({ qty }) => qty !== 0);
  return {
    e: 'MARGIN_CALL',
    T: at,
    ...(account.isIsolated ? {} : { cw: formatSats(account.crossWallet()) }),
    p: positions.map(({ instrument, positionSide, qty, isolated, mark, unrealized, maintenance }) => ({
      s: instrument.symbol,
      ps: positionSide,
      pa: formatQuantity(instrument, qty),
      mt: account.isIsolated ? 'ISOLATED' : 'CROSSED',
      iw: formatSats(isolated),
      mp: markText(mark),
      up: formatSats(unrealized as Sats),
      mm: formatSats(maintenance as Sats),
    })),
  };
}

/** ACCOUNT_CONFIG_UPDATE: another leverage. */
export function leverageUpdate({ symbol }: Instrument, leverage: number, at: EpochMs): UserEventBody {
  return { e: 'ACCOUNT_CONFIG_UPDATE', T: at, ac: { s: symbol, l: leverage } };
}

/** ALGO_UPDATE. */
export function algoUpdate(instrument: Instrument, algo: AlgoRecord, at: EpochMs): UserEventBody {
  const { child, trigger, price, callbackRate } = algo;
  const isTrailing = algo.type === 'TRAILING_STOP_MARKET';
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
      ps: algo.positionSide,
      f: algo.timeInForce,
      q: formatQuantity(instrument, algo.quantity),
      X: algo.status,
      ai: child === null ? '' : String(child.orderId),
      ...(child === null
        ? {}
        : {
            ap: child.executed === 0 ? '0' : averagePriceText(instrument, child.executedValue, child.executed),
            aq: formatQuantity(instrument, child.executed),
            act: child.type,
          }),
      tp: trigger === null || isTrailing ? '0' : formatPrice(instrument, trigger),
      p: price === null ? '0' : formatPrice(instrument, price),
      V: 'EXPIRE_MAKER',
      wt: algo.workingType,
      pm: 'NONE',
      cp: algo.closePosition,
      pP: algo.priceProtect,
      R: algo.reduceOnly,
      tt: algo.triggerTime,
      gtd: algo.goodTillDate,
      ...(isTrailing
        ? { AP: trigger === null ? '0' : formatPrice(instrument, trigger), cr: percentText(callbackRate), ia: algo.isActivated }
        : {}),
      ...(algo.rejectReason === '' ? {} : { rm: algo.rejectReason }),
    },
  };
}
