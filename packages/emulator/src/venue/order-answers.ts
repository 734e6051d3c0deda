import { formatPrice, formatQuantity, formatSats, notionalSats, type Instrument, type Lots } from '@orrery/core';
import { averagePriceText, percentText } from './decimal-text.ts';
import type { AlgoRecord, OrderRecord, TradeRecord } from './order-records.ts';

type Json = Readonly<Record<string, unknown>>;

/** An order as POST and DELETE answer it (shape of 2026-07-15 on). */
export function orderAnswer(instrument: Instrument, order: OrderRecord, withFillPrices: boolean): Json {
  const executed = formatQuantity(instrument, order.executed);
  return {
    clientOrderId: order.clientOrderId,
    cumQty: executed,
    ...(withFillPrices ? fillPrices(instrument, order) : {}),
    ...commonFields(instrument, order),
  };
}

/** An order as GET answers it. */
export function orderQuery(instrument: Instrument, order: OrderRecord): Json {
  return {
    clientOrderId: order.clientOrderId,
    ...fillPrices(instrument, order),
    ...commonFields(instrument, order),
    time: order.time,
  };
}

function fillPrices(instrument: Instrument, order: OrderRecord): Json {
  const { executed, executedValue } = order;
  return {
    avgPrice: executed === 0 ? '0.00000' : averagePriceText(instrument, executedValue, executed),
    cumQuote: executed === 0 ? '0' : formatSats(executedValue),
  };
}

function commonFields(instrument: Instrument, order: OrderRecord): Json {
  return {
    executedQty: formatQuantity(instrument, order.executed),
    orderId: order.orderId,
    origQty: formatQuantity(instrument, order.quantity),
    price: order.price === null ? '0' : formatPrice(instrument, order.price),
    reduceOnly: order.reduceOnly,
    side: order.side,
    positionSide: order.positionSide,
    status: order.status,
    stopPrice: '0',
    closePosition: false,
    symbol: instrument.symbol,
    timeInForce: order.timeInForce,
    type: order.type,
    origType: order.type,
    updateTime: order.updateTime,
    workingType: 'CONTRACT_PRICE',
    priceProtect: false,
    priceMatch: 'NONE',
    selfTradePreventionMode: 'EXPIRE_MAKER',
    goodTillDate: order.goodTillDate,
  };
}

/** A row of GET forceOrders. */
export function forcedAnswer(instrument: Instrument, order: OrderRecord): Json {
  const { clientOrderId, orderId, side, positionSide, reduceOnly, time, updateTime } = order;
  return {
    orderId,
    symbol: instrument.symbol,
    status: order.status,
    clientOrderId,
    price: order.price === null ? '0' : formatPrice(instrument, order.price),
    ...fillPrices(instrument, order),
    origQty: formatQuantity(instrument, order.quantity),
    executedQty: formatQuantity(instrument, order.executed),
    timeInForce: order.timeInForce,
    type: order.type,
    reduceOnly,
    closePosition: false,
    side,
    positionSide,
    stopPrice: '0',
    workingType: 'CONTRACT_PRICE',
    origType: order.type,
    time,
    updateTime,
  };
}

/** A conditional order as POST answers it. */
export function algoAnswer(instrument: Instrument, algo: AlgoRecord): Json {
  const isTrailing = algo.type === 'TRAILING_STOP_MARKET';
  return {
    algoId: algo.algoId,
    clientAlgoId: algo.clientAlgoId,
    algoType: 'CONDITIONAL',
    orderType: algo.type,
    symbol: instrument.symbol,
    side: algo.side,
    positionSide: algo.positionSide,
    timeInForce: algo.timeInForce,
    quantity: formatQuantity(instrument, algo.quantity),
    algoStatus: algo.status,
    triggerPrice: algo.trigger === null || isTrailing ? '0' : formatPrice(instrument, algo.trigger),
    price: algo.price === null ? '0' : formatPrice(instrument, algo.price),
    icebergQuantity: 'null',
    selfTradePreventionMode: 'EXPIRE_MAKER',
    workingType: algo.workingType,
    priceMatch: 'NONE',
    closePosition: algo.closePosition,
    priceProtect: algo.priceProtect,
    reduceOnly: algo.reduceOnly,
    activatePrice: isTrailing && algo.trigger !== null ? formatPrice(instrument, algo.trigger) : '',
    callbackRate: percentText(algo.callbackRate),
    createTime: algo.createTime,
    updateTime: algo.updateTime,
    triggerTime: algo.triggerTime,
    goodTillDate: algo.goodTillDate,
  };
}

/** A conditional order as GET answers it: with the order that it became. */
export function algoQuery(instrument: Instrument, algo: AlgoRecord): Json {
  const { child } = algo;
  return {
    ...algoAnswer(instrument, algo),
    actualOrderId: child === null ? '' : String(child.orderId),
    actualPrice: child === null || child.executed === 0 ? '0.00000' : averagePriceText(instrument, child.executedValue, child.executed),
    actualType: child?.type ?? (algo.price === null ? 'MARKET' : 'LIMIT'),
    actualQty: formatQuantity(instrument, child?.executed ?? (0 as Lots)),
    tpOrderType: '',
  };
}

/** A row of GET userTrades. */
export function tradeAnswer(instrument: Instrument, trade: TradeRecord): Json {
  const { order } = trade;
  return {
    buyer: order.side === 'BUY',
    commission: formatSats(trade.fee),
    commissionAsset: 'USDT',
    id: trade.id,
    maker: trade.isMaker,
    orderId: order.orderId,
    price: formatPrice(instrument, trade.price),
    qty: formatQuantity(instrument, trade.quantity),
    quoteQty: formatSats(notionalSats(instrument, trade.quantity, trade.price)),
    realizedPnl: formatSats(trade.realized),
    side: order.side,
    positionSide: order.positionSide,
    symbol: instrument.symbol,
    time: trade.time,
  };
}
