import { InvariantError } from '../engine/invariant.ts';
import type { Sink } from '../engine/queue.ts';
import type { VirtualCause, VirtualPositionEvent } from '../messages.ts';
import type { VirtualEventKind } from './event-kinds.ts';
import type { EpochMs, InstrumentId, RateE8, Ticks } from '../units.ts';
import { ASKED_50, ASKED_80, ENTERED, NEAR_STOP, NEAR_TARGET, Positions, WAITS_50, WAITS_80, WAITS_TARGET } from './positions.ts';
import { EXTENSION, GRADES, NEAR_SHARE, sparedLooks, statisticalProbability, THRESHOLDS, type VirtualQuestionKind } from './rules.ts';
import type { VirtualSettings } from './settings.ts';
import { WinRate } from './win-rate.ts';

/** A signal that is to be mirrored. */
export interface VirtualDraft {
  readonly instrument: InstrumentId;
  /** Id of the signal; one that is open already is not opened again. */
  readonly positionId: number;
  readonly ts: EpochMs;
  readonly direction: 1 | -1;
  readonly entry: Ticks;
  readonly stop: Ticks;
  readonly target: Ticks;
}
/** What a position wants to know of a model. */
export interface VirtualQuestion {
  readonly positionId: number;
  readonly instrument: InstrumentId;
  readonly direction: 1 | -1;
  readonly kind: VirtualQuestionKind;
}

type Out = Sink<VirtualPositionEvent>;
const NO_QUESTIONS: readonly VirtualQuestion[] = [];
const WAITS = { graded_50: WAITS_50, graded_80: WAITS_80, near_target: WAITS_TARGET } as const;

/**
 * Mirrors of signals, led through the eleven events of their life by candles alone (VIRT rules). One pass a frame goes over all that
 * are open. Prices are in ticks.
 */
export class VirtualBook {
  readonly #settings: VirtualSettings;
  readonly #positions: Positions = new Positions();
  readonly #winRate: WinRate = new WinRate();
  /** Candle of this frame by instrument, and whether there is one. */
  readonly #openPrice: Float64Array;
  readonly #high: Float64Array;
  readonly #low: Float64Array;
  readonly #close: Float64Array;
  readonly #shown: Uint8Array;
  /** Longs and shorts by instrument: [2 · instrument + (1 for shorts)]. */
  readonly #counts: Uint32Array;
  #questions: VirtualQuestion[] = [];
  #looks = 0;
  #sparedLooks = 0;

  constructor(instruments: number, settings: VirtualSettings) {
    this.#settings = settings;
    this.#openPrice = new Float64Array(instruments);
    this.#high = new Float64Array(instruments);
    this.#low = new Float64Array(instruments);
    this.#close = new Float64Array(instruments);
    this.#shown = new Uint8Array(instruments);
    this.#counts = new Uint32Array(2 * instruments);
  }

  get open(): number {
    return this.#positions.count;
  }
  /** How many of a direction are open on an instrument. */
  openOf(instrument: InstrumentId, direction: 1 | -1): number {
    return this.#counts[2 * instrument + (direction === 1 ? 0 : 1)];
  }
  /** Share of wins among the last closed ones, in (0,1). */
  get winRate(): number {
    return this.#winRate.value;
  }
  levels(positionId: number): { readonly stop: Ticks; readonly target: Ticks } | null {
    const k = this.#positions.place(positionId);
    return k < 0 ? null : { stop: this.#positions.stop[k] as Ticks, target: this.#positions.target[k] as Ticks };
  }
  /** Looks at positions that were made, and that smart monitoring spared. */
  counters(): Readonly<Record<string, number>> {
    return { virtualLooks: this.#looks, virtualLooksSpared: this.#sparedLooks };
  }

  /** The candle of an instrument in this frame; one with a price that is not a number above 0 is as if there was none. */
  show(instrument: InstrumentId, open: number, high: number, low: number, close: number): void {
    if (!(open > 0 && high > 0 && low > 0 && close > 0 && open + high + low + close < Infinity)) return;
    this.#openPrice[instrument] = open;
    this.#high[instrument] = high;
    this.#low[instrument] = low;
    this.#close[instrument] = close;
    this.#shown[instrument] = 1;
  }

  /**
   * Opens a position, which enters at the open of its instrument's next candle: one that was shown before is past for it.
   * @throws InvariantError for levels that are no numbers above 0 on the two sides of the entry, and where other positions have not been
   *   advanced over the candle that was shown last
   */
  add({ instrument, positionId, ts, direction, entry, stop, target }: VirtualDraft, out: Out): void {
    const p = this.#positions;
    const isOrdered = direction * (entry - stop) > 0 && direction * (target - entry) > 0;
    if (!(isOrdered && stop > 0 && target > 0 && stop + target < Infinity)) {
      throw new InvariantError(`virtual position ${positionId} of direction ${direction}: entry ${entry}, stop ${stop}, target ${target}`);
    }
    if (p.place(positionId) >= 0) return;
    if (this.#shown[instrument] !== 0) {
      if (this.openOf(instrument, 1) + this.openOf(instrument, -1) > 0) {
        throw new InvariantError(`virtual position ${positionId} was added before the others of instrument ${instrument} were advanced`);
      }
      // Left from a time when there was nothing to advance.
      this.#shown[instrument] = 0;
    }
    const k = p.add(positionId);
    p.instrument[k] = instrument;
    p.direction[k] = direction;
    p.flags[k] = 0;
    p.spared[k] = 0;
    p.since[k] = ts;
    p.entry[k] = entry;
    p.stop[k] = stop;
    p.target[k] = target;
    p.risk[k] = p.reward[k] = p.best[k] = p.worst[k] = 0;
    this.#counts[2 * instrument + (direction === 1 ? 0 : 1)] += 1;
    this.#tell(k, 'CREATED', 'none', entry, ts, out);
  }

  /**
   * One pass over all open positions whose instrument was shown since the last one.
   * @param isCheck whether the monitor's timer has fired: prices are told then
   * @returns what positions ask; the list is good until the next call
   */
  advance(ts: EpochMs, isCheck: boolean, out: Out): readonly VirtualQuestion[] {
    const p = this.#positions;
    this.#questions = NO_QUESTIONS as VirtualQuestion[];
    const shown = this.#shown;
    for (let k = 0; k < p.count;) {
      if (shown[p.instrument[k]] === 0 || !this.#live(k, ts, isCheck, out)) k++;
    }
    shown.fill(0);
    return this.#questions;
  }

  /**
   * The answer to a question; a probability that is null, or none, is replaced by the statistical one.
   * One about a position that is gone, or that was not asked for, changes nothing.
   */
  answer(positionId: number, kind: VirtualQuestionKind, probability: number | null, ts: EpochMs, out: Out): void {
    const p = this.#positions;
    const k = p.place(positionId);
    if (k < 0 || (p.flags[k] & WAITS[kind]) === 0) return;
    p.flags[k] &= ~WAITS[kind];
    const isGiven = probability !== null && probability >= 0 && probability <= 1;
    const chance = isGiven ? probability : this.#statistical(k, kind);
    const instrument = p.instrument[k];
    if (kind !== 'near_target') {
      if (chance < THRESHOLDS[kind]) this.#end(k, 'FORCED_CLOSE', 'graded_stop', this.#close[instrument], ts, out);
      return;
    }
    const target = p.target[k] + p.direction[k] * Math.round(EXTENSION * p.reward[k]);
    // A short's target cannot go below a price of one tick.
    if (chance < THRESHOLDS.near_target || target <= 0) return;
    p.target[k] = target;
    this.#tell(k, 'PRICE_UPDATED', 'target_extended', this.#close[instrument], ts, out);
  }

  /** Closes all positions of an instrument, or all there are, at their last closes. */
  force(instrument: InstrumentId | null, cause: 'breaker' | 'delisted' | 'run_end', ts: EpochMs, out: Out): void {
    const p = this.#positions;
    for (let k = 0; k < p.count;) {
      if (instrument !== null && p.instrument[k] !== instrument) k++;
      else {
        const close = this.#close[p.instrument[k]];
        // It never entered, so nothing was won or lost.
        if ((p.flags[k] & ENTERED) === 0) p.entry[k] = close > 0 ? close : p.entry[k];
        this.#end(k, 'FORCED_CLOSE', cause, close > 0 ? close : p.entry[k], ts, out);
      }
    }
  }

  /** One position and its candle; true when it closed, and another one is in its place. */
  #live(k: number, ts: EpochMs, isCheck: boolean, out: Out): boolean {
    const p = this.#positions;
    if ((p.flags[k] & ENTERED) === 0) this.#enter(k, ts, out);
    const i = p.instrument[k];
    const d = p.direction[k];
    const entry = p.entry[k];
    const high = d > 0 ? this.#high[i] - entry : entry - this.#low[i];
    const low = d > 0 ? this.#low[i] - entry : entry - this.#high[i];
    const stop = d * (p.stop[k] - entry);
    const target = d * (p.target[k] - entry);
    if (low <= stop || high >= target) return this.#leave(k, ts, d * (this.#openPrice[i] - entry), low, stop, target, out);
    const close = d * (this.#close[i] - entry);
    if (high > p.best[k]) this.#better(k, high, ts, out);
    if (low < p.worst[k]) this.#worse(k, low, ts, out);
    const isNewlyNear = high >= NEAR_SHARE * target && this.#nearTarget(k, ts, out);
    if (stop < 0 && low <= NEAR_SHARE * stop) this.#nearStop(k, ts, out);
    if (ts - p.since[k] >= this.#settings.expiryMs) {
      this.#end(k, 'EXPIRED', 'none', this.#close[i], ts, out);
      return true;
    }
    if (close < 0 && this.#settings.gradedStop) this.#grade(k, close);
    if (this.#settings.dynamicLevels) {
      if (isNewlyNear) this.#wonder(k, 'near_target');
      this.#follow(k, stop, ts, out);
    }
    if (isCheck) this.#look(k, close, ts, out);
    return false;
  }

  /** The open is the entry, as it is for a market order that a signal sends. */
  #enter(k: number, ts: EpochMs, out: Out): void {
    const p = this.#positions;
    const entry = this.#openPrice[p.instrument[k]];
    p.flags[k] |= ENTERED;
    p.entry[k] = entry;
    p.risk[k] = Math.max(1, p.direction[k] * (entry - p.stop[k]));
    p.reward[k] = Math.max(1, p.direction[k] * (p.target[k] - entry));
    this.#tell(k, 'PRICE_UPDATED', 'entered', entry, ts, out);
  }

  /** The candle reaches a level: at the open beyond it, else at the level; the stop where it reaches both (VIRT-4). */
  #leave(k: number, ts: EpochMs, open: number, low: number, stop: number, target: number, out: Out): true {
    const p = this.#positions;
    const isStop = open <= stop || (low <= stop && open < target);
    const gain = isStop ? Math.min(open, stop) : Math.max(open, target);
    // The low may have come before the target, unless the open was beyond it.
    const worst = isStop || open >= target ? gain : low;
    if (worst < p.worst[k]) this.#worse(k, worst, ts, out);
    if (isStop) {
      if (stop < 0) this.#nearStop(k, ts, out);
    } else {
      if (gain > p.best[k]) this.#better(k, gain, ts, out);
      this.#nearTarget(k, ts, out);
    }
    this.#end(k, isStop ? 'STOP_LOSS_HIT' : 'TAKE_PROFIT_HIT', 'none', priceAt(p, k, gain), ts, out);
    return true;
  }

  #better(k: number, gain: number, ts: EpochMs, out: Out): void {
    this.#positions.best[k] = gain;
    this.#tell(k, 'MAX_PNL_UPDATED', 'none', priceAt(this.#positions, k, gain), ts, out);
  }
  #worse(k: number, gain: number, ts: EpochMs, out: Out): void {
    this.#positions.worst[k] = gain;
    this.#tell(k, 'MIN_PNL_UPDATED', 'none', priceAt(this.#positions, k, gain), ts, out);
  }
  /** True the first time. */
  #nearTarget(k: number, ts: EpochMs, out: Out): boolean {
    const p = this.#positions;
    if ((p.flags[k] & NEAR_TARGET) !== 0) return false;
    p.flags[k] |= NEAR_TARGET;
    this.#tell(k, 'NEAR_TAKE_PROFIT', 'none', priceAt(p, k, p.best[k]), ts, out);
    return true;
  }
  #nearStop(k: number, ts: EpochMs, out: Out): void {
    const p = this.#positions;
    if ((p.flags[k] & NEAR_STOP) !== 0) return;
    p.flags[k] |= NEAR_STOP;
    this.#tell(k, 'NEAR_STOP_LOSS', 'none', priceAt(p, k, p.worst[k]), ts, out);
  }

  /** Each grade is asked for once; of two at one close the deeper one alone. */
  #grade(k: number, close: number): void {
    const p = this.#positions;
    const loss = -close / p.risk[k];
    if (loss >= GRADES.graded_80 && (p.flags[k] & ASKED_80) === 0) {
      p.flags[k] |= ASKED_50 | ASKED_80;
      this.#wonder(k, 'graded_80');
    } else if (loss >= GRADES.graded_50 && (p.flags[k] & ASKED_50) === 0) {
      p.flags[k] |= ASKED_50;
      this.#wonder(k, 'graded_50');
    }
  }
  #wonder(k: number, kind: VirtualQuestionKind): void {
    const p = this.#positions;
    if (this.#questions === NO_QUESTIONS) this.#questions = [];
    p.flags[k] |= WAITS[kind];
    const instrument = p.instrument[k] as InstrumentId;
    this.#questions.push({ positionId: p.id[k], instrument, direction: p.direction[k] > 0 ? 1 : -1, kind });
  }
  #statistical(k: number, kind: VirtualQuestionKind): number {
    const p = this.#positions;
    const close = p.direction[k] * (this.#close[p.instrument[k]] - p.entry[k]);
    const target = p.direction[k] * (p.target[k] - p.entry[k]);
    const held = kind === 'near_target' ? close / target : (close - p.worst[k]) / -p.worst[k];
    return statisticalProbability(held, this.#winRate.value);
  }

  /** The stop goes to the entry once the best price is one stop distance in profit, and stays that distance behind it from there on. */
  #follow(k: number, stop: number, ts: EpochMs, out: Out): void {
    const p = this.#positions;
    const behind = p.best[k] - p.risk[k];
    if (behind < 0 || behind <= stop) return;
    p.stop[k] = p.entry[k] + p.direction[k] * behind;
    const close = this.#close[p.instrument[k]];
    this.#tell(k, 'PRICE_UPDATED', stop < 0 ? 'breakeven' : 'trailed', close, ts, out);
  }

  #look(k: number, close: number, ts: EpochMs, out: Out): void {
    const p = this.#positions;
    if (p.spared[k] > 0) {
      p.spared[k] -= 1;
      this.#sparedLooks += 1;
      return;
    }
    this.#looks += 1;
    if (this.#settings.smartMonitoring) p.spared[k] = sparedLooks(this.#distance(k, close));
    this.#tell(k, 'PRICE_UPDATED', 'none', this.#close[p.instrument[k]], ts, out);
  }
  /** From the nearest level that is still ahead, in stop distances. */
  #distance(k: number, close: number): number {
    const p = this.#positions;
    const d = p.direction[k];
    const stop = close - d * (p.stop[k] - p.entry[k]);
    const target = d * (p.target[k] - p.entry[k]) - close;
    const isGraded = (p.flags[k] & ASKED_50) !== 0;
    const grade = isGraded ? Infinity : Math.abs(close + GRADES.graded_50 * p.risk[k]);
    return Math.min(stop, target, grade) / p.risk[k];
  }

  #end(k: number, kind: VirtualEventKind, cause: VirtualCause, price: number, ts: EpochMs, out: Out): void {
    const p = this.#positions;
    this.#tell(k, kind, cause, price, ts, out);
    this.#tell(k, 'CLOSED', cause, price, ts, out);
    const entry = p.entry[k];
    // Won is what is left after the fee of the entry's value and of the exit's (VIRT-10).
    const isWon = p.direction[k] * (price - entry) * 1e8 > this.#settings.fee * (entry + price);
    if ((p.flags[k] & ENTERED) !== 0) this.#winRate.note(isWon);
    this.#counts[2 * p.instrument[k] + (p.direction[k] > 0 ? 0 : 1)] -= 1;
    p.remove(k);
  }
  #tell(k: number, kind: VirtualEventKind, cause: VirtualCause, price: number, ts: EpochMs, out: Out): void {
    const p = this.#positions;
    const direction = p.direction[k];
    const entry = p.entry[k];
    out.push({
      type: 'VirtualPositionEvent',
      ts,
      instrument: p.instrument[k] as InstrumentId,
      positionId: p.id[k],
      kind,
      cause,
      direction: direction > 0 ? 'long' : 'short',
      price: price as Ticks,
      pnl: (Math.round(((direction * (price - entry)) / entry) * 1e8) + 0) as RateE8,
      stop: p.stop[k] as Ticks,
      target: p.target[k] as Ticks,
    });
  }
}

/** The price at which the gain is this. */
function priceAt(p: Positions, k: number, gain: number): number {
  return p.entry[k] + p.direction[k] * gain;
}
