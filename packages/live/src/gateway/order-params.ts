import { formatDecimal, formatPrice, formatQuantity, hasLimit, type AmendOrder, type Lots, type RateE8 } from '@orrery/core';
import type { Params } from '../exchange/binance-rest.ts';
import { isClosing, type LiveOrder } from './live-order.ts';

const TYPES = {
  market: 'MARKET',
  limit: 'LIMIT',
  stop_market: 'STOP_MARKET',
  take_profit_market: 'TAKE_PROFIT_MARKET',
  stop: 'STOP',
  take_profit: 'TAKE_PROFIT',
  trailing_stop_market: 'TRAILING_STOP_MARKET',
} as const;
const TIMES_IN_FORCE = { gtc: 'GTC', ioc: 'IOC', gtx: 'GTX', fok: 'FOK', gtd: 'GTD' } as const;
const POSITION_SIDES = { long: 'LONG', short: 'SHORT' } as const;

/**
 * Fields of POST /fapi/v1/order. A conditional order comes here when its trigger is met on arrival: as what it would have placed.
 * @param held position that it works on, signed lots
 */
export function orderParams(order: LiveOrder, held: Lots): Params {
  const { command, instrument, clientId, qty } = order;
  const isWhole = isClosing(command);
  const common = {
    ...sideParams(order),
    quantity: formatQuantity(instrument, isWhole ? (Math.abs(held) as Lots) : qty),
    ...(command.reduceOnly || (isWhole && order.positionSide === 'both') ? { reduceOnly: 'true' } : {}),
    newClientOrderId: clientId,
    newOrderRespType: 'RESULT',
  };
  return hasLimit(command.orderType) ? { ...common, type: 'LIMIT', ...limitParams(order) } : { ...common, type: 'MARKET' };
}

/** Fields of POST /fapi/v1/algoOrder. */
export function algoParams(order: LiveOrder): Params {
  const { command, instrument, clientId } = order;
  const { terms, trigger, orderType } = command;
  const isTrailing = orderType === 'trailing_stop_market';
  return {
    ...sideParams(order),
    ...(isClosing(command) ? { closePosition: 'true' } : { quantity: formatQuantity(instrument, order.qty) }),
    ...(command.reduceOnly ? { reduceOnly: 'true' } : {}),
    algoType: 'CONDITIONAL',
    type: TYPES[orderType],
    ...(trigger === null || (isTrailing && order.isActive)
      ? {}
      : { [isTrailing ? 'activatePrice' : 'triggerPrice']: formatPrice(instrument, trigger) }),
    ...(terms === null || terms.callbackRate === null ? {} : { callbackRate: percent(terms.callbackRate) }),
    ...(hasLimit(orderType) ? limitParams(order) : {}),
    workingType: terms?.workingType === 'mark_price' ? 'MARK_PRICE' : 'CONTRACT_PRICE',
    ...(terms?.priceProtect === true ? { priceProtect: 'true' } : {}),
    clientAlgoId: clientId,
  };
}

/** Fields of PUT /fapi/v1/order. */
export function amendParams({ command, instrument, clientId }: LiveOrder, { qty, price }: AmendOrder): Params {
  return {
    symbol: instrument.symbol,
    side: command.side === 'buy' ? 'BUY' : 'SELL',
    quantity: formatQuantity(instrument, qty),
    price: formatPrice(instrument, price),
    origClientOrderId: clientId,
  };
}

function sideParams({ command, instrument, positionSide }: LiveOrder): Params {
  return {
    symbol: instrument.symbol,
    side: command.side === 'buy' ? 'BUY' : 'SELL',
    ...(positionSide === 'both' ? {} : { positionSide: POSITION_SIDES[positionSide] }),
  };
}

/** A child works as good-till-cancelled, whatever it was asked for as (FILL-6). */
function limitParams({ command, instrument }: LiveOrder): Params {
  const { price, terms, parent } = command;
  if (price === null) throw new RangeError(`order ${command.orderId} of type ${command.orderType} has no price`);
  const timeInForce = parent === null ? command.timeInForce : 'gtc';
  const date = timeInForce === 'gtd' ? (terms?.goodTillDate ?? null) : null;
  return {
    price: formatPrice(instrument, price),
    timeInForce: TIMES_IN_FORCE[timeInForce],
    ...(date === null ? {} : { goodTillDate: date }),
  };
}

/** 0.25 % is "0.25": the venue takes decimals. */
function percent(rate: RateE8): string {
  return formatDecimal(rate, 6).replace(/\.?0+$/, '');
}
