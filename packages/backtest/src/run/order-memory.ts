import type { ExitReason, OrderType, SubmitOrder } from '@orrery/core';

const REASONS: Readonly<Record<OrderType, ExitReason>> = {
  market: 'signal',
  limit: 'limit',
  stop_market: 'stop',
  stop: 'stop',
  take_profit_market: 'take_profit',
  take_profit: 'take_profit',
  trailing_stop_market: 'trailing_stop',
};
const EXITS: readonly ExitReason[] = [...new Set(Object.values(REASONS))];
const SHORT = 128;

/** What a fill does not say of its order: its type, and the position that it works on. One byte an order, by its id. */
export class OrderMemory {
  #bytes: Uint8Array = new Uint8Array(1024);

  remember({ orderId, orderType, terms }: SubmitOrder): void {
    if (orderId >= this.#bytes.length) {
      const grown = new Uint8Array(Math.max(this.#bytes.length * 2, orderId + 1));
      grown.set(this.#bytes);
      this.#bytes = grown;
    }
    this.#bytes[orderId] = EXITS.indexOf(REASONS[orderType]) + (terms?.positionSide === 'short' ? SHORT : 0);
  }
  /** Why a position ends where this order closes it. */
  exitReason(orderId: number): ExitReason {
    return EXITS[(this.#bytes[orderId] ?? 0) % SHORT] ?? 'signal';
  }
  /** 'short' for the short position of hedge mode, 'both' for every other. */
  positionSide(orderId: number): 'both' | 'short' {
    return (this.#bytes[orderId] ?? 0) >= SHORT ? 'short' : 'both';
  }
}
