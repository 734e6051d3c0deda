import type { SubmitOrder } from '../messages.ts';

/** An order on the simulated venue's side. Orders are never changed in place, so that two paths can be tried from one book. */
export interface WorkingOrder {
  readonly command: SubmitOrder;
  /** +1 buys, −1 sells. */
  readonly sign: 1 | -1;
  /** Asleep behind its parent. */
  readonly isDormant: boolean;
  /** Met a candle before this one; a newcomer meets the open as the price on arrival. */
  readonly isResting: boolean;
}

export function workingOrder(command: SubmitOrder): WorkingOrder {
  return { command, sign: command.side === 'buy' ? 1 : -1, isDormant: command.parent !== null, isResting: false };
}

/** Whether the order must not take. Only a limit order of its own can be post-only: a stop takes by its nature, a child works as gtc. */
export function isPostOnly(command: SubmitOrder): boolean {
  return command.timeInForce === 'gtx' && command.orderType === 'limit' && command.parent === null;
}

/** Whether the order ends on arrival if it finds nothing; again only a limit order of its own. */
export function isImmediateOrCancel(command: SubmitOrder): boolean {
  return command.timeInForce === 'ioc' && command.orderType === 'limit' && command.parent === null;
}
