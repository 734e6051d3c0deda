import { ParamError, type Desk, type InstrumentId, type Strategy } from '@orrery/core';
import { createInstruments, DEFAULT_REQUEST, simulate, type RunRequest } from '@orrery/backtest';
import { InputError, type Market } from '@orrery/data';

/** A moment at which a strategy asks for a position on a side that it does not hold. */
export interface EntrySignal {
  readonly instrument: number;
  /** Row of the candle at whose close it asks. */
  readonly row: number;
  /** 1 buys, −1 sells. */
  readonly side: 1 | -1;
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
 * Runs a strategy over a market by the engine of a backtest and notes each of its entry signals. It trades without costs, so that
 * fees do not end the account, and with it the signals, before the data ends.
 * @throws InputError when the account is ruined all the same
 */
export async function collectSignals(market: Market, request: CollectRequest, options: CollectOptions = {}): Promise<readonly EntrySignal[]> {
  const signals: EntrySignal[] = [];
  const run: RunRequest = {
    ...DEFAULT_REQUEST,
    ...request,
    equity: String(EQUITY_PER_SYMBOL * request.symbols.length),
    makerFeeBps: 0,
    takerFeeBps: 0,
  };
  const instruments = createInstruments(market, run);
  const watched = watching(built(request), (found) => void signals.push(found));
  const recorder = { record: () => undefined };
  const { engine } = await simulate(market, instruments, watched, run, recorder, { fills: run.fills, ...options });
  if (engine.desk.isHalted) throw new InputError(`strategy ${request.strategy.id}: loses its whole account on these candles; choose others`);
  return signals;
}

/** @throws InputError naming the parameter that cannot be */
function built({ strategy, params }: CollectRequest): Strategy<unknown> {
  try {
    return strategy.build(params);
  } catch (error) {
    if (error instanceof ParamError || error instanceof RangeError)
      throw new InputError(`strategy ${strategy.id}: ${error.message}`, { cause: error });
    throw error;
  }
}

function watching(base: Strategy<unknown>, onSignal: (signal: EntrySignal) => void): Strategy<unknown> {
  const last = new Map<number, number>();
  let row = 0;
  const note = (instrument: InstrumentId, desk: Desk, amount: number): void => {
    const side = Math.sign(amount);
    const held = last.get(instrument) ?? Math.sign(desk.position(instrument));
    last.set(instrument, side);
    if (side !== 0 && side !== held) onSignal({ instrument, row, side: side > 0 ? 1 : -1 });
  };
  const wrap = (desk: Desk): Desk =>
    new Proxy(desk, {
      get(target, key) {
        if (key === 'targetShare') return (id: InstrumentId, share: number) => (note(id, target, share), target.targetShare(id, share));
        const value: unknown = Reflect.get(target, key, target);
        return typeof value === 'function' ? value.bind(target) : value;
      },
    });
  let wrapped: Desk | null = null;
  return {
    ...base,
    decide(state, candle, desk) {
      row = candle.row;
      wrapped ??= wrap(desk);
      base.decide(state, candle, wrapped);
    },
  };
}
