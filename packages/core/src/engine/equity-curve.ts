import type { EpochMs } from '../units.ts';

const DAY = 86_400_000;

/** Slots of what {@link EquityCurve.observe} is told: time of the frame's close (ms), equity and gross position value (sats). */
export const TIME = 0;
export const EQUITY = 1;
export const GROSS = 2;
export const MOMENT_LENGTH = 3;

/** Slots of the running figures. */
const PEAK = 0;
const PEAK_TS = 1;
const DEEPEST = 2;
const DEEPEST_PEAK = 3;
const DEEPEST_PEAK_TS = 4;
const DEEPEST_TS = 5;
const BUCKET_END = 6;
const LOW = 7;
const HIGH = 8;
const LAST_TIME = 9;
const LAST_EQUITY = 10;
const LAST_GROSS = 11;
const DAY_END = 12;
const FRAMES = 13;
const IN_MARKET = 14;

/** Deepest fall of equity from an earlier peak, over every frame of the run; sats and ms. */
export interface Drawdown {
  readonly amount: number;
  readonly peak: number;
  readonly peakTime: EpochMs;
  readonly troughTime: EpochMs;
}

/** Equity over time: extremes of every frame, points per bucket of equal time, and the close of each UTC day. */
export class EquityCurve {
  readonly bucketMs: number;
  readonly time: number[] = [];
  readonly equity: number[] = [];
  readonly low: number[] = [];
  readonly high: number[] = [];
  readonly exposure: number[] = [];
  readonly dayTime: number[] = [];
  readonly dayEquity: number[] = [];
  readonly #now = new Float64Array(15);

  constructor(start: number, bucketMs: number) {
    this.bucketMs = bucketMs;
    this.#now[PEAK] = start;
    this.#now[LAST_EQUITY] = start;
  }

  /** A frame has closed. Its figures come in an array, because numbers passed to a function on each frame would be boxed. */
  observe(moment: Float64Array): void {
    const now = this.#now;
    const ts = moment[TIME];
    const equity = moment[EQUITY];
    const gross = moment[GROSS];
    if (ts >= now[BUCKET_END]) this.#turnBucket(ts, equity);
    if (ts >= now[DAY_END]) this.#turnDay(ts);
    now[FRAMES] += 1;
    if (gross !== 0) now[IN_MARKET] += 1;
    if (equity < now[LOW]) now[LOW] = equity;
    if (equity > now[HIGH]) now[HIGH] = equity;
    const fall = now[PEAK] - equity;
    if (fall < 0) {
      now[PEAK] = equity;
      now[PEAK_TS] = ts;
    } else if (fall > now[DEEPEST]) this.#deepen(ts, fall);
    now[LAST_TIME] = ts;
    now[LAST_EQUITY] = equity;
    now[LAST_GROSS] = gross;
  }

  /** Writes the last, unfinished bucket and day. Call once, at the end. */
  finish(): void {
    if (this.#now[FRAMES] === 0) return;
    this.#pushBucket();
    this.#pushDay();
  }
  get frames(): number {
    return this.#now[FRAMES];
  }
  get framesInMarket(): number {
    return this.#now[IN_MARKET];
  }
  get maxDrawdown(): Drawdown {
    const now = this.#now;
    return {
      amount: now[DEEPEST],
      peak: now[DEEPEST_PEAK],
      peakTime: now[DEEPEST_PEAK_TS] as EpochMs,
      troughTime: now[DEEPEST_TS] as EpochMs,
    };
  }

  #deepen(ts: number, fall: number): void {
    const now = this.#now;
    now[DEEPEST] = fall;
    now[DEEPEST_PEAK] = now[PEAK];
    now[DEEPEST_PEAK_TS] = now[PEAK_TS];
    now[DEEPEST_TS] = ts;
  }
  #turnBucket(ts: number, equity: number): void {
    const now = this.#now;
    if (now[FRAMES] > 0) this.#pushBucket();
    else now[PEAK_TS] = ts;
    now[BUCKET_END] = (Math.floor(ts / this.bucketMs) + 1) * this.bucketMs;
    now[LOW] = equity;
    now[HIGH] = equity;
  }
  #turnDay(ts: number): void {
    if (this.#now[FRAMES] > 0) this.#pushDay();
    this.#now[DAY_END] = (Math.floor(ts / DAY) + 1) * DAY;
  }
  #pushBucket(): void {
    const now = this.#now;
    this.time.push(now[LAST_TIME]);
    this.equity.push(now[LAST_EQUITY]);
    this.low.push(now[LOW]);
    this.high.push(now[HIGH]);
    this.exposure.push(now[LAST_GROSS]);
  }
  #pushDay(): void {
    this.dayTime.push(this.#now[LAST_TIME]);
    this.dayEquity.push(this.#now[LAST_EQUITY]);
  }
}
