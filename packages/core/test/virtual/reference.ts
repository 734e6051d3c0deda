import type { VirtualCause, VirtualEventKind, VirtualPositionEvent, VirtualQuestionKind, VirtualSettings } from '../../src/index.ts';
import type { Candle, Draft } from './arbitrary-course.ts';

/** What an event says, without what follows from its position alone. */
export interface Told {
  readonly positionId: number;
  readonly ts: number;
  readonly kind: VirtualEventKind;
  readonly cause: VirtualCause;
  readonly price: number;
  readonly stop: number;
  readonly target: number;
}
export const toldOf = ({ positionId, ts, kind, cause, price, stop, target }: VirtualPositionEvent): Told => ({
  positionId,
  ts,
  kind,
  cause,
  price,
  stop,
  target,
});

/**
 * One virtual position as one object, written from the VIRT rules of SPEC.md alone, in whole numbers: the book's columns are held
 * to it. It knows nothing of smart monitoring.
 */
export class ReferencePosition {
  readonly events: Told[] = [];
  isOpen = true;
  isEntered = false;
  readonly #draft: Draft;
  readonly #settings: VirtualSettings;
  #stop: number;
  #target: number;
  #entry: number;
  #lastClose = NaN;
  #best = 0;
  #worst = 0;
  readonly #told: Set<VirtualEventKind> = new Set();
  readonly #asked: Set<VirtualQuestionKind> = new Set();
  readonly #open: Set<VirtualQuestionKind> = new Set();
  #ts: number;

  /** @param lastClose of its instrument, NaN where it has had no candle */
  constructor(draft: Draft, ts: number, settings: VirtualSettings, lastClose: number) {
    this.#draft = draft;
    this.#settings = settings;
    this.#stop = draft.stop;
    this.#target = draft.target;
    this.#entry = draft.entry;
    this.#lastClose = lastClose;
    this.#ts = ts;
    this.#tell('CREATED', draft.entry);
  }
  get instrument(): number {
    return this.#draft.instrument;
  }
  /** A win, where it had entered and closed; fees are in 1e-8. */
  get isWon(): boolean {
    const exit = BigInt(this.events.at(-1)!.price);
    const fees = BigInt(this.#settings.fee) * (BigInt(this.#entry) + exit);
    return 100_000_000n * (exit - BigInt(this.#entry)) * BigInt(this.#draft.direction) > fees;
  }

  /** What it asks. */
  live(candle: Candle, createdTs: number, ts: number, isCheck: boolean): readonly VirtualQuestionKind[] {
    this.#ts = ts;
    const { direction } = this.#draft;
    if (!this.isEntered) {
      this.isEntered = true;
      this.#entry = candle.open;
      this.#tell('PRICE_UPDATED', candle.open, 'entered');
    }
    this.#lastClose = candle.close;
    const gain = (price: number): number => direction * (price - this.#entry);
    const [up, down] = direction === 1 ? [candle.high, candle.low] : [candle.low, candle.high];
    const [stop, target, open, close] = [gain(this.#stop), gain(this.#target), gain(candle.open), gain(candle.close)];
    if (open <= stop) {
      this.#extremes(0, open);
      if (stop < 0) this.#once('NEAR_STOP_LOSS', this.#worst);
      return this.#end('STOP_LOSS_HIT', candle.open);
    }
    if (open >= target) {
      this.#extremes(open, 0);
      this.#extremes(0, open);
      this.#once('NEAR_TAKE_PROFIT', this.#best);
      return this.#end('TAKE_PROFIT_HIT', candle.open);
    }
    if (gain(down) <= stop) {
      this.#extremes(0, stop);
      if (stop < 0) this.#once('NEAR_STOP_LOSS', this.#worst);
      return this.#end('STOP_LOSS_HIT', this.#stop);
    }
    if (gain(up) >= target) {
      this.#extremes(0, gain(down));
      this.#extremes(target, 0);
      this.#once('NEAR_TAKE_PROFIT', this.#best);
      return this.#end('TAKE_PROFIT_HIT', this.#target);
    }
    this.#extremes(gain(up), gain(down));
    const isNear = 10 * gain(up) >= 8 * target && this.#once('NEAR_TAKE_PROFIT', this.#best);
    if (stop < 0 && 10 * gain(down) <= 8 * stop) this.#once('NEAR_STOP_LOSS', this.#worst);
    if (ts - createdTs >= this.#settings.expiryMs) return this.#end('EXPIRED', candle.close);
    const questions = [...this.#grades(close), ...(isNear && this.#settings.dynamicLevels ? (['near_target'] as const) : [])];
    for (const question of questions) this.#open.add(question);
    if (this.#settings.dynamicLevels) this.#follow();
    if (isCheck) this.#tell('PRICE_UPDATED', candle.close);
    return questions;
  }
  answer(kind: VirtualQuestionKind, probability: number | null, winRate: number, ts: number): void {
    this.#ts = ts;
    if (!this.isOpen || !this.#open.delete(kind)) return;
    const close = this.#draft.direction * (this.#lastClose - this.#entry);
    const toTarget = this.#draft.direction * (this.#target - this.#entry);
    const held = kind === 'near_target' ? close / toTarget : 1 - close / this.#worst;
    const chance = probability ?? Math.min(1, Math.max(0, held)) / 2 + winRate / 2;
    if (kind === 'near_target') {
      const away = Math.round(Math.max(1, this.#draft.direction * (this.#draft.target - this.#entry)) / 2);
      if (chance < 0.7 || this.#target + this.#draft.direction * away <= 0) return;
      this.#target += this.#draft.direction * away;
      this.#tell('PRICE_UPDATED', this.#lastClose, 'target_extended');
    } else if (chance < (kind === 'graded_50' ? 0.25 : 0.4)) this.#end('FORCED_CLOSE', this.#lastClose, 'graded_stop');
  }
  force(cause: VirtualCause, ts: number): void {
    this.#ts = ts;
    this.#end('FORCED_CLOSE', Number.isNaN(this.#lastClose) ? this.#draft.entry : this.#lastClose, cause);
  }

  #distance(): number {
    return Math.max(1, this.#draft.direction * (this.#entry - this.#draft.stop));
  }
  #grades(close: number): readonly VirtualQuestionKind[] {
    if (!this.#settings.gradedStop) return [];
    const reached = (percent: number): boolean => -100 * close >= percent * this.#distance();
    if (reached(80) && !this.#asked.has('graded_80')) {
      this.#asked.add('graded_80').add('graded_50');
      return ['graded_80'];
    }
    if (!reached(50) || this.#asked.has('graded_50')) return [];
    this.#asked.add('graded_50');
    return ['graded_50'];
  }
  #follow(): void {
    const { direction } = this.#draft;
    const behind = this.#best - this.#distance();
    const stop = direction * (this.#stop - this.#entry);
    if (behind < 0 || stop >= behind) return;
    this.#stop = this.#entry + direction * behind;
    this.#tell('PRICE_UPDATED', this.#lastClose, stop < 0 ? 'breakeven' : 'trailed');
  }
  #extremes(best: number, worst: number): void {
    if (best > this.#best) {
      this.#best = best;
      this.#tell('MAX_PNL_UPDATED', this.#at(best));
    }
    if (worst < this.#worst) {
      this.#worst = worst;
      this.#tell('MIN_PNL_UPDATED', this.#at(worst));
    }
  }
  #once(kind: VirtualEventKind, gain: number): boolean {
    if (this.#told.has(kind)) return false;
    this.#told.add(kind);
    this.#tell(kind, this.#at(gain));
    return true;
  }
  #end(kind: VirtualEventKind, price: number, cause: VirtualCause = 'none'): readonly [] {
    this.#tell(kind, price, cause);
    this.#tell('CLOSED', price, cause);
    this.isOpen = false;
    return [];
  }
  #at(gain: number): number {
    return this.#entry + this.#draft.direction * gain;
  }
  #tell(kind: VirtualEventKind, price: number, cause: VirtualCause = 'none'): void {
    this.events.push({
      positionId: this.#draft.positionId,
      ts: this.#ts,
      kind,
      cause,
      price,
      stop: this.#stop,
      target: this.#target,
    });
  }
}
