import { INTERVAL_MS, parseSats } from '@orrery/core';
import { InputError } from './input-error.ts';
import type { EmulatorOptions } from './options.ts';

/** @throws InputError that names the option */
export function checkOptions({ market, interval, startEquity, pace }: EmulatorOptions): void {
  if (market.tapes.every(({ length }) => length === 0)) throw new InputError('market: holds no candles; widen its range');
  const other = market.tapes.find(({ intervalMs }) => intervalMs !== INTERVAL_MS[interval]);
  if (other !== undefined)
    throw new InputError(`interval ${interval}: the market's candles are ${other.intervalMs / 60_000} minutes long; give theirs`);
  if (!isPositiveAmount(startEquity)) {
    throw new InputError(`startEquity ${startEquity}: give an amount in USDT above 0 in plain digits, with at most 8 decimals, e.g. 10000`);
  }
  if (pace.kind === 'speed' && !(pace.factor > 0)) throw new InputError(`pace.factor ${pace.factor}: give a number above 0`);
  if (pace.kind === 'follow' && !(pace.patienceMs >= 0))
    throw new InputError(`pace.patienceMs ${pace.patienceMs}: give milliseconds, 0 or more`);
}

function isPositiveAmount(text: string): boolean {
  try {
    return parseSats(text) > 0;
  } catch {
    return false;
  }
}
