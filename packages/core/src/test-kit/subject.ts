import type { RequestPrediction } from '../messages.ts';
import type { StrategyDefinition } from '../strategy/define-strategy.ts';
import type { Strategy } from '../strategy/strategy.ts';
import type { Market } from './market.ts';

/**
 * What is tested: a strategy, a definition, or a function that makes either from a market. The last is for strategies that
 * are given candles by another way than `candle`, such as an array that they close over: they get the very candles that the run
 * is about, so that the future can be taken away from there, too. The function has to bear any market, the empty one as well.
 */
export type Tested<State> = Strategy<State> | StrategyDefinition | ((market: Market) => Strategy<State> | StrategyDefinition);

/** What the laws are held against. */
export interface Subject {
  /** The strategy for a market; a new one each time where the contract was given a definition or a function. */
  readonly build: (market: Market) => Strategy<unknown>;
  readonly predict: (request: RequestPrediction) => readonly number[];
  /** Whether `onFact` has to bear hearing the same execution report twice. */
  readonly repeatsFacts: boolean;
}
