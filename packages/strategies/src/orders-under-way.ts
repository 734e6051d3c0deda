import type { Fact, InstrumentDesk, OrderId } from '@orrery/core';

/**
 * What a strategy with brackets remembers of one symbol. An order that was sent has not been filled yet, and a candle in
 * which nothing is traded lets it wait: without this, each further candle would enter once more.
 */
export interface OrdersUnderWay {
  /** The bracket's entry, from its sending to its end. */
  entry: OrderId | null;
}

export function noOrders(): OrdersUnderWay {
  return { entry: null };
}

/** Whether nothing is held, though an entry is on its way. */
export function isEntering(state: OrdersUnderWay, desk: InstrumentDesk): boolean {
  return state.entry !== null && desk.isFlat;
}

/** Follows what becomes of the entry. A report that comes twice says nothing new. */
export function follow(state: OrdersUnderWay, fact: Fact): void {
  switch (fact.type) {
    case 'OrderFilled':
      if (fact.orderId === state.entry && fact.isDone) state.entry = null;
      return;
    case 'OrderRejected':
    case 'OrderExpired':
    case 'OrderCanceled':
      if (fact.orderId === state.entry) state.entry = null;
      return;
    case 'OrderAccepted':
    case 'FundingCharged':
    case 'PositionLiquidated':
    case 'OrderAmended':
    case 'AmendRejected':
    case 'LeverageChanged':
    case 'LeverageRejected':
    case 'PredictionReady':
    case 'PredictionFailed':
    case 'TimerFired':
      return;
    default:
      throw new TypeError(`unknown fact ${String(fact satisfies never)}`);
  }
}
