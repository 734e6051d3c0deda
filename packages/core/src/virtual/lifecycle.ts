import type { VirtualPositionEvent } from '../messages.ts';
import type { VirtualEventKind } from './event-kinds.ts';

/**
 * How far a virtual position's life has come (VIRT-2): before its first event, open and near neither, one or both of its levels, told
 * how it ended, closed.
 */
export type LifeState = 'unborn' | 'open' | 'near_target' | 'near_stop' | 'near_both' | 'ended' | 'closed';

/** The state after an event of this kind; null where that event may not follow. */
export function nextLifeState(state: LifeState, kind: VirtualEventKind): LifeState | null {
  switch (kind) {
    case 'CREATED':
      return state === 'unborn' ? 'open' : null;
    case 'PRICE_UPDATED':
    case 'MAX_PNL_UPDATED':
    case 'MIN_PNL_UPDATED':
      return isOpen(state) ? state : null;
    case 'NEAR_TAKE_PROFIT':
      if (state === 'open') return 'near_target';
      return state === 'near_stop' ? 'near_both' : null;
    case 'NEAR_STOP_LOSS':
      if (state === 'open') return 'near_stop';
      return state === 'near_target' ? 'near_both' : null;
    case 'TAKE_PROFIT_HIT':
    case 'STOP_LOSS_HIT':
    case 'EXPIRED':
    case 'FORCED_CLOSE':
      return isOpen(state) ? 'ended' : null;
    case 'CLOSED':
      return state === 'ended' ? 'closed' : null;
    default:
      return kind satisfies never;
  }
}
function isOpen(state: LifeState): boolean {
  return state !== 'unborn' && state !== 'ended' && state !== 'closed';
}

interface Life {
  state: LifeState;
  last: VirtualPositionEvent;
}

/**
 * Holds the events of a run to VIRT-2, position by position: legal order, nothing after CLOSED, one instrument and direction, time
 * that does not go back, levels that move only where a cause says so, and a CLOSED that repeats how the position ended.
 */
export class LifeChecker {
  readonly #lives: Map<number, Life> = new Map();
  #open = 0;

  /** Positions that have begun and are not closed. */
  get open(): number {
    return this.#open;
  }

  /** What is wrong with the next event, as one line; null when nothing is. A wrong event is left out of what follows. */
  check(event: VirtualPositionEvent): string | null {
    const { positionId, kind } = event;
    const life = this.#lives.get(positionId);
    const state = nextLifeState(life?.state ?? 'unborn', kind);
    if (state === null) {
      const before = life === undefined ? 'nothing before it' : `${life.last.kind} before it`;
      return `virtual position ${positionId}: ${kind} at ${event.ts} may not come with ${before}`;
    }
    const fault = life === undefined ? null : contradiction(life.last, event);
    if (fault !== null) return `virtual position ${positionId}: ${kind} at ${event.ts} ${fault}`;
    if (life === undefined) this.#lives.set(positionId, { state, last: event });
    else {
      life.state = state;
      life.last = event;
    }
    if (kind === 'CREATED') this.#open += 1;
    if (kind === 'CLOSED') this.#open -= 1;
    return null;
  }
}

function contradiction(last: VirtualPositionEvent, next: VirtualPositionEvent): string | null {
  if (next.instrument !== last.instrument) return `is of instrument ${next.instrument}, not ${last.instrument}`;
  if (next.direction !== last.direction) return `is ${next.direction}, not ${last.direction}`;
  if (next.ts < last.ts) return `is older than the event before it, of ${last.ts}`;
  if (next.kind === 'CLOSED' && (next.price !== last.price || next.pnl !== last.pnl || next.cause !== last.cause)) {
    return `does not repeat price, return and cause of ${last.kind}`;
  }
  const movesStop = next.cause === 'breakeven' || next.cause === 'trailed';
  if (next.stop !== last.stop && !movesStop) return `moves the stop from ${last.stop} to ${next.stop} without a cause`;
  if (next.target !== last.target && next.cause !== 'target_extended') {
    return `moves the target from ${last.target} to ${next.target} without a cause`;
  }
  return null;
}
