import { createFeatureGraph, type FeatureGraph, type Instrument, type Strategy, type Tape } from '@orrery/core';
import { InputError } from '@orrery/data';

/** A symbol with fewer candles than its strategy waits for. */
export interface ShortTape {
  readonly id: number;
  readonly candles: number;
  /** Candles after which the strategy decides at the latest. */
  readonly needed: number;
}

/** The symbols on which a strategy never decides, because what it reads has no value yet at their last candle. */
export function shortTapes(strategy: Strategy<unknown>, tapes: readonly Tape[], graphs: readonly FeatureGraph[]): readonly ShortTape[] {
  const { decidesFrom } = strategy;
  if (decidesFrom === undefined) return [];
  return tapes.flatMap((tape, id) => {
    const needed = decidesFrom(graphs[id]?.warmups ?? []) + 1;
    return tape.length >= needed || decidesFrom(firstRows(tape, strategy)) < tape.length ? [] : [{ id, candles: tape.length, needed }];
  });
}

/** The rows where the features begin on this very tape: warm-ups of higher intervals are upper bounds, which a few candles may beat. */
function firstRows(tape: Tape, { features }: Strategy<unknown>): readonly number[] {
  const graph = createFeatureGraph(tape, features);
  graph.advance(0, tape.length);
  return graph.columns.map((column, k) => {
    if (graph.logs[k] !== null) return graph.warmups[k] ?? 0;
    const first = column.findIndex((value) => !Number.isNaN(value));
    return first < 0 ? tape.length : first;
  });
}

/** @throws InputError naming the longest when all symbols are too short: such a run would say nothing */
export function requireLongEnough(strategyId: string, short: readonly ShortTape[], instruments: readonly Instrument[]): void {
  const [longest] = short.toSorted((a, b) => b.candles - a.candles);
  if (longest === undefined || short.length < instruments.length) return;
  const others = instruments.length === 1 ? '' : ', and no symbol more';
  throw new InputError(
    `${instruments[longest.id]?.symbol}: has ${counted(longest.candles)}${others}; strategy ${strategyId} needs ${longest.needed} before it can decide: take a longer range, or fetch more data`,
  );
}

/** One sentence where some symbols are too short, or null. */
export function shortWarning(strategyId: string, short: readonly ShortTape[], symbols: readonly string[]): string | null {
  if (short.length === 0) return null;
  const named = short.slice(0, 5).map(({ id, candles, needed }) => `${symbols[id]} (${candles} of ${needed})`);
  const rest = short.length > named.length ? ` and ${short.length - named.length} more` : '';
  return `too few candles for strategy ${strategyId} to decide on: ${named.join(', ')}${rest}`;
}

function counted(candles: number): string {
  return `${candles} candle${candles === 1 ? '' : 's'}`;
}
