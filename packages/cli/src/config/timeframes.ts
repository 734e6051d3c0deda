import { INTERVAL_MS, type Interval, type Param, type StrategyDefinition } from '@orrery/core';
import { InputError } from '../input-error.ts';
import { parseInterval } from '../interval-flag.ts';
import type { Flags } from '../verb.ts';

const MIDDLE = 'middleTimeframe';
const HIGHER = 'higherTimeframe';

/** What a strategy that reads other timeframes gets where `--timeframes` is left out. */
export const USUAL_TIMEFRAMES: Readonly<Partial<Record<Interval, readonly [middle: Interval, higher: Interval]>>> = {
  '1m': ['5m', '15m'],
  '5m': ['15m', '1h'],
  '15m': ['1h', '4h'],
  '30m': ['1h', '4h'],
  '1h': ['4h', '1d'],
  '4h': ['1d', '1w'],
};

/**
 * The parameters that `--timeframes` comes to.
 * @param given parameters from `--param`
 * @throws InputError for one that does not fit the interval, or a strategy that reads none
 */
export function timeframeParams(
  strategy: StrategyDefinition,
  interval: Interval,
  flags: Flags,
  given: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const texts = flags.list('timeframes');
  const readsThem = Object.hasOwn(strategy.params, MIDDLE) && Object.hasOwn(strategy.params, HIGHER);
  const named = [MIDDLE, HIGHER].find((name) => Object.hasOwn(given, name));
  if (texts.length === 0) return readsThem && named === undefined ? usual(strategy, interval) : {};
  const others = otherTimeframes(texts, interval);
  if (!readsThem) {
    if (others.length === 0) return {};
    throw new InputError(`--timeframes ${texts.join(',')}: strategy ${strategy.id} reads no other timeframes; leave it out`);
  }
  if (named !== undefined) throw new InputError(`--timeframes and --param ${named}: are the same parameter; give one of them`);
  const [middle = 'none', higher = middle] = others;
  return { [MIDDLE]: middle, [HIGHER]: higher };
}

/** What is there beside the base interval, shortest first. */
function otherTimeframes(texts: readonly string[], interval: Interval): readonly Interval[] {
  const all = texts.map((text) => parseInterval('--timeframes', text));
  const twice = all.find((text, k) => all.indexOf(text) < k);
  if (twice !== undefined) throw new InputError(`--timeframes ${twice} was given twice: give it once`);
  const others = all.filter((one) => one !== interval);
  const wrong = others.find((one) => INTERVAL_MS[one] < INTERVAL_MS[interval] || INTERVAL_MS[one] % INTERVAL_MS[interval] !== 0);
  if (wrong !== undefined) throw new InputError(`--timeframes ${wrong}: has to be longer than --interval ${interval} and a multiple of it`);
  if (others.length > 2) throw new InputError(`--timeframes ${texts.join(',')}: takes one or two beside --interval ${interval}`);
  return others.toSorted((a, b) => INTERVAL_MS[a] - INTERVAL_MS[b]);
}

/** A strategy that has defaults of its own keeps them. */
function usual(strategy: StrategyDefinition, interval: Interval): Readonly<Record<string, unknown>> {
  const pair = USUAL_TIMEFRAMES[interval];
  if (pair === undefined || !takes(strategy.params[MIDDLE], pair[0]) || !takes(strategy.params[HIGHER], pair[1])) return {};
  return { [MIDDLE]: pair[0], [HIGHER]: pair[1] };
}

function takes(param: Param | undefined, word: string): boolean {
  return param?.type === 'choice' && param.default === 'none' && param.words.includes(word);
}
