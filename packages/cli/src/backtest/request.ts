import type { FillPath, Interval, ModelReference, VenueConfig } from '@orrery/core';
import { parsePeriod } from '@orrery/data';
import { parseEquity, type RunRequest } from '@orrery/backtest';
import type { GivenParams } from '../config/strategy-params.ts';
import { InputError } from '../input-error.ts';
import type { Flags } from '../verb.ts';
import type { ChosenStrategy } from './strategy.ts';
import { chosenFees, chosenVenue } from './venue-request.ts';
import { within } from './within.ts';

/** A half-open range of open times from `--from` and `--to`; null where a side is open. */
export function chosenRange(flags: Flags): { readonly from: number | null; readonly to: number | null } {
  const [from, to] = [flags.string('from'), flags.string('to')];
  const range = {
    from: from === undefined ? null : parsePeriod('--from', from).start,
    to: to === undefined ? null : parsePeriod('--to', to).end,
  };
  if (range.from !== null && range.to !== null && range.from >= range.to)
    throw new InputError(`--from ${from} lies after --to ${to}: swap them`);
  return range;
}

/** What a request is made of beside its flags. */
export interface RequestParts {
  readonly chosen: ChosenStrategy;
  readonly params: GivenParams;
  readonly models: readonly ModelReference[];
  readonly symbols: readonly string[];
  readonly universe: VenueConfig['universe'];
  readonly interval: Interval;
}

/** The whole request of a backtest. @throws InputError naming the flag, its value and the mend */
export function buildRequest(flags: Flags, { chosen, params, models, symbols, universe, interval }: RequestParts): RunRequest {
  const equity = flags.text('equity');
  parseEquity(equity);
  const fees = chosenFees(flags);
  return {
    strategy: chosen.strategy,
    strategyHash: chosen.hash,
    params,
    models,
    symbols,
    interval,
    ...chosenRange(flags),
    seed: within(flags, 'seed', 0, Number.MAX_SAFE_INTEGER, true),
    equity,
    makerFeeBps: fees.makerFeeBps,
    takerFeeBps: fees.takerFeeBps,
    slippageBps: within(flags, 'slippage-bps', 0, 1000),
    fills: chosenReading(flags),
    maxLeverage: within(flags, 'max-leverage', 0.01, 150),
    venue: chosenVenue(flags, interval, fees, universe),
  };
}

/** Bounds are drawn around the pessimistic reading. */
function chosenReading(flags: Flags): FillPath {
  const text = flags.text('fills');
  return text === 'bounds' ? 'pessimistic' : (text as FillPath);
}
