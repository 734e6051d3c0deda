import { formatSats, holdsSign, type FillPath, type Instrument, type Recorder, type ResultBounds } from '@orrery/core';
import type { MarketData } from '../market-data.ts';
import type { RunRequest } from '../run-request.ts';
import type { PredictionSourceOf } from './prediction-source.ts';
import { computedGraph } from '../scan/computed-graph.ts';
import { buildStrategy } from './build-strategy.ts';
import { simulate, type Simulation } from './simulate.ts';

/** Which readings of ambiguous candles are run beside the one that was asked for. */
export type BoundsWanted =
  /** None. */
  | 'never'
  /** The other two where there was an ambiguous candle; no bounds are given where there was none. */
  | 'ambiguous'
  /** The same, but where there was no ambiguous candle the bounds are given as one number. */
  | 'always';

const READINGS: readonly FillPath[] = ['pessimistic', 'heuristic', 'optimistic'];
const SILENT: Recorder = { record: () => undefined };

/** Ambiguous candles give an interval, not a number: its ends are two more runs. */
export async function boundsOf(
  request: RunRequest,
  market: MarketData,
  instruments: readonly Instrument[],
  run: Simulation,
  options: {
    readonly bounds?: BoundsWanted;
    readonly predictions?: PredictionSourceOf | undefined;
    readonly signal?: AbortSignal | undefined;
    readonly onSlice?: (() => void) | undefined;
  },
): Promise<ResultBounds | null> {
  const { bounds: wanted = 'ambiguous', signal, onSlice } = options;
  const isAmbiguous = run.venue.ambiguousCandles > 0;
  if (wanted === 'never' || (wanted === 'ambiguous' && !isAmbiguous)) return null;
  const end = formatSats(run.engine.desk.equity());
  const ends: Record<FillPath, string> = { pessimistic: end, heuristic: end, optimistic: end };
  if (!isAmbiguous) return ends;
  for (const fills of READINGS) {
    if (fills === request.fills) continue;
    const strategy = buildStrategy(request);
    const predictions = options.predictions?.(strategy);
    // The same candles have the same features.
    const features = run.features.map(computedGraph);
    const other = await simulate(market, instruments, strategy, request, SILENT, { fills, predictions, features, signal, onSlice });
    ends[fills] = formatSats(other.engine.desk.equity());
  }
  return ends;
}

/** What the bounds say of the result, for who decides upon it; null where they say nothing. */
export function boundsWarning(bounds: ResultBounds | null, startEquity: string, ambiguousCandles: number): string | null {
  if (bounds === null) return null;
  const ends = READINGS.map((reading) => bounds[reading]).sort((a, b) => Number(a) - Number(b));
  const [low = '', , high = ''] = ends;
  if (low === high) return null;
  const candles = `${ambiguousCandles} candle${ambiguousCandles === 1 ? '' : 's'} could be read in two ways`;
  const interval = `end equity lies between ${low} and ${high} USDT`;
  const start = Number(startEquity);
  if (!holdsSign(bounds, startEquity)) return `${candles}: ${interval}, so whether the run gained or lost depends on the reading`;
  return `${candles}: ${interval}; the run ${Number(low) > start ? 'gains' : 'loses'} under each reading`;
}
