import type { BlockRange, Fact, JournalEntry, PredictionFailed, PredictionReady, RequestPrediction } from '@orrery/core';
import type { PredictionTable } from '@orrery/models';
import type { PredictionSource } from './prediction-source.ts';

/** How far a model is today from what it said in a run. */
export interface Drift {
  /** Predictions held against each other. */
  readonly compared: number;
  /** Those that are not the same to the last bit. */
  readonly differing: number;
  /** Largest difference of a probability. */
  readonly largest: number;
}

/**
 * A stored run's predictions, as they were made: they are facts, and telling a run again computes none. Answers come from the
 * journal's entries, columns from the run's folder.
 */
export class RecordedPredictions implements PredictionSource {
  readonly #answers: ReadonlyMap<number, PredictionReady | PredictionFailed>;
  readonly #columns: readonly (readonly Float64Array[])[];
  readonly #model: PredictionSource | null;
  #drift: Drift = { compared: 0, differing: 0, largest: 0 };

  /**
   * @param columns [instrument][output]
   * @param model asked beside the record, and never believed, to see how far it has drifted; null: not asked
   */
  constructor(entries: readonly JournalEntry[], columns: readonly (readonly Float64Array[])[], model: PredictionSource | null) {
    this.#answers = new Map(entries.flatMap(({ message }) => (isPrediction(message) ? [[message.requestId, message] as const] : [])));
    this.#columns = columns;
    this.#model = model;
  }
  get drift(): Drift {
    return this.#drift;
  }

  answer(requests: readonly RequestPrediction[]): readonly Fact[] {
    const fresh = this.#model?.answer(requests) ?? [];
    return requests.map((request, k) => {
      const { ts, instrument, requestId } = request;
      const stored: PredictionReady | PredictionFailed = this.#answers.get(requestId) ?? {
        type: 'PredictionFailed',
        ts,
        instrument,
        requestId,
        reason: 'the stored journal has no answer',
      };
      const now = fresh[k];
      if (now !== undefined) this.#compare(firstValue(stored), firstValue(now));
      return stored;
    });
  }
  fill(block: readonly BlockRange[], table: PredictionTable): void {
    this.#model?.fill(block, table);
    for (const { instrument, from, to } of block) {
      for (const [n, into] of (table.predictions[instrument] ?? []).entries()) {
        const stored = this.#columns[instrument]?.[n];
        for (let row = from; row < to; row++) {
          const was = stored?.[row] ?? NaN;
          if (this.#model !== null) this.#compare(was, into[row] ?? NaN);
          into[row] = was;
        }
      }
    }
  }

  #compare(was: number, now: number): void {
    const { compared, differing, largest } = this.#drift;
    const isSame = Object.is(was, now);
    const difference = Math.abs(was - now);
    this.#drift = {
      compared: compared + 1,
      differing: differing + (isSame ? 0 : 1),
      largest: difference > largest ? difference : largest,
    };
  }
}

function isPrediction(message: JournalEntry['message']): message is PredictionReady | PredictionFailed {
  return message.type === 'PredictionReady' || message.type === 'PredictionFailed';
}

/** The probability, or NaN where the model failed. */
function firstValue(fact: Fact): number {
  return fact.type === 'PredictionReady' ? (fact.values[0] ?? NaN) : NaN;
}
