import type { RequestPrediction } from '../messages.ts';
import type { Strategy } from '../strategy/strategy.ts';

/** What the laws are held against. */
export interface Subject {
  /** The strategy; a new one each time where the contract was given a definition. */
  readonly build: () => Strategy<unknown>;
  readonly predict: (request: RequestPrediction) => readonly number[];
  /** Whether `onFact` has to bear hearing the same execution report twice. */
  readonly repeatsFacts: boolean;
}
