import { formatPrice, formatQuantity, formatSats, type Instrument, type InstrumentId, type Lots, type Sats } from '@orrery/core';
import type { Account } from './account.ts';
import { averagePriceText } from './decimal-text.ts';
import type { Exchange } from './exchange.ts';

/** Largest position of the one bracket, USDT. */
export const MAX_NOTIONAL = '1000000000';

type Json = Readonly<Record<string, unknown>>;

const text = (sats: number): string => formatSats(sats as Sats);

/** Whether a symbol has a position or open orders: the others are left out of the v3 answers. */
export function isTouched({ account, book }: Exchange, id: InstrumentId): boolean {
  return account.position(id) !== 0 || book.openOrdersOf(id).length + book.openAlgosOf(id).length > 0;
}

/** A row of GET /fapi/v2/balance and v3/balance. */
export function balanceRow(account: Account): Json {
  const wallet = text(account.wallet());
  const available = text(account.available());
  return {
    accountAlias: 'emulator',
    asset: 'USDT',
    balance: wallet,
    crossWalletBalance: wallet,
    crossUnPnl: text(account.unrealized()),
    availableBalance: available,
    maxWithdrawAmount: available,
    marginAvailable: true,
    updateTime: account.updateTime,
  };
}

/** GET /fapi/v3/account. */
export function accountV3(exchange: Exchange): Json {
  const touched = exchange.board.instruments.filter(({ id }) => isTouched(exchange, id));
  return { ...totals(exchange.account), assets: [assetRow(exchange.account)], positions: touched.map((i) => accountPosition(exchange, i)) };
}

/** GET /fapi/v2/account: every symbol, and the account's permissions. */
export function accountV2(exchange: Exchange): Json {
  const { account, board } = exchange;
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
    positions: board.instruments.map((instrument) => {
      const { id, symbol } = instrument;
      const margin = account.marginOf(id);
      const held = account.position(id);
      return {
        symbol,
        initialMargin: text(margin.position + margin.openOrders),
        maintMargin: text(margin.maintenance),
        unrealizedProfit: text(margin.unrealized),
        positionInitialMargin: text(margin.position),
        openOrderInitialMargin: text(margin.openOrders),
        leverage: String(account.settings[id].leverage),
        isolated: account.settings[id].marginType === 'ISOLATED',
        entryPrice: entryPrice(account, instrument, held),
        maxNotional: MAX_NOTIONAL,
        bidNotional: text(margin.bids),
        askNotional: text(margin.asks),
        positionSide: 'BOTH',
        positionAmt: formatQuantity(instrument, held),
        updateTime: account.updateTime,
      };
    }),
  };
}

/** A row of GET /fapi/v3/positionRisk. Liquidation is not emulated, so there is no liquidation price. */
export function positionV3({ account, board }: Exchange, instrument: Instrument): Json {
  const { id, symbol } = instrument;
  const held = account.position(id);
  const margin = account.marginOf(id);
  const entry = entryPrice(account, instrument, held);
  return {
    symbol,
    positionSide: 'BOTH',
    positionAmt: formatQuantity(instrument, held),
    entryPrice: entry,
    breakEvenPrice: entry,
    markPrice: formatPrice(instrument, board.last(id)),
    unRealizedProfit: text(margin.unrealized),
    liquidationPrice: '0',
    isolatedMargin: '0',
    notional: text(margin.notional),
    marginAsset: 'USDT',
    isolatedWallet: '0',
    initialMargin: text(margin.position + margin.openOrders),
    maintMargin: text(margin.maintenance),
    positionInitialMargin: text(margin.position),
    openOrderInitialMargin: text(margin.openOrders),
    adl: 0,
    bidNotional: text(margin.bids),
    askNotional: text(margin.asks),
    updateTime: account.updateTime,
  };
}

/** A row of GET /fapi/v2/positionRisk. */
export function positionV2({ account, board }: Exchange, instrument: Instrument): Json {
  const { id, symbol } = instrument;
  const held = account.position(id);
  const margin = account.marginOf(id);
  const { leverage, marginType } = account.settings[id];
  const entry = entryPrice(account, instrument, held);
  return {
    entryPrice: entry,
    breakEvenPrice: entry,
    marginType: marginType === 'CROSSED' ? 'cross' : 'isolated',
    isAutoAddMargin: 'false',
    isolatedMargin: '0.00000000',
    leverage: String(leverage),
    liquidationPrice: '0',
    markPrice: formatPrice(instrument, board.last(id)),
    maxNotionalValue: MAX_NOTIONAL,
    positionAmt: formatQuantity(instrument, held),
    notional: text(margin.notional),
    isolatedWallet: '0',
    symbol,
    unRealizedProfit: text(margin.unrealized),
    positionSide: 'BOTH',
    updateTime: account.updateTime,
  };
}

function accountPosition({ account }: Exchange, instrument: Instrument): Json {
  const { id, symbol } = instrument;
  const margin = account.marginOf(id);
  return {
    symbol,
    positionSide: 'BOTH',
    positionAmt: formatQuantity(instrument, account.position(id)),
    unrealizedProfit: text(margin.unrealized),
    isolatedMargin: '0',
    notional: text(margin.notional),
    isolatedWallet: '0',
    initialMargin: text(margin.position + margin.openOrders),
    maintMargin: text(margin.maintenance),
    updateTime: account.updateTime,
  };
}

function totals(account: Account): Json {
  const { position, openOrders, maintenance } = account.totalMargin();
  const [wallet, unrealized] = [account.wallet(), account.unrealized()];
  const available = text(account.available());
  return {
    totalInitialMargin: text(position + openOrders),
    totalMaintMargin: text(maintenance),
    totalWalletBalance: text(wallet),
    totalUnrealizedProfit: text(unrealized),
    totalMarginBalance: text(wallet + unrealized),
    totalPositionInitialMargin: text(position),
    totalOpenOrderInitialMargin: text(openOrders),
    totalCrossWalletBalance: text(wallet),
    totalCrossUnPnl: text(unrealized),
    availableBalance: available,
    maxWithdrawAmount: available,
  };
}

function assetRow(account: Account): Json {
  const { position, openOrders, maintenance } = account.totalMargin();
  const [wallet, unrealized] = [account.wallet(), account.unrealized()];
  const available = text(account.available());
  return {
    asset: 'USDT',
    walletBalance: text(wallet),
    unrealizedProfit: text(unrealized),
    marginBalance: text(wallet + unrealized),
    maintMargin: text(maintenance),
    initialMargin: text(position + openOrders),
    positionInitialMargin: text(position),
    openOrderInitialMargin: text(openOrders),
    crossWalletBalance: text(wallet),
    crossUnPnl: text(unrealized),
    availableBalance: available,
    maxWithdrawAmount: available,
    updateTime: account.updateTime,
  };
}

function entryPrice(account: Account, instrument: Instrument, held: Lots): string {
  return averagePriceText(instrument, account.ledger.cost[instrument.id] as Sats, held);
}
