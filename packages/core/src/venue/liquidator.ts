import { applyRate } from '../ledger/exact.ts';
import { sideOfLeg } from '../ledger/slots.ts';
import type { Lots, PriceE8, Sats, Ticks } from '../units.ts';
import { bracketOf, maintenanceMargin } from './brackets.ts';
import type { Lane } from './lane.ts';
import type { LaneOrders } from './lane-orders.ts';
import { fillLeg, type Leg } from './leg.ts';
import { againstSide } from './price-rules.ts';
import { crossWallet, type Purse } from './purse.ts';
import type { WalkEvent } from './walk-event.ts';

const E8 = 100_000_000;
/** Halvings of a leg that leave no double between its ends. */
const HALVINGS = 60;

/** Watches the margin of all lanes while they are walked, and closes positions when it does not suffice (LIQ rules). */
export class Liquidator {
  count = 0;
  readonly #lanes: readonly Lane[];
  readonly #orders: readonly LaneOrders[];
  readonly #purse: Purse;
  readonly #events: WalkEvent[];

  constructor(lanes: readonly Lane[], orders: readonly LaneOrders[], purse: Purse, events: WalkEvent[]) {
    this.#lanes = lanes;
    this.#orders = orders;
    this.#purse = purse;
    this.#events = events;
  }

  /**
   * The first part of the leg after `from` at which something is liquidated, or null when it is not before `to`. At the very point
   * of an order's own event the order comes first.
   */
  between(from: number, to: number, isEventAtEnd: boolean): number | null {
    let first: number | null = null;
    const consider = (slack: (progress: number) => number): void => {
      const at = crossing(slack, from, to, isEventAtEnd);
      if (at !== null && (first === null || at < first)) first = at;
    };
    if (this.#hasCross()) consider((progress) => this.#crossSlack(progress));
    for (const lane of this.#lanes) {
      if (!lane.start.isIsolated) continue;
      for (const leg of lane.legs) if (leg.qty !== 0) consider((progress) => lane.slackOf(leg, lane.markAt(progress)));
    }
    return first;
  }

  /** Closes what cannot be carried where the lanes are now. */
  settle(): void {
    for (const [k, lane] of this.#lanes.entries()) {
      if (!lane.start.isIsolated) continue;
      for (const leg of lane.legs) if (leg.qty !== 0 && lane.slackOf(leg, lane.markAt(lane.progress)) <= 0) this.#isolated(k, leg);
    }
    if (this.#hasCross() && this.#slackNow() <= 0) this.#cross();
  }

  #hasCross(): boolean {
    return this.#lanes.some((lane) => !lane.start.isIsolated && lane.isHolding);
  }
  #crossSlack(progress: number): number {
    let slack = crossWallet(this.#purse);
    for (const lane of this.#lanes) if (!lane.start.isIsolated) slack += lane.crossSlack(lane.markAt(progress));
    return slack;
  }
  /** The same where the lanes are. */
  #slackNow(): number {
    let slack = crossWallet(this.#purse);
    for (const lane of this.#lanes) if (!lane.start.isIsolated) slack += lane.crossSlack(lane.markAt(lane.progress));
    return slack;
  }

  #isolated(k: number, leg: Leg): void {
    const lane = this.#lanes[k];
    this.#cancelAll(k);
    while (leg.qty !== 0 && lane.slackOf(leg, lane.markAt(lane.progress)) <= 0) {
      const before = leg.isolated;
      this.#close(k, leg, (realized) => {
        // The loss of what is kept has to be borne as well.
        const kept = Math.round(leg.qty * lane.markAt(lane.progress) * lane.perPrice) - leg.cost;
        return Math.max(0, before + realized + kept);
      });
      this.#purse.isolated += leg.isolated - before;
      if (leg.qty !== 0) continue;
      // What is left of a closed position's wallet goes back to the account; what is missing the insurance fund takes over.
      const rest = leg.isolated;
      leg.isolated = 0;
      this.#purse.isolated -= rest;
      if (rest < 0) this.#absorb(-rest);
    }
  }

  #cross(): void {
    for (const [k, lane] of this.#lanes.entries()) if (!lane.start.isIsolated) this.#cancelAll(k);
    while (this.#hasCross() && this.#slackNow() <= 0) {
      const [k, leg] = this.#largest();
      this.#close(k, leg, (realized) => {
        // What the account is worth once this part is closed: the profit of the others counts.
        let worth = crossWallet(this.#purse) + realized;
        for (const lane of this.#lanes) {
          if (lane.start.isIsolated) continue;
          for (const other of lane.legs) worth += Math.round(other.qty * lane.markAt(lane.progress) * lane.perPrice) - other.cost;
        }
        return Math.max(0, worth);
      });
    }
    if (!this.#hasCross() && crossWallet(this.#purse) < 0) this.#absorb(-crossWallet(this.#purse));
  }
  /** The cross position with the largest maintenance margin; ties by slot (LIQ-5). */
  #largest(): readonly [number, Leg] {
    let found: readonly [number, Leg] | null = null;
    let most = -1;
    // Shorts of hedge mode stand behind all longs.
    for (const side of [0, 1]) {
      for (const [k, lane] of this.#lanes.entries()) {
        const leg = lane.legs[side];
        if (lane.start.isIsolated || leg === undefined || leg.qty === 0) continue;
        const value = Math.round(Math.abs(leg.qty) * lane.markAt(lane.progress) * lane.perPrice);
        const margin = maintenanceMargin(lane.instrument.brackets, value);
        if (margin > most) {
          most = margin;
          found = [k, leg];
        }
      }
    }
    if (found === null) throw new RangeError('nothing is left to close');
    return found;
  }

  /**
   * Closes one step of a position: down to the floor of its bracket, or all of it.
   * @param left what there is to pay the clearance fee from, given the profit of this part
   */
  #close(k: number, leg: Leg, left: (realized: number) => number): void {
    const lane = this.#lanes[k];
    const { instrument } = lane;
    const mark = lane.markAt(lane.progress);
    const size = Math.abs(leg.qty);
    const value = Math.round(size * mark * lane.perPrice);
    const floor = instrument.brackets.floor[bracketOf(instrument.brackets, value)];
    // In the lowest bracket all of it; above, as many lots as bring the value below the floor.
    const kept = floor === 0 ? 0 : Math.max(0, Math.min(size - 1, Math.floor((floor - 1) / (mark * lane.perPrice))));
    const sign = leg.qty > 0 ? -1 : 1;
    const qty = sign * (size - kept);
    const price = Math.max(1, againstSide(sign, lane.at));
    const unit = price * instrument.tickLotSats;
    // The loss is the position's own, so nothing of what is set aside for it is given back.
    const setAside = leg.isolated;
    const realized = fillLeg(leg, { qty, unit, isolatedLeverage: 0 });
    leg.isolated = setAside;
    const fee = Math.min(applyRate((Math.abs(qty) * unit) as Sats, instrument.liquidationFee), Math.floor(left(realized)));
    if (lane.start.isIsolated) leg.isolated += realized - fee;
    this.#purse.wallet += realized - fee;
    this.count += 1;
    this.#events.push({
      kind: 'liquidated',
      instrument: instrument.id,
      cause: 'margin',
      positionSide: sideOfLeg(lane.legs.indexOf(leg), lane.legs.length),
      qty: qty as Lots,
      price: price as Ticks,
      mark: Math.round(mark * E8) as PriceE8,
      fee: fee as Sats,
      absorbed: 0 as Sats,
    });
  }

  /** The last closing bears what the fund took over. */
  #absorb(amount: number): void {
    this.#purse.wallet += amount;
    for (let k = this.#events.length - 1; k >= 0; k--) {
      const event = this.#events[k];
      if (event.kind !== 'liquidated') continue;
      this.#events[k] = { ...event, absorbed: amount as Sats };
      return;
    }
  }

  #cancelAll(k: number): void {
    const lane = this.#lanes[k];
    for (const order of lane.book) {
      if (this.#orders[k].has(order)) this.#orders[k].end({ kind: 'canceled', order, reason: 'liquidation' });
    }
  }
}

/** The first point in [from, to] at which a concave slack is at or below 0; a point that an event claims is the event's. */
function crossing(slack: (progress: number) => number, from: number, to: number, isEventAtEnd: boolean): number | null {
  if (slack(from) <= 0) return isEventAtEnd && from === to ? null : from;
  const end = slack(to);
  if (end > 0 || (end === 0 && isEventAtEnd)) return null;
  let low = from;
  let high = to;
  for (let k = 0; k < HALVINGS; k++) {
    const middle = (low + high) / 2;
    if (middle <= low || middle >= high) break;
    if (slack(middle) <= 0) high = middle;
    else low = middle;
  }
  return high;
}
