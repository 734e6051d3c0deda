import type { Message, OrderTerms } from '../messages.ts';

/** How a field of a message is written and checked. `int` is a safe integer, `count` one from 0, `int?` may be null; `terms?` is left out where it is null. */
export type FieldKind = 'int' | 'int?' | 'count' | 'boolean' | 'text' | 'numbers' | 'terms?' | readonly string[];
type FieldsOf<Type extends Message['type']> = Exclude<keyof Extract<Message, { type: Type }>, 'type'> & string;
type MessageSchema<Type extends Message['type']> = Readonly<Record<FieldsOf<Type>, FieldKind>>;

const SIDE = ['buy', 'sell'] as const;
const OF_ORDER = { ts: 'count', instrument: 'count', orderId: 'count' } as const;
const OF_REQUEST = { ts: 'count', instrument: 'count', requestId: 'count' } as const;

/** Every message type's number in the binary form: position in this list. Append only: it is part of every digest. */
export const MESSAGE_TYPES: readonly Message['type'][] = [
  'OrderAccepted',
  'OrderRejected',
  'OrderCanceled',
  'OrderExpired',
  'OrderFilled',
  'FundingCharged',
  'PredictionReady',
  'PredictionFailed',
  'TimerFired',
  'SubmitOrder',
  'CancelOrder',
  'RequestPrediction',
  'SetTimer',
  'OrderDenied',
  'TradingHalted',
  'PositionLiquidated',
  'OrderAmended',
  'AmendRejected',
  'LeverageChanged',
  'LeverageRejected',
  'AmendOrder',
  'SetLeverage',
];
/** The number, behind those of {@link MESSAGE_TYPES}, of a SubmitOrder that has terms: one without keeps the bytes that it always had. */
export const SUBMIT_WITH_TERMS = 1000;

/** The fields of an order's terms, in the order in which both forms hold them. */
export const TERMS_SCHEMA: Readonly<Record<keyof OrderTerms, FieldKind>> = {
  positionSide: ['both', 'long', 'short'],
  workingType: ['contract_price', 'mark_price'],
  priceProtect: 'boolean',
  closePosition: 'boolean',
  callbackRate: 'int?',
  goodTillDate: 'int?',
};

/**
 * The fields of each message in the order in which both forms of the journal hold them. The compiler sees to it that no
 * field of a type is missing here. Lists of words are append-only: a word's number is its position.
 */
export const MESSAGE_SCHEMAS: { readonly [Type in Message['type']]: MessageSchema<Type> } = {
  OrderAccepted: OF_ORDER,
  OrderRejected: {
    ...OF_ORDER,
    reason: [
      'post_only_would_take',
      'reduce_only',
      'insufficient_margin',
      'would_trigger',
      'filter',
      'too_late',
      'venue',
      'halted',
      'fok_not_filled',
      'max_position',
      'max_orders',
      'max_conditional_orders',
      'price_band',
      'position_side',
      'in_liquidation',
    ],
  },
  OrderCanceled: {
    ...OF_ORDER,
    reason: ['requested', 'other_filled', 'parent_gone', 'position_closed', 'venue', 'liquidation', 'delisted', 'amended_away'],
  },
  OrderExpired: {
    ...OF_ORDER,
    reason: ['not_filled', 'reduce_only', 'venue', 'good_till_date', 'position_gone', 'insufficient_margin', 'take_bound'],
  },
  OrderFilled: {
    ...OF_ORDER,
    fill: 'count',
    qty: 'int',
    price: 'count',
    reference: 'count',
    fee: 'int',
    isMaker: 'boolean',
    isDone: 'boolean',
  },
  FundingCharged: { ts: 'count', instrument: 'count', time: 'count', rate: 'int', mark: 'count', amount: 'int' },
  PredictionReady: { ...OF_REQUEST, modelHash: 'text', values: 'numbers' },
  PredictionFailed: { ...OF_REQUEST, reason: 'text' },
  TimerFired: { ts: 'count', instrument: 'count', timerId: 'count' },
  SubmitOrder: {
    ...OF_ORDER,
    side: SIDE,
    orderType: ['market', 'limit', 'stop_market', 'take_profit_market', 'stop', 'take_profit', 'trailing_stop_market'],
    qty: 'count',
    price: 'int?',
    trigger: 'int?',
    timeInForce: ['gtc', 'ioc', 'gtx', 'fok', 'gtd'],
    reduceOnly: 'boolean',
    parent: 'int?',
    terms: 'terms?',
  },
  CancelOrder: OF_ORDER,
  PositionLiquidated: {
    ts: 'count',
    instrument: 'count',
    cause: ['margin', 'adl', 'delisting'],
    positionSide: ['both', 'long', 'short'],
    qty: 'int',
    price: 'count',
    mark: 'count',
    fee: 'int',
    absorbed: 'count',
  },
  OrderAmended: { ...OF_ORDER, qty: 'count', price: 'count' },
  AmendRejected: { ...OF_ORDER, reason: ['not_a_limit_order', 'unchanged', 'filter', 'price_band', 'insufficient_margin', 'venue'] },
  LeverageChanged: { ts: 'count', instrument: 'count', leverage: 'count' },
  LeverageRejected: { ts: 'count', instrument: 'count', leverage: 'count', reason: ['out_of_range', 'position_too_large', 'venue'] },
  AmendOrder: { ...OF_ORDER, qty: 'count', price: 'count' },
  SetLeverage: { ts: 'count', instrument: 'count', leverage: 'count' },
  RequestPrediction: { ...OF_REQUEST, modelId: 'text', input: 'numbers' },
  SetTimer: { ts: 'count', instrument: 'count', timerId: 'count', due: 'int' },
  OrderDenied: {
    ts: 'count',
    instrument: 'count',
    reason: [
      'halted',
      'below_min_quantity',
      'above_max_quantity',
      'below_min_notional',
      'above_max_leverage',
      'would_trigger',
      'bad_price',
      'bad_quantity',
      'too_many_orders',
      'price_out_of_range',
      'price_band',
      'bad_terms',
      'too_many_conditional_orders',
      'not_in_universe',
      'not_trading',
    ],
    side: SIDE,
    qty: 'int',
  },
  TradingHalted: { ts: 'count', reason: ['bankrupt'] },
};
