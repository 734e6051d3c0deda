import type { Fact, RequestPrediction } from '../messages.ts';
import type { EpochMs } from '../units.ts';
import type { ModelFault } from './model-faults.ts';
import { columnValue } from './session.ts';

interface Delayed {
  readonly fact: Fact;
  /** Frames that are still to go by. */
  left: number;
}

/** A model that answers as a plan says. */
export class FaultyModel {
  readonly #healthy: (requests: readonly RequestPrediction[]) => Iterable<Fact>;
  readonly #every: ModelFault | undefined;
  readonly #plan: ReadonlyMap<number | 'every', ModelFault>;
  #delayed: Delayed[] = [];
  #requests = 0;

  constructor(healthy: (requests: readonly RequestPrediction[]) => Iterable<Fact>, plan: readonly ModelFault[]) {
    this.#healthy = healthy;
    this.#plan = new Map(plan.map((fault) => [fault.request, fault]));
    this.#every = this.#plan.get('every');
  }

  /** What is answered at once. */
  answer(requests: readonly RequestPrediction[]): readonly Fact[] {
    const facts: Fact[] = [];
    for (const request of requests) {
      const fault = this.#plan.get(++this.#requests) ?? this.#every;
      for (const fact of this.#healthy([request])) this.#say(fact, request, fault, facts);
    }
    return facts;
  }
  /** What comes late, after a frame that closed at `ts`; called once a frame. */
  due(ts: EpochMs): readonly Fact[] {
    for (const delayed of this.#delayed) delayed.left -= 1;
    const facts = this.#delayed.filter(({ left }) => left < 0).map(({ fact }) => ({ ...fact, ts }));
    this.#delayed = this.#delayed.filter(({ left }) => left >= 0);
    return facts;
  }
  /** A prediction column's value. */
  column(close: number, n: number, row: number): number {
    const fault = this.#plan.get(row + 1) ?? this.#every;
    if (fault === undefined) return columnValue(close, n);
    return fault.kind === 'out-of-range' ? fault.value : NaN;
  }

  #say(fact: Fact, request: RequestPrediction, fault: ModelFault | undefined, facts: Fact[]): void {
    if (fault === undefined) {
      facts.push(fact);
      return;
    }
    switch (fault.kind) {
      case 'silent':
        return;
      case 'late':
        this.#delayed.push({ fact, left: fault.frames });
        return;
      case 'fails': {
        const { ts, instrument, requestId } = request;
        facts.push({ type: 'PredictionFailed', ts, instrument, requestId, reason: 'the model is not there' });
        return;
      }
      case 'out-of-range':
        facts.push(fact.type === 'PredictionReady' ? { ...fact, values: fact.values.map(() => fault.value) } : fact);
        return;
      default:
        throw new RangeError(`unknown fault ${String(fault satisfies never)}`);
    }
  }
}
