import type { EpochMs, InstrumentId } from '../units.ts';

/** Frames that a correlation looks back over, and how many of them two instruments must share. */
export const CORRELATION_FRAMES = 96;
export const LEAST_SHARED_FRAMES = 32;
/** A standard deviation below this part of the largest return is rounding, not variation. */
const FLAT = 1e-12;

/**
 * The last returns of every instrument, by frame, and their correlation two by two (RISK-11). A frame's number is its close time over the interval; a
 * return is there only where the candle before is. Writing costs two stores a candle; a correlation is worked out when it is asked for.
 */
export class Correlations {
  readonly #intervalMs: number;
  /** [instrument · CORRELATION_FRAMES + frame mod CORRELATION_FRAMES]; NaN where there is no return. */
  readonly #returns: Float64Array;
  /** Frame and close of each instrument's last candle; NaN before the first, and the close where it was no price. */
  readonly #frame: Float64Array;
  readonly #close: Float64Array;

  /** @throws RangeError when the interval is no length of time */
  constructor(instruments: number, intervalMs: number) {
    if (!(intervalMs > 0 && intervalMs < Infinity)) throw new RangeError(`an interval of ${intervalMs} ms; give a length above 0`);
    this.#intervalMs = intervalMs;
    this.#returns = new Float64Array(instruments * CORRELATION_FRAMES).fill(NaN);
    this.#frame = new Float64Array(instruments).fill(NaN);
    this.#close = new Float64Array(instruments).fill(NaN);
  }

  /** One candle; candles of a frame that was seen, or of an earlier one, change nothing. */
  observe(instrument: InstrumentId, ts: EpochMs, close: number): void {
    const frame = Math.floor(ts / this.#intervalMs);
    const before = this.#frame[instrument];
    if (!Number.isSafeInteger(frame) || frame <= before) return;
    const base = instrument * CORRELATION_FRAMES;
    for (let missing = Math.max(before + 1, frame - CORRELATION_FRAMES + 1); missing < frame; missing++)
      this.#returns[base + slotOf(missing)] = NaN;
    const price = close > 0 ? close : NaN;
    const gain = frame === before + 1 ? price / this.#close[instrument] - 1 : NaN;
    this.#returns[base + slotOf(frame)] = Number.isFinite(gain) ? gain : NaN;
    this.#frame[instrument] = frame;
    this.#close[instrument] = price;
  }

  /**
   * Pearson's correlation of the returns of two instruments over the frames that both have, of the last 96: in [-1,1]; 0 where they share fewer
   * than 32, or one of them does not move. Candles of a frame have to be observed all before it is asked for.
   */
  between(a: InstrumentId, b: InstrumentId): number {
    const to = Math.min(this.#frame[a], this.#frame[b]);
    const from = Math.max(this.#frame[a], this.#frame[b]) - CORRELATION_FRAMES + 1;
    const [baseA, baseB] = [a * CORRELATION_FRAMES, b * CORRELATION_FRAMES];
    const returns = this.#returns;
    let [shared, sumA, sumB, sizeA, sizeB] = [0, 0, 0, 0, 0];
    for (let frame = from; frame <= to; frame++) {
      const [x, y] = [returns[baseA + slotOf(frame)], returns[baseB + slotOf(frame)]];
      if (Number.isNaN(x) || Number.isNaN(y)) continue;
      shared++;
      sumA += x;
      sumB += y;
      sizeA = Math.max(sizeA, Math.abs(x));
      sizeB = Math.max(sizeB, Math.abs(y));
    }
    if (shared < LEAST_SHARED_FRAMES || sizeA === 0 || sizeB === 0) return 0;
    const [meanA, meanB] = [sumA / shared, sumB / shared];
    let [squaresA, squaresB, products] = [0, 0, 0];
    for (let frame = from; frame <= to; frame++) {
      // In parts of the largest return, so that no square overflows.
      const x = (returns[baseA + slotOf(frame)] - meanA) / sizeA;
      const y = (returns[baseB + slotOf(frame)] - meanB) / sizeB;
      if (Number.isNaN(x) || Number.isNaN(y)) continue;
      squaresA += x * x;
      squaresB += y * y;
      products += x * y;
    }
    const least = shared * FLAT * FLAT;
    if (!(squaresA > least && squaresB > least)) return 0;
    return Math.max(-1, Math.min(1, products / Math.sqrt(squaresA * squaresB)));
  }
}

function slotOf(frame: number): number {
  return ((frame % CORRELATION_FRAMES) + CORRELATION_FRAMES) % CORRELATION_FRAMES;
}
