import {
  VirtualBook,
  type EpochMs,
  type InstrumentId,
  type RateE8,
  type Ticks,
  type VirtualEventKind,
  type VirtualPositionEvent,
  type VirtualQuestionKind,
  type VirtualSettings,
} from '../../src/index.ts';

export const MINUTE = 60_000;
export const at = (minutes: number): EpochMs => (minutes * MINUTE) as EpochMs;
export const id = (k: number): InstrumentId => k as InstrumentId;
export const PLAIN: VirtualSettings = {
  expiryMs: 1000 * MINUTE,
  smartMonitoring: false,
  fee: 0 as RateE8,
  gradedStop: false,
  dynamicLevels: false,
};
/** Gains are told from here: with an entry at 100 ticks a gain of 5 ticks is a return of 5 %. */
const BASE = 100;

/**
 * One position of a direction, stop at −10 and target at +20 from the signal's entry, led through candles that are written as gains:
 * open, best, worst, close. A short's candles are thereby those of a long upside down, and tables are right for both.
 */
export class Lead {
  readonly book: VirtualBook;
  readonly events: VirtualPositionEvent[] = [];
  readonly #direction: 1 | -1;
  readonly #lines: [kind: string, line: string][] = [];
  #minute = 0;

  constructor(direction: 1 | -1, settings: Partial<VirtualSettings> = {}, stop = -10, target = 20) {
    this.#direction = direction;
    this.book = new VirtualBook(1, { ...PLAIN, ...settings });
    this.add(1, stop, target);
  }

  add(positionId: number, stop = -10, target = 20): this {
    const [entry, low, high] = [0, stop, target].map((gain) => this.#price(gain)) as [Ticks, Ticks, Ticks];
    this.book.add(
      { instrument: id(0), positionId, ts: at(this.#minute), direction: this.#direction, entry, stop: low, target: high },
      this,
    );
    return this;
  }
  candle(open: number, best: number, worst: number, close: number, isCheck = false): this {
    this.#minute += 1;
    const [high, low] = this.#direction === 1 ? [best, worst] : [worst, best];
    this.book.show(id(0), this.#price(open), this.#price(high), this.#price(low), this.#price(close));
    for (const { kind } of this.book.advance(at(this.#minute), isCheck, this)) this.#lines.push(['asks', `${this.#minute} asks ${kind}`]);
    return this;
  }
  /** A candle at whose close prices are looked at. */
  check(open: number, best: number, worst: number, close: number): this {
    return this.candle(open, best, worst, close, true);
  }
  /** A candle that stands still at a gain. */
  flat(gain: number, isCheck = false): this {
    return this.candle(gain, gain, gain, gain, isCheck);
  }
  /** Minutes without a candle. */
  wait(minutes: number): this {
    this.#minute += minutes;
    return this;
  }
  answer(kind: VirtualQuestionKind, probability: number | null, positionId = 1): this {
    this.book.answer(positionId, kind, probability, at(this.#minute), this);
    return this;
  }
  force(cause: 'breaker' | 'delisted' | 'run_end'): this {
    this.book.force(null, cause, at(this.#minute), this);
    return this;
  }

  push(event: VirtualPositionEvent): void {
    const { kind, cause, price, stop, target, ts } = event;
    const direction = this.#direction === 1 ? 'long' : 'short';
    if (event.instrument !== 0 || event.direction !== direction || ts !== at(this.#minute))
      throw new Error(`wrong: ${JSON.stringify(event)}`);
    const before = this.events.findLast(({ positionId }) => positionId === event.positionId);
    const moved =
      before === undefined || (before.stop === stop && before.target === target) ? '' : ` ${this.#gain(stop)}/${this.#gain(target)}`;
    this.#lines.push([kind, `${this.#minute} ${kind}${cause === 'none' ? '' : ` ${cause}`} ${this.#gain(price)}${moved}`]);
    this.events.push(event);
  }
  /** `minute KIND cause gain`, and `stop/target` where they moved; of these kinds alone where any are named. */
  told(...kinds: (VirtualEventKind | 'asks')[]): readonly string[] {
    return this.#lines.filter(([kind]) => kinds.length === 0 || kinds.includes(kind as VirtualEventKind)).map(([, line]) => line);
  }

  #price(gain: number): number {
    return BASE + this.#direction * gain;
  }
  #gain(price: number): number {
    return this.#direction * (price - BASE) + 0;
  }
}
