import { entrySignals, ParamError, type Recorder, type Strategy } from '@orrery/core';
import { createInstruments, DEFAULT_REQUEST, simulate, type RunRequest } from '@orrery/backtest';
import { InputError, type Market } from '@orrery/data';

/** Where a strategy gave an entry signal. */
export interface SignalMoment {
  readonly instrument: number;
  /** Row of the last candle that it had decided on. */
  readonly row: number;
  /** 1 buys, −1 sells. */
  readonly side: 1 | -1;
}
/** The signals of a strategy, and how many of its orders the run refused: each may have changed what the strategy did next. */
export interface CollectedSignals {
  readonly signals: readonly SignalMoment[];
  readonly denied: number;
}
export interface CollectOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}
/** Which strategy to watch on which candles. */
export type CollectRequest = Pick<RunRequest, 'strategy' | 'strategyHash' | 'params' | 'symbols' | 'interval'>;

/** USDT for each symbol: enough for every venue minimum, and below every venue maximum. */
const EQUITY_PER_SYMBOL = 10_000;

/**
 * Runs a strategy over a market by the engine of a backtest and notes each of its entry signals, which are the very ones that a filter
 * would ask its model about. It trades without costs, so that fees do not end the account, and with it the signals, before the data
 * does.
 * @throws InputError when the account is ruined all the same
 */
export async function collectSignals(market: Market, request: CollectRequest, options: CollectOptions = {}): Promise<CollectedSignals> {
  const signals: SignalMoment[] = [];
  const run: RunRequest = {
    ...DEFAULT_REQUEST,
    ...request,
    equity: String(EQUITY_PER_SYMBOL * request.symbols.length),
    makerFeeBps: 0,
    takerFeeBps: 0,
  };
  const instruments = createInstruments(market, run);
  const watched = entrySignals(built(request), ({ instrument, side, candle }) => {
    // Before the first candle there is nothing that a model could be asked with; a filter refuses such a signal.
    if (candle !== null) signals.push({ instrument, row: candle.row, side });
  });
  let denied = 0;
  const recorder: Recorder = { record: (_seq, _pos, _lane, { type }) => void (denied += Number(type === 'OrderDenied')) };
  const { engine } = await simulate(market, instruments, watched, run, recorder, { fills: run.fills, ...options });
  if (engine.desk.isHalted)
    throw new InputError(`strategy ${request.strategy.id}: loses its whole account on these candles; choose others`);
  return { signals, denied };
}

/** @throws InputError naming the parameter that cannot be */
function built({ strategy, params }: CollectRequest): Strategy<unknown> {
  if (strategy.models.length > 0)
    throw new InputError(`strategy ${strategy.id}: reads a model itself; train on the strategy that it filters`);
  try {
    return strategy.build(params);
  } catch (error) {
    if (error instanceof ParamError || error instanceof RangeError)
      throw new InputError(`strategy ${strategy.id}: ${error.message}`, { cause: error });
    throw error;
  }
}
