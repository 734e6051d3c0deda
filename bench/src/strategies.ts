import { defineStrategy, ema, type Lots, type Strategy, type StrategyDefinition, type Ticks } from '@orrery/core';
import { FAST, SHARE, SLOW } from './account.ts';

/** What is measured on top of the bare pass over the candles. */
export const STRATEGIES = ['idle', 'reads', 'low-level', 'form', 'holds', 'resting-stop'] as const;
export type StrategyName = (typeof STRATEGIES)[number];

const emaCross: StrategyDefinition = defineStrategy({
  id: 'ema-cross',
  features: () => ({ fast: ema('close', FAST), slow: ema('close', SLOW) }),
  decide: ({ features, desk }) => desk.target(features.fast > features.slow ? SHARE : -SHARE),
});

/** A fresh strategy; all of them have the same two averages computed. */
export function benchStrategy(name: StrategyName): Strategy<unknown> {
  switch (name) {
    case 'idle':
      return lowLevel(name, () => undefined);
    case 'reads':
      return lowLevel(name, (memory, candle) => {
        if (candle.feature(0) > candle.feature(1)) memory.above += 1;
      });
    case 'low-level':
      return lowLevel(name, (_memory, candle, desk) => {
        const fast = candle.feature(0);
        const slow = candle.feature(1);
        if (!Number.isNaN(slow)) desk.targetShare(candle.instrument, fast > slow ? SHARE : -SHARE);
      });
    case 'form':
      return emaCross.build({});
    case 'holds':
      return lowLevel(name, (_memory, { row, instrument }, desk) => {
        if (row === 0) desk.target(instrument, 100 as Lots);
      });
    case 'resting-stop':
      return lowLevel(name, (_memory, { row, instrument }, desk) => {
        if (row === 0) desk.target(instrument, 100 as Lots);
        // So far below that no candle reaches it: it is looked at on each one all the same.
        if (row === 2) {
          const qty = 100 as Lots;
          desk.order({ instrument, side: 'sell', orderType: 'stop_market', qty, trigger: 1000 as Ticks, reduceOnly: true });
        }
      });
    default:
      throw new TypeError(`unknown strategy ${String(name satisfies never)}`);
  }
}

interface Memory {
  above: number;
}

function lowLevel(id: string, decide: Strategy<Memory>['decide']): Strategy<unknown> {
  const strategy: Strategy<Memory> = {
    id,
    scope: 'instrument',
    features: [ema('close', FAST), ema('close', SLOW)],
    models: [],
    initialState: () => ({ above: 0 }),
    decide,
  };
  // The engine only hands a state back to the strategy that made it.
  return strategy as unknown as Strategy<unknown>;
}
