import { formatPrice, formatQuantity, formatSats, notionalSats, type Instrument, type Lots } from '@orrery/core';
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
  const { fillPrice, executed } = order;
  return {
    avgPrice: fillPrice === null ? '0.00000' : formatPrice(instrument, fillPrice),
    cumQuote: fillPrice === null ? '0' : formatSats(notionalSats(instrument, executed, fillPrice)),
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
    positionSide: 'BOTH',
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
    goodTillDate: 0,
  };
}

/** A conditional order as POST answers it. */
export function algoAnswer(instrument: Instrument, algo: AlgoRecord): Json {
  return {
    algoId: algo.algoId,
    clientAlgoId: algo.clientAlgoId,
    algoType: 'CONDITIONAL',
    orderType: algo.type,
    symbol: instrument.symbol,
    side: algo.side,
    positionSide: 'BOTH',
    timeInForce: 'GTC',
    quantity: formatQuantity(instrument, algo.quantity),
    algoStatus: algo.status,
    triggerPrice: formatPrice(instrument, algo.trigger),
    price: '0',
    icebergQuantity: 'null',
    selfTradePreventionMode: 'EXPIRE_MAKER',
    workingType: algo.workingType,
    priceMatch: 'NONE',
    closePosition: algo.closePosition,
    priceProtect: algo.priceProtect,
    reduceOnly: algo.reduceOnly,
    activatePrice: '',
    callbackRate: '',
    createTime: algo.createTime,
    updateTime: algo.updateTime,
    triggerTime: algo.triggerTime,
    goodTillDate: 0,
  };
}

/** A conditional order as GET answers it: with the order that it became. */
export function algoQuery(instrument: Instrument, algo: AlgoRecord): Json {
  const { child } = algo;
  return {
    ...algoAnswer(instrument, algo),
    actualOrderId: child === null ? '' : String(child.orderId),
    actualPrice: child === null || child.fillPrice === null ? '0.00000' : formatPrice(instrument, child.fillPrice),
    actualType: 'MARKET',
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
    positionSide: 'BOTH',
    symbol: instrument.symbol,
    time: trade.time,
  };
}
