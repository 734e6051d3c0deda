import { DEFAULT_VENUE, type FillPath, type Interval, type ModelReference } from '@orrery/core';
import { listDatasets, parsePeriod } from '@orrery/data';
import { parseEquity, type RunRequest } from '@orrery/backtest';
import { InputError } from '../input-error.ts';
import type { Flags, VerbContext } from '../verb.ts';
import { paramValues, type ChosenStrategy } from './strategy.ts';

/** The symbols meant: as listed, or every one that the store has at the interval. */
export async function chosenSymbols(flags: Flags, interval: Interval, context: VerbContext): Promise<readonly string[]> {
  const symbols = flags.list('symbols');
  if (!symbols.includes('@all')) return symbols;
  if (symbols.length > 1) throw new InputError(`--symbols ${symbols.join(',')}: @all stands alone; leave out the others`);
  const datasets = await listDatasets(context.dataRoot);
  const all = datasets.filter(({ key }) => key.kind === 'klines' && key.interval === interval).map(({ key }) => key.symbol);
  if (all.length === 0) throw new InputError(`--symbols @all: ${context.dataRoot} holds no ${interval} candles; see orrery data list`);
  return all;
}

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

/** The whole request of a backtest. @throws InputError naming the flag, its value and the mend */
export function buildRequest(
  flags: Flags,
  chosen: ChosenStrategy,
  models: readonly ModelReference[],
  symbols: readonly string[],
  interval: Interval,
): RunRequest {
  const equity = flags.text('equity');
  parseEquity(equity);
  return {
    strategy: chosen.strategy,
    strategyHash: chosen.hash,
    params: paramValues(chosen.strategy, flags.list('param')),
    models,
    symbols,
    interval,
    ...chosenRange(flags),
    seed: within(flags, 'seed', 0, Number.MAX_SAFE_INTEGER, true),
    equity,
    makerFeeBps: within(flags, 'maker-fee-bps', -100, 1000),
    takerFeeBps: within(flags, 'taker-fee-bps', -100, 1000),
    slippageBps: within(flags, 'slippage-bps', 0, 1000),
    fills: flags.text('fills') as FillPath,
    maxLeverage: within(flags, 'max-leverage', 0.01, 150),
    venue: DEFAULT_VENUE,
  };
}

/** A number flag within bounds. @throws InputError */
export function within(flags: Flags, name: string, min: number, max: number, isWhole = false): number {
  const value = flags.number(name) ?? Number.NaN;
  if (value >= min && value <= max && (!isWhole || Number.isSafeInteger(value))) return value;
  throw new InputError(`--${name} ${value}: takes a ${isWhole ? 'whole ' : ''}number from ${min} to ${max}`);
}
