import { formatPrice, formatQuantity, type Instrument } from '../market/instrument.ts';
import type { Message, SubmitOrder } from '../messages.ts';
import type { Lots, Ticks } from '../units.ts';

/** A message in a few words for a table; null for what a reader can do without. */
export function messageWords(message: Message, instrument: Instrument): string | null {
  const price = (ticks: Ticks): string => formatPrice(instrument, ticks);
  switch (message.type) {
    case 'SubmitOrder':
      return `sends ${orderWords(message, instrument)}`;
    case 'CancelOrder':
      return `cancels #${message.orderId}`;
    case 'RequestPrediction':
      return `asks ${message.modelId}`;
    case 'SetTimer':
      return 'sets a timer';
    case 'OrderDenied':
      return `is denied: ${message.reason}`;
    case 'TradingHalted':
      return `trading halted: ${message.reason}`;
    case 'OrderFilled': {
      const side = message.qty > 0 ? 'bought' : 'sold';
      return `#${message.orderId} ${side} ${quantity(instrument, message.qty)} at ${price(message.price)}`;
    }
    case 'OrderRejected':
    case 'OrderCanceled':
    case 'OrderExpired':
      return `#${message.orderId} ${message.type.slice('Order'.length).toLowerCase()}: ${message.reason}`;
    case 'FundingCharged':
      return 'funding';
    case 'PositionLiquidated':
      return `liquidated (${message.cause}): ${quantity(instrument, message.qty)} at ${price(message.price)}`;
    case 'AmendOrder':
      return `changes #${message.orderId} to ${quantity(instrument, message.qty)} at ${price(message.price)}`;
    case 'OrderAmended':
      return `#${message.orderId} changed`;
    case 'AmendRejected':
      return `#${message.orderId} not changed: ${message.reason}`;
    case 'SetLeverage':
      return `asks for ${message.leverage}×`;
    case 'LeverageChanged':
      return `leverage ${message.leverage}×`;
    case 'LeverageRejected':
      return `leverage ${message.leverage}× refused: ${message.reason}`;
    case 'PredictionReady':
      return `model says ${message.values.join(' ')}`;
    case 'PredictionFailed':
      return 'model fails';
    case 'TimerFired':
      return 'timer fires';
    case 'SignalRaised':
      return `signal ${message.signalId}: ${message.direction} at ${price(message.entry)}`;
    case 'SignalRejected':
      return `signal ${message.signalId} rejected: ${message.reason}`;
    case 'SignalAccepted':
      return `signal ${message.signalId} accepted`;
    case 'BreakerChanged':
      return `breaker ${message.breaker} ${message.cause}: level ${message.to}`;
    case 'VirtualPositionEvent':
      return message.kind === 'PRICE_UPDATED' ? null : `virtual ${message.positionId}: ${message.kind}`;
    case 'OrderAccepted':
      return null;
    default:
      throw new RangeError(`unknown message ${String(message satisfies never)}`);
  }
}

function orderWords(order: SubmitOrder, instrument: Instrument): string {
  const { orderId, side, orderType, qty, price, trigger, reduceOnly } = order;
  const level = price ?? trigger;
  return [
    `#${orderId} ${side} ${quantity(instrument, qty)}`,
    ...(orderType === 'market' ? [] : [orderType.replaceAll('_', ' ')]),
    ...(level === null ? [] : [`at ${formatPrice(instrument, level)}`]),
    ...(reduceOnly ? ['reduce-only'] : []),
  ].join(' ');
}

function quantity(instrument: Instrument, lots: number): string {
  return formatQuantity(instrument, Math.abs(lots) as Lots);
}
