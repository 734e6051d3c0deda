import type { Message } from '../messages.ts';

/** How a field of a message is written and checked. `int` is a safe integer, `count` one from 0, `int?` may be null. */
export type FieldKind = 'int' | 'int?' | 'count' | 'boolean' | 'text' | 'numbers' | readonly string[];
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
];

/**
 * The fields of each message in the order in which both forms of the journal hold them. The compiler sees to it that no
 * field of a type is missing here. Lists of words are append-only: a word's number is its position.
 */
export const MESSAGE_SCHEMAS: { readonly [Type in Message['type']]: MessageSchema<Type> } = {
  OrderAccepted: OF_ORDER,
  OrderRejected: {
    ...OF_ORDER,
    reason: ['post_only_would_take', 'reduce_only', 'insufficient_margin', 'would_trigger', 'filter', 'too_late', 'venue'],
  },
  OrderCanceled: { ...OF_ORDER, reason: ['requested', 'other_filled', 'parent_gone', 'position_closed', 'venue'] },
  OrderExpired: { ...OF_ORDER, reason: ['not_filled', 'reduce_only', 'venue'] },
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
    orderType: ['market', 'limit', 'stop_market', 'take_profit_market'],
    qty: 'count',
    price: 'int?',
    trigger: 'int?',
    timeInForce: ['gtc', 'ioc', 'gtx'],
    reduceOnly: 'boolean',
    parent: 'int?',
  },
  CancelOrder: OF_ORDER,
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
    ],
    side: SIDE,
    qty: 'int',
  },
  TradingHalted: { ts: 'count', reason: ['bankrupt'] },
};
