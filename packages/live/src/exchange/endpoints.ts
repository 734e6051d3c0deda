/** One endpoint of Binance USDⓈ-M, by ccxt's name of its group. */
export interface Endpoint {
  readonly group: 'fapiPublic' | 'fapiPrivate' | 'fapiPrivateV3';
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
}

const open = (path: string): Endpoint => ({ group: 'fapiPublic', method: 'GET', path });
const own = (method: Endpoint['method'], path: string): Endpoint => ({ group: 'fapiPrivate', method, path });

/** Every endpoint that is used. */
export type EndpointName =
  | 'time'
  | 'exchangeInfo'
  | 'klines'
  | 'fundingRate'
  | 'accountConfig'
  | 'symbolConfig'
  | 'balance'
  | 'setLeverage'
  | 'leverageBracket'
  | 'setPositionMode'
  | 'setMarginType'
  | 'positions'
  | 'openOrders'
  | 'openAlgoOrders'
  | 'placeOrder'
  | 'queryOrder'
  | 'amendOrder'
  | 'cancelOrder'
  | 'placeAlgoOrder'
  | 'queryAlgoOrder'
  | 'cancelAlgoOrder'
  | 'userTrades'
  | 'forceOrders'
  | 'income'
  | 'createListenKey'
  | 'extendListenKey';

export const ENDPOINTS: Readonly<Record<EndpointName, Endpoint>> = {
  time: open('time'),
  exchangeInfo: open('exchangeInfo'),
  klines: open('klines'),
  fundingRate: open('fundingRate'),
  accountConfig: own('GET', 'accountConfig'),
  symbolConfig: own('GET', 'symbolConfig'),
  balance: { group: 'fapiPrivateV3', method: 'GET', path: 'balance' },
  setLeverage: own('POST', 'leverage'),
  leverageBracket: own('GET', 'leverageBracket'),
  setPositionMode: own('POST', 'positionSide/dual'),
  setMarginType: own('POST', 'marginType'),
  positions: { group: 'fapiPrivateV3', method: 'GET', path: 'positionRisk' },
  openOrders: own('GET', 'openOrders'),
  openAlgoOrders: own('GET', 'openAlgoOrders'),
  placeOrder: own('POST', 'order'),
  queryOrder: own('GET', 'order'),
  amendOrder: own('PUT', 'order'),
  cancelOrder: own('DELETE', 'order'),
  placeAlgoOrder: own('POST', 'algoOrder'),
  queryAlgoOrder: own('GET', 'algoOrder'),
  cancelAlgoOrder: own('DELETE', 'algoOrder'),
  forceOrders: own('GET', 'forceOrders'),
  userTrades: own('GET', 'userTrades'),
  income: own('GET', 'income'),
  createListenKey: own('POST', 'listenKey'),
  extendListenKey: own('PUT', 'listenKey'),
};
