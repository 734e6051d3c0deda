import type { Fact, InstrumentDesk, OrderId } from '@orrery/core';

/**
 * What a strategy with brackets remembers of one symbol. An order that was sent has not been filled yet, and a candle in
 * which nothing is traded lets both the entry and the exit wait: without this, each further candle would ask once more.
 */
export interface OrdersUnderWay {
  /** The bracket's entry, from its sending to its end. */
  entry: OrderId | null;
  /** Whether going flat has been asked for. */
  isClosing: boolean;
}

export function noOrders(): OrdersUnderWay {
  return { entry: null, isClosing: false };
}

/** Whether the strategy may act: neither an entry nor an exit is waiting for its fill. */
export function isIdle(state: OrdersUnderWay, desk: InstrumentDesk): boolean {
  // Flat again, be it by the exit or because the stop was hit first: there is nothing left to close.
  if (desk.isFlat) state.isClosing = false;
  return !state.isClosing && (state.entry === null || !desk.isFlat);
}

/** Goes flat, once. */
export function close(state: OrdersUnderWay, desk: InstrumentDesk): void {
  state.isClosing = true;
  desk.close();
}

/** Follows what becomes of the orders. A report that comes twice says nothing new. */
export function follow(state: OrdersUnderWay, fact: Fact): void {
  switch (fact.type) {
    case 'OrderFilled':
      if (fact.orderId === state.entry && fact.isDone) state.entry = null;
      return;
    case 'OrderRejected':
    case 'OrderExpired':
      if (fact.orderId === state.entry) state.entry = null;
      // Perhaps it was the exit: then it has to be asked for again at the next candle.
      else state.isClosing = false;
      return;
    case 'OrderCanceled':
      if (fact.orderId === state.entry) state.entry = null;
      return;
    case 'OrderAccepted':
    case 'FundingCharged':
    case 'PredictionReady':
    case 'PredictionFailed':
    case 'TimerFired':
      return;
    default:
      throw new TypeError(`unknown fact ${String(fact satisfies never)}`);
  }
}
