import type { Tape } from '../market/tape.ts';
import type { EpochMs } from '../units.ts';

const DAY = 86_400_000;

/** Deepest fall of equity from an earlier peak, over every frame of the run; sats and ms. */
export interface Drawdown {
  readonly amount: number;
  readonly peak: number;
  readonly peakTime: EpochMs;
  readonly troughTime: EpochMs;
}

/** How near an account is to its liquidation at one moment. */
export interface MarginSample {
  /** Maintenance margin over margin balance; 0 without a position. */
  readonly ratio: number;
  /** Parts of the mark price to the nearest liquidation price; null where there is none. */
  readonly distance: number | null;
}
const NO_MARGIN: MarginSample = { ratio: 0, distance: null };

/** What a curve is told of margin, if anything. */
export interface MarginSampling {
  /** Asked once a point, at the close of its last frame (ms UTC). */
  readonly sample: (ts: number) => MarginSample;
  /** Time between two frames; the last one of a bucket is known by it before the next has come. */
  readonly frameMs: number;
}

/** Equity over time: extremes of every frame, points per bucket of equal time, and the close of each UTC day. */
export class EquityCurve {
  readonly bucketMs: number;
  readonly time: number[] = [];
  readonly equity: number[] = [];
  readonly low: number[] = [];
  readonly high: number[] = [];
  readonly exposure: number[] = [];
  readonly marginRatio: number[] = [];
  readonly liquidationDistance: (number | null)[] = [];
  readonly dayTime: number[] = [];
  readonly dayEquity: number[] = [];
  /** Frames observed, and those at whose close a position was open. */
  frames = 0;
  framesInMarket = 0;
  #peak: number;
  #peakTime = 0;
  #deepest = 0;
  #deepestPeak = 0;
  #deepestPeakTime = 0;
  #deepestTime = 0;
  #bucketEnd = 0;
  #dayEnd = 0;
  #low = 0;
  #high = 0;
  #lastTime = 0;
  #lastEquity: number;
  #lastGross = 0;
  readonly #sampling: MarginSampling | null;
  #margin: MarginSample | null = null;
  /** From here on a frame is the last of its bucket. */
  #sampleFrom = Infinity;

  constructor(start: number, bucketMs: number, sampling: MarginSampling | null = null) {
    this.#sampling = sampling;
    this.bucketMs = bucketMs;
    this.#peak = start;
    this.#lastEquity = start;
  }

  /** The equity (sats) and the gross position value at the close of a frame. */
  observe(ts: number, equity: number, gross: number): void {
    if (ts >= this.#bucketEnd) this.#turnBucket(ts, equity);
    if (ts >= this.#dayEnd) this.#turnDay(ts);
    this.frames += 1;
    if (gross !== 0) this.framesInMarket += 1;
    if (equity < this.#low) this.#low = equity;
    if (equity > this.#high) this.#high = equity;
    const fall = this.#peak - equity;
    if (fall < 0) {
      this.#peak = equity;
      this.#peakTime = ts;
    } else if (fall > this.#deepest) this.#deepen(ts, fall);
    this.#lastTime = ts;
    this.#lastEquity = equity;
    this.#lastGross = gross;
    if (ts >= this.#sampleFrom) this.#takeMargin(ts);
  }

  /**
   * Rows [from, to) of a tape have closed with one unchanging position: what `observe` would make of each, without a call each.
   * @param base equity less the position's value
   * @param lots the position; `perPrice` its value per price, sats
   */
  observeHeld(tape: Tape, from: number, to: number, base: number, lots: number, perPrice: number): void {
    let k = from;
    while (k < to) {
      // The first row of a bucket or a day goes the long way; the rest of it needs only the extremes.
      const value = Math.round(lots * tape.close[k] * perPrice);
      this.observe(tape.closeTs[k], base + value, Math.abs(value));
      k = this.#observeSpan(tape, k + 1, to, base, lots, perPrice);
    }
  }

  /** Rows up to the end of the bucket and the day; returns the first beyond them. */
  #observeSpan({ closeTs, close }: Tape, from: number, to: number, base: number, lots: number, perPrice: number): number {
    const end = Math.min(this.#bucketEnd, this.#dayEnd);
    let low = this.#low;
    let high = this.#high;
    let peak = this.#peak;
    let deepest = this.#deepest;
    let inMarket = 0;
    let value = 0;
    let k = from;
    for (; k < to && closeTs[k] < end; k++) {
      value = Math.round(lots * close[k] * perPrice);
      const equity = base + value;
      if (value !== 0) inMarket += 1;
      if (equity < low) low = equity;
      if (equity > high) high = equity;
      const fall = peak - equity;
      if (fall < 0) {
        peak = equity;
        this.#peak = equity;
        this.#peakTime = closeTs[k];
      } else if (fall > deepest) {
        deepest = fall;
        this.#deepen(closeTs[k], fall);
      }
    }
    if (k === from) return k;
    this.#low = low;
    this.#high = high;
    this.frames += k - from;
    this.framesInMarket += inMarket;
    this.#lastTime = closeTs[k - 1];
    this.#lastEquity = base + value;
    this.#lastGross = Math.abs(value);
    if (this.#lastTime >= this.#sampleFrom) this.#takeMargin(this.#lastTime);
    return k;
  }

  /** Writes the last, unfinished bucket and day. Call once, at the end. */
  finish(): void {
    if (this.frames === 0) return;
    this.#pushBucket();
    this.#pushDay();
  }
  get maxDrawdown(): Drawdown {
    return {
      amount: this.#deepest,
      peak: this.#deepestPeak,
      peakTime: this.#deepestPeakTime as EpochMs,
      troughTime: this.#deepestTime as EpochMs,
    };
  }

  #deepen(ts: number, fall: number): void {
    this.#deepest = fall;
    this.#deepestPeak = this.#peak;
    this.#deepestPeakTime = this.#peakTime;
    this.#deepestTime = ts;
  }
  #turnBucket(ts: number, equity: number): void {
    if (this.frames > 0) this.#pushBucket();
    else this.#peakTime = ts;
    this.#bucketEnd = (Math.floor(ts / this.bucketMs) + 1) * this.bucketMs;
    if (this.#sampling !== null) this.#sampleFrom = this.#bucketEnd - this.#sampling.frameMs;
    this.#low = equity;
    this.#high = equity;
  }
  #turnDay(ts: number): void {
    if (this.frames > 0) this.#pushDay();
    this.#dayEnd = (Math.floor(ts / DAY) + 1) * DAY;
  }
  #pushBucket(): void {
    this.time.push(this.#lastTime);
    this.equity.push(this.#lastEquity);
    this.low.push(this.#low);
    this.high.push(this.#high);
    this.exposure.push(this.#lastGross);
    // A bucket whose last frame is missing from the data is asked about late.
    if (this.#margin === null) this.#takeMargin(this.#lastTime);
    const { ratio, distance } = this.#margin ?? NO_MARGIN;
    this.marginRatio.push(ratio);
    this.liquidationDistance.push(distance);
    this.#margin = null;
  }
  #takeMargin(ts: number): void {
    this.#margin = this.#sampling === null ? NO_MARGIN : this.#sampling.sample(ts);
  }
  #pushDay(): void {
    this.dayTime.push(this.#lastTime);
    this.dayEquity.push(this.#lastEquity);
  }
}
