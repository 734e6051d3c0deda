import type { VenueAssumptions } from './assumptions.ts';
import { Lane, type LaneStart, type Path } from './lane.ts';
import { LaneOrders, type Affords } from './lane-orders.ts';
import { Liquidator } from './liquidator.ts';
import type { PendingChange } from './pending-change.ts';
import { againstSide, limitHit, triggerHit } from './price-rules.ts';
import type { Purse } from './purse.ts';
import { advanced, trailingTrigger, triggerLevel, workingPrice } from './triggers.ts';
import type { WalkEvent } from './walk-event.ts';
import { kindOf, looksAtMark, type WorkingOrder } from './working-order.ts';

/** Everything that a walk needs besides its lanes. */
export interface WalkSetup {
  readonly assumptions: VenueAssumptions;
  readonly purse: Purse;
  readonly affords: readonly Affords[];
  /** Whether the margin is looked at on the way; without it nothing can be liquidated. */
  readonly watchesMargin: boolean;
  /** Cancellations and amendments that arrive in this candle, by lane. */
  readonly changes: readonly (readonly PendingChange[])[];
}

/** Where one path through a candle ends. */
export interface Outcome {
  readonly lanes: readonly Lane[];
  readonly purse: Purse;
  readonly events: readonly WalkEvent[];
  /** Wallet plus open profit at the closes, sats: what one path is better or worse by. */
  readonly value: number;
  readonly liquidations: number;
}

/** What a lane meets next, and where on the leg. */
interface Next {
  readonly lane: number;
  readonly progress: number;
  readonly order: WorkingOrder | null;
  readonly change: PendingChange | null;
  /** Traded price at which it happens, in ticks: whole, but for moments of the mark price. */
  readonly at: number;
}

/**
 * Walks one instrument, or several in step, through one candle along one path (FILL, LIQ and LAT rules). What it starts from is not
 * changed, so that two paths can be tried. Invariant: between two events prices are linear, so the next event is the nearest one.
 */
export class CandleWalk {
  readonly #setup: WalkSetup;
  readonly #purse: Purse;
  readonly #lanes: readonly Lane[];
  readonly #orders: readonly LaneOrders[];
  readonly #events: WalkEvent[] = [];
  readonly #liquidator: Liquidator;
  readonly #changed: Set<PendingChange> = new Set();

  constructor(starts: readonly LaneStart[], setup: WalkSetup) {
    this.#setup = setup;
    this.#purse = { ...setup.purse };
    this.#lanes = starts.map((start) => new Lane(start));
    this.#orders = this.#lanes.map((lane, k) => new LaneOrders(lane, this.#purse, setup.assumptions, setup.affords[k], this.#events));
    this.#liquidator = new Liquidator(this.#lanes, this.#orders, this.#purse, this.#events);
  }

  run(path: Path): Outcome {
    this.#open();
    for (let turn = 0; turn < 3; turn++) {
      for (const lane of this.#lanes) lane.turnTo(turn, path);
      for (const lane of this.#lanes) this.#trail(lane);
      this.#walkLeg();
    }
    let value = this.#purse.wallet;
    for (const { legs, instrument, start } of this.#lanes) {
      for (const { qty, cost } of legs) value += qty * start.candle.close * instrument.tickLotSats - cost;
    }
    return { lanes: this.#lanes, purse: this.#purse, events: this.#events, value, liquidations: this.#liquidator.count };
  }

  /** The open: margin first, then resting orders that it lies beyond and newcomers, by lane and then by id (LIQ-3). */
  #open(): void {
    for (const lane of this.#lanes) {
      lane.progress = 0;
      this.#expire(lane);
    }
    if (this.#setup.watchesMargin) this.#liquidator.settle();
    for (const [k, lane] of this.#lanes.entries()) {
      if (lane.start.volume === 0) continue;
      for (const order of lane.book) {
        if (order.isDormant || !this.#orders[k].has(order) || this.#isUnderWay(lane, order)) continue;
        if (order.isResting) this.#reopen(k, order);
        else this.#arrive(k, order);
      }
    }
  }
  /** At or before the candle's open nothing is under way any more. */
  #isUnderWay(lane: Lane, order: WorkingOrder): boolean {
    return !order.isResting && order.arrival > lane.start.openTs;
  }
  #arrive(k: number, order: WorkingOrder): void {
    const lane = this.#lanes[k];
    this.#orders[k].arrive(order);
    const settled = lane.book.find(({ command }) => command.orderId === order.command.orderId);
    if (settled !== undefined && kindOf(settled) === 'trigger') this.#orders[k].meet(settled);
  }
  #reopen(k: number, order: WorkingOrder): void {
    const lane = this.#lanes[k];
    const kind = kindOf(order);
    if (kind === 'trigger') this.#orders[k].meet(order);
    else if (kind === 'trailing') {
      const level = trailingTrigger(order, lane);
      const now = workingPrice(order, lane);
      if (order.sign > 0 ? now >= level : now <= level) this.#orders[k].trigger(order, againstSide(order.sign, lane.at));
      else lane.replace(order, { ...order, best: advanced(order, lane, now) });
    } else this.#orders[k].reopen(order);
  }
  #expire(lane: Lane): void {
    const orders = this.#orders[this.#lanes.indexOf(lane)];
    for (const order of lane.book) {
      if (order.expires <= lane.start.openTs && orders.has(order) && order.isAccepted && !order.isDormant)
        orders.end({ kind: 'expired', order, reason: 'good_till_date' });
    }
  }

  /** A leg that leads to better prices carries trailing stops along; one that leads back finds them where they then stand. */
  #trail(lane: Lane): void {
    for (const order of lane.book) {
      if (order.isDormant || !order.isResting || kindOf(order) !== 'trailing') continue;
      const ahead = looksAtMark(order.command) ? lane.markTo : lane.to;
      const best = advanced(order, lane, ahead);
      if (best !== order.best && !Number.isNaN(best)) lane.replace(order, { ...order, best });
    }
  }

  /** Moves all lanes from event to event until nothing is met any more before the leg ends. */
  #walkLeg(): void {
    let progress = 0;
    for (;;) {
      const next = this.#next(progress);
      if (this.#setup.watchesMargin) {
        const at = this.#liquidator.between(progress, next === null ? 1 : next.progress, next !== null);
        if (at !== null) {
          this.#moveTo(at);
          this.#liquidator.settle();
          progress = at;
          continue;
        }
      }
      if (next === null) {
        this.#moveTo(1);
        return;
      }
      progress = next.progress;
      this.#moveTo(progress);
      this.#lanes[next.lane].at = next.at;
      this.#happen(next);
    }
  }
  #moveTo(progress: number): void {
    for (const lane of this.#lanes) {
      if (lane.progress === progress) continue;
      lane.progress = progress;
      lane.at = lane.tradedAt(progress);
    }
  }

  #happen({ lane: k, order, change }: Next): void {
    const lane = this.#lanes[k];
    if (change !== null) {
      this.#changed.add(change);
      change.apply(lane, this.#orders[k], this.#events);
      return;
    }
    if (order === null) return;
    if (!order.isResting) this.#arrive(k, order);
    else if (kindOf(order) === 'limit') {
      this.#orders[k].execute(order, againstSide(order.sign, lane.at), true);
      this.#orders[k].wake();
    } else this.#orders[k].trigger(order, againstSide(order.sign, lane.at));
  }

  /** The nearest event of all lanes; ties by lane, then by id, as the books are ordered. */
  #next(progress: number): Next | null {
    let found: Next | null = null;
    for (let k = 0; k < this.#lanes.length; k++) {
      const lane = this.#lanes[k];
      for (const change of this.#setup.changes[k]) {
        if (this.#changed.has(change)) continue;
        const at = arrivalOn(lane, change.arrival, progress);
        if (at !== null && (found === null || at < found.progress))
          found = { lane: k, progress: at, order: null, change, at: lane.tradedAt(at) };
      }
      if (lane.start.volume === 0) continue;
      for (const order of lane.book) {
        const met = order.isDormant ? null : this.#meeting(lane, order, progress);
        if (met !== null && (found === null || met.progress < found.progress)) found = { lane: k, order, change: null, ...met };
      }
    }
    return found;
  }

  /** Where on the rest of the leg an order is met, or null. */
  #meeting(lane: Lane, order: WorkingOrder, progress: number): { readonly progress: number; readonly at: number } | null {
    if (!order.isResting) {
      const at = arrivalOn(lane, order.arrival, progress);
      return at === null ? null : { progress: at, at: againstSide(order.sign, lane.tradedAt(at)) };
    }
    if (lane.blocked.has(order.command.orderId)) return null;
    const kind = kindOf(order);
    if (kind === 'market') return null;
    if (kind === 'limit') {
      if (lane.room === 0) return null;
      const level = limitHit(order, lane.at, lane.to, this.#setup.assumptions.limitFill === 'touch');
      return level === null ? null : { progress: lane.progressOf(level), at: level };
    }
    const level = kind === 'trailing' ? trailingTrigger(order, lane) : triggerLevel(order, lane);
    const isMark = looksAtMark(order.command);
    const now = isMark ? lane.markAt(progress) : lane.at;
    const to = isMark ? lane.markTo : lane.to;
    const hit = kind === 'trailing' ? trailingHit(order, level, now, to) : triggerHit(order, level, now, to);
    if (hit === null) return null;
    if (!isMark) return { progress: lane.progressOf(hit), at: hit };
    const at = lane.progressOfMark(hit);
    return { progress: at, at: lane.tradedAt(at) };
  }
}

/** A trailing sell is met by what falls, a buy by what rises; its level is NaN before its activation, which nothing meets. */
function trailingHit({ sign }: WorkingOrder, level: number, now: number, to: number): number | null {
  if (sign < 0) return to <= level ? Math.min(now, level) : null;
  return to >= level ? Math.max(now, level) : null;
}

/** The part of the leg at which something arrives that was under way at its beginning: each leg takes a third of the candle (LAT-2). */
function arrivalOn(lane: Lane, arrival: number, progress: number): number | null {
  const { openTs, intervalMs } = lane.start;
  const part = ((arrival - openTs) / intervalMs) * 3 - lane.turn;
  return part >= 0 && part < 1 ? Math.max(progress, part) : null;
}
