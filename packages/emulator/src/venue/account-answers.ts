import { formatQuantity, formatSats, maxNotional, type Instrument, type InstrumentId, type Sats } from '@orrery/core';
import type { Account, HeldPosition } from './account.ts';
import { averagePriceText, markText } from './decimal-text.ts';
import type { Exchange } from './exchange.ts';

type Json = Readonly<Record<string, unknown>>;

const text = (sats: number): string => formatSats((sats + 0) as Sats);

/** Largest position value of a symbol at its leverage. */
export function maxNotionalText(account: Account, { id, brackets }: Instrument): string {
  return text(maxNotional(brackets, account.leverageOf(id))).replace(/\.?0+$/, '');
}

/** Whether a symbol has a position or open orders: the others are left out of the v3 answers. */
export function isTouched({ account, book }: Exchange, id: InstrumentId): boolean {
  return account.isHolding(id) || book.openOrdersOf(id).length + book.openAlgosOf(id).length > 0;
}

/** Positions that the v3 answers list of a symbol: those that are held, the first one where there are only orders. */
function listed({ account }: Exchange, instrument: Instrument): readonly HeldPosition[] {
  const positions = account.positionsOf(instrument);
  const held = positions.filter(({ qty, bids, asks }) => qty !== 0 || bids + asks !== 0);
  return held.length > 0 ? held : positions.slice(0, 1);
}

/** A row of GET /fapi/v2/balance and v3/balance. */
export function balanceRow(account: Account): Json {
  const available = text(account.available());
  return {
    accountAlias: 'emulator',
    asset: 'USDT',
    balance: text(account.wallet()),
    crossWalletBalance: text(account.crossWallet()),
    crossUnPnl: text(account.totals().crossUnrealized),
    availableBalance: available,
    maxWithdrawAmount: available,
    marginAvailable: true,
    updateTime: account.updateTime,
  };
}

/** GET /fapi/v3/account. */
export function accountV3(exchange: Exchange): Json {
  const { account, board } = exchange;
  const touched = board.instruments.filter(({ id }) => isTouched(exchange, id));
  const positions = touched.flatMap((instrument) => listed(exchange, instrument).map((position) => accountPosition(account, position)));
  return { ...totals(account), assets: [assetRow(account)], positions };
}

/** GET /fapi/v2/account: every symbol, and the account's permissions. */
export function accountV2({ account, board }: Exchange): Json {
  return {
    feeTier: 0,
    feeBurn: false,
    canTrade: true,
    canDeposit: true,
    canWithdraw: true,
    updateTime: 0,
    multiAssetsMargin: false,
    tradeGroupId: -1,
    ...totals(account),
    assets: [{ ...assetRow(account), marginAvailable: true }],
    positions: board.instruments.flatMap((instrument) =>
      account.positionsOf(instrument).map((position) => ({
        ...margins(account, position),
        unrealizedProfit: text(position.unrealized),
        symbol: instrument.symbol,
        leverage: String(account.leverageOf(instrument.id)),
        isolated: account.isIsolated,
        entryPrice: entryPrice(position),
        maxNotional: maxNotionalText(account, instrument),
        positionSide: position.positionSide,
        positionAmt: formatQuantity(instrument, position.qty),
        updateTime: account.updateTime,
      })),
    ),
  };
}

/** The rows of GET /fapi/v3/positionRisk of a symbol. */
export function positionsV3(exchange: Exchange, instrument: Instrument): readonly Json[] {
  const { account } = exchange;
  return listed(exchange, instrument).map((position) => ({
    symbol: instrument.symbol,
    positionSide: position.positionSide,
    positionAmt: formatQuantity(instrument, position.qty),
    entryPrice: entryPrice(position),
    breakEvenPrice: entryPrice(position),
    markPrice: markText(position.mark),
    unRealizedProfit: text(position.unrealized),
    liquidationPrice: liquidationText(position),
    isolatedMargin: isolatedMargin(account, position),
    notional: text(position.notional),
    marginAsset: 'USDT',
    isolatedWallet: isolatedWallet(account, position),
    ...margins(account, position),
    adl: 0,
    updateTime: account.updateTime,
  }));
}

/** The rows of GET /fapi/v2/positionRisk of a symbol. */
export function positionsV2({ account }: Exchange, instrument: Instrument): readonly Json[] {
  return account.positionsOf(instrument).map((position) => ({
    entryPrice: entryPrice(position),
    breakEvenPrice: entryPrice(position),
    marginType: account.isIsolated ? 'isolated' : 'cross',
    isAutoAddMargin: 'false',
    isolatedMargin: isolatedMargin(account, position),
    leverage: String(account.leverageOf(instrument.id)),
    liquidationPrice: liquidationText(position),
    markPrice: markText(position.mark),
    maxNotionalValue: maxNotionalText(account, instrument),
    positionAmt: formatQuantity(instrument, position.qty),
    notional: text(position.notional),
    isolatedWallet: isolatedWallet(account, position),
    symbol: instrument.symbol,
    unRealizedProfit: text(position.unrealized),
    positionSide: position.positionSide,
    updateTime: account.updateTime,
  }));
}

function accountPosition(account: Account, position: HeldPosition): Json {
  const { instrument, positionSide, qty, unrealized, notional, maintenance } = position;
  return {
    symbol: instrument.symbol,
    positionSide,
    positionAmt: formatQuantity(instrument, qty),
    unrealizedProfit: text(unrealized),
    isolatedMargin: isolatedMargin(account, position),
    notional: text(notional),
    isolatedWallet: isolatedWallet(account, position),
    initialMargin: margins(account, position)['initialMargin'],
    maintMargin: text(maintenance),
    updateTime: account.updateTime,
  };
}

/** What a position and its orders bind. In hedge mode the orders of a symbol are reckoned to the side that has any. */
function margins(account: Account, { instrument, initial, maintenance, bids, asks }: HeldPosition): Json {
  const orders = bids + asks === 0 ? 0 : account.orderMarginOf(instrument.id);
  return {
    initialMargin: text(initial + orders),
    maintMargin: text(maintenance),
    positionInitialMargin: text(initial),
    openOrderInitialMargin: text(orders),
    bidNotional: text(bids),
    askNotional: text(asks),
  };
}

function totals(account: Account): Json {
  const { initial, orders, maintenance, unrealized, crossUnrealized } = account.totals();
  const wallet = account.wallet();
  const available = text(account.available());
  return {
    totalInitialMargin: text(initial + orders),
    totalMaintMargin: text(maintenance),
    totalWalletBalance: text(wallet),
    totalUnrealizedProfit: text(unrealized),
    totalMarginBalance: text(wallet + unrealized),
    totalPositionInitialMargin: text(initial),
    totalOpenOrderInitialMargin: text(orders),
    totalCrossWalletBalance: text(account.crossWallet()),
    totalCrossUnPnl: text(crossUnrealized),
    availableBalance: available,
    maxWithdrawAmount: available,
  };
}

function assetRow(account: Account): Json {
  const { initial, orders, maintenance, unrealized, crossUnrealized } = account.totals();
  const wallet = account.wallet();
  const available = text(account.available());
  return {
    asset: 'USDT',
    walletBalance: text(wallet),
    unrealizedProfit: text(unrealized),
    marginBalance: text(wallet + unrealized),
    maintMargin: text(maintenance),
    initialMargin: text(initial + orders),
    positionInitialMargin: text(initial),
    openOrderInitialMargin: text(orders),
    crossWalletBalance: text(account.crossWallet()),
    crossUnPnl: text(crossUnrealized),
    availableBalance: available,
    maxWithdrawAmount: available,
    updateTime: account.updateTime,
  };
}

function entryPrice({ instrument, cost, qty }: HeldPosition): string {
  return averagePriceText(instrument, cost, qty);
}
function liquidationText({ liquidationPrice }: HeldPosition): string {
  return liquidationPrice === 0 ? '0' : markText(liquidationPrice);
}
function isolatedWallet(account: Account, { isolated }: HeldPosition): string {
  return account.isIsolated ? text(isolated) : '0';
}
function isolatedMargin(account: Account, { isolated, unrealized, qty }: HeldPosition): string {
  return account.isIsolated && qty !== 0 ? text(isolated + unrealized) : '0';
}
