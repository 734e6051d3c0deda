import { SIGNAL_REASONS } from '../../signal/signal-event.ts';
import type { SignalDraft } from './signal-source.ts';

const VOTE_BIT = 1 << SIGNAL_REASONS.indexOf('vote');

/** How an ensemble's votes came out for a signal. */
export interface VoteOutcome {
  readonly draft: SignalDraft;
  /** Support less opposition, in [-1,1]: what has to reach the threshold. */
  readonly vote: number;
}

/**
 * Opinions of several sources on each instrument. A source's last signal is its opinion, with its confidence, for `memory` frames; then
 * it has none. For a signal of direction d: support = Σ w·c of the opinions of direction d over Σ w of all sources, opposition likewise of
 * the others; the vote is their difference (SIG-8).
 */
export class Vote {
  readonly #weights: readonly number[];
  readonly #total: number;
  readonly #memory: number;
  readonly #name: string;
  /** [instrument · sources + source] */
  readonly #direction: Int8Array;
  readonly #confidence: Float64Array;
  readonly #frame: Float64Array;

  constructor(name: string, weights: readonly number[], memory: number, instruments: number) {
    this.#name = name;
    this.#weights = weights;
    this.#total = weights.reduce((sum, weight) => sum + weight, 0);
    this.#memory = memory;
    this.#direction = new Int8Array(instruments * weights.length);
    this.#confidence = new Float64Array(instruments * weights.length);
    this.#frame = new Float64Array(instruments * weights.length).fill(-Infinity);
  }

  /**
   * Takes in what the sources said at one candle of an instrument and votes on it.
   * @param drafts by source; null where one said nothing
   * @param frame ordinal of the frame, rising
   * @returns null when no source said anything, or the strongest of both directions are equal
   */
  cast(drafts: readonly (SignalDraft | null)[], frame: number): VoteOutcome | null {
    let best: SignalDraft | null = null;
    let isTied = false;
    for (let s = 0; s < drafts.length; s++) {
      const draft = drafts[s];
      if (draft === null) continue;
      const at = draft.instrument * drafts.length + s;
      this.#direction[at] = draft.direction;
      this.#confidence[at] = draft.confidence;
      this.#frame[at] = frame;
      const strength = this.#weights[s] * draft.confidence;
      const rival = best === null ? -1 : this.#weights[drafts.indexOf(best)] * best.confidence;
      if (strength > rival) [best, isTied] = [draft, false];
      else if (strength === rival && best !== null && best.direction !== draft.direction) isTied = true;
    }
    return best === null || isTied ? null : this.#count(best, frame);
  }

  #count(best: SignalDraft, frame: number): VoteOutcome {
    const sources = this.#weights.length;
    let [support, opposition, supporting] = [0, 0, 0];
    for (let s = 0; s < sources; s++) {
      const at = best.instrument * sources + s;
      if (this.#direction[at] === 0 || frame - this.#frame[at] > this.#memory) continue;
      const share = this.#weights[s] * this.#confidence[at];
      if (this.#direction[at] === best.direction) {
        support += share;
        supporting += this.#weights[s];
      } else opposition += share;
    }
    const mean = supporting === 0 ? 0 : support / supporting;
    const agreement = support + opposition === 0 ? 0 : support / (support + opposition);
    return {
      draft: { ...best, source: this.#name, confidence: mean * agreement, reasonBits: best.reasonBits | VOTE_BIT },
      vote: this.#total === 0 ? 0 : (support - opposition) / this.#total,
    };
  }
}
