import { QUALITY_DIMENSIONS, SCORE_PARTS } from '@orrery/core';
import type { SampleOutcome, SignalSample } from './sample.ts';

export const SAMPLE_OUTCOMES: readonly SampleOutcome[] = [
  'take_profit',
  'stop_loss',
  'expired',
  'graded_stop',
  'breaker',
  'delisted',
  'run_end',
  'forced',
];
const CHUNK = 1024;
const PLAIN = 12;
const QUALITY_AT = PLAIN + SCORE_PARTS.length;
const STRIDE = QUALITY_AT + QUALITY_DIMENSIONS.length;

/** Samples as words in chunks: a run over hundreds of symbols has hundreds of thousands, which as objects would outweigh its candles. */
export class SampleList implements Iterable<SignalSample> {
  readonly #symbols: string[] = [];
  readonly #codes: Map<string, number> = new Map();
  readonly #chunks: Float64Array[] = [];
  #length = 0;

  get length(): number {
    return this.#length;
  }

  push(sample: SignalSample): void {
    const place = this.#length % CHUNK;
    if (place === 0) this.#chunks.push(new Float64Array(CHUNK * STRIDE));
    const words = this.#chunks[this.#chunks.length - 1];
    this.#length += 1;
    let at = place * STRIDE;
    words[at++] = sample.signalId;
    words[at++] = this.#codeOf(sample.symbol);
    words[at++] = sample.side === 'long' ? 1 : -1;
    words[at++] = sample.signalTime;
    words[at++] = sample.entryTime;
    words[at++] = sample.exitTime;
    words[at++] = SAMPLE_OUTCOMES.indexOf(sample.outcome);
    words[at++] = sample.grossReturn;
    words[at++] = sample.netReturn;
    words[at++] = sample.win ? 1 : 0;
    words[at++] = sample.weight;
    words[at++] = sample.confidence;
    for (let k = 0; k < SCORE_PARTS.length; k++) words[at++] = sample.parts[k] ?? NaN;
    for (let k = 0; k < QUALITY_DIMENSIONS.length; k++) words[at++] = sample.quality[k] ?? NaN;
  }

  *[Symbol.iterator](): Generator<SignalSample> {
    for (let k = 0; k < this.#length; k++) yield this.#at(k);
  }

  #at(k: number): SignalSample {
    const words = this.#chunks[Math.floor(k / CHUNK)];
    let at = (k % CHUNK) * STRIDE;
    const told = (from: number, to: number): readonly number[] => {
      const values = words.subarray(from, to);
      return values.every(Number.isNaN) ? [] : [...values];
    };
    const [parts, quality, end] = [at + PLAIN, at + QUALITY_AT, at + STRIDE];
    return {
      signalId: words[at++],
      symbol: this.#symbols[words[at++]],
      side: words[at++] > 0 ? 'long' : 'short',
      signalTime: words[at++],
      entryTime: words[at++],
      exitTime: words[at++],
      outcome: SAMPLE_OUTCOMES[words[at++]],
      grossReturn: words[at++],
      netReturn: words[at++],
      win: words[at++] === 1,
      weight: words[at++],
      confidence: words[at++],
      parts: told(parts, quality),
      quality: told(quality, end),
    };
  }
  #codeOf(symbol: string): number {
    let code = this.#codes.get(symbol);
    if (code === undefined) {
      code = this.#symbols.push(symbol) - 1;
      this.#codes.set(symbol, code);
    }
    return code;
  }
}
