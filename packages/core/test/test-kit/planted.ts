import { defineStrategy, ema, type CandleView, type Desk, type Lots, type Market, type OrderId, type Strategy } from '../../src/index.ts';
import { placeCandle } from '../../src/market/candle-view.ts';

/** The parts that every strategy here has in common. */
const PLAIN = { scope: 'instrument', features: [ema('close', 5)], models: [] } as const;
const stateless = { ...PLAIN, initialState: () => null } as const;

export const honest: Strategy<{ side: number }> = {
  ...PLAIN,
  id: 'honest',
  initialState: () => ({ side: 0 }),
  decide(state, candle, desk) {
    const side = candle.close() > candle.feature(0) ? 1 : -1;
    if (Number.isNaN(candle.feature(0)) || side === state.side) return;
    state.side = side;
    desk.targetShare(candle.instrument, side);
  },
};

/** Moves the view to the next candle and back, by what the package does not export: the laws do not rest on that alone. */
export const peeksAtNextClose: Strategy<null> = {
  ...stateless,
  id: 'peeks-at-next-close',
  decide(_state, candle, desk) {
    const now = candle.close();
    placeCandle(candle, candle.row + 1, true);
    const next = candle.close();
    placeCandle(candle, candle.row - 1, true);
    desk.targetShare(candle.instrument, next > now ? 1 : -1);
  },
};

/** Goes around the types; the view itself does not let it. */
export const writesToTheView: Strategy<null> = {
  ...stateless,
  id: 'writes-to-the-view',
  decide: (_state, candle) => void Object.assign(candle, { row: candle.row + 1 }),
};

/** The same as the one before it, but it reads a feature: computed ahead in a backtest's blocks, not yet there in a live run. */
export const peeksAtNextFeature: Strategy<null> = {
  ...stateless,
  id: 'peeks-at-next-feature',
  decide(_state, candle, desk) {
    const now = candle.feature(0);
    placeCandle(candle, candle.row + 1, true);
    const next = candle.feature(0);
    placeCandle(candle, candle.row - 1, true);
    desk.targetShare(candle.instrument, next > now ? 1 : -1);
  },
};

/** Keeps every close it has seen outside of its state, so that a second pass over the same candles knows what comes. */
export function capturesTheTape(): Strategy<null> {
  const seen = new Map<number, number>();
  return {
    ...stateless,
    id: 'captures-the-tape',
    decide(_state, candle, desk) {
      const next = seen.get(candle.ts + 300_000) ?? candle.close();
      seen.set(candle.ts, candle.close());
      desk.targetShare(candle.instrument, next > candle.close() ? 1 : -1);
    },
  };
}

/** Flips its mind by a counter that no new run sets back. */
export function countsOutsideState(): Strategy<null> {
  let calls = 0;
  return {
    ...stateless,
    id: 'counts-outside-state',
    decide(_state, candle, desk) {
      calls += 1;
      if (calls % 7 === 0) desk.targetShare(candle.instrument, calls % 2 === 0 ? 1 : -1);
    },
  };
}

/** One object for all runs and symbols, handed out as if it were fresh. */
export function sharesItsState(): Strategy<{ side: number }> {
  const shared = { side: 0 };
  return { ...honest, id: 'shares-its-state', initialState: () => shared };
}

/** Sets back what it keeps whenever a run begins, so that only two runs at a time get in each other's way. */
export function feelsAnotherRun(): Strategy<null> {
  let calls = 0;
  return {
    ...stateless,
    id: 'feels-another-run',
    initialState: () => {
      calls = 0;
      return null;
    },
    decide(_state, candle, desk) {
      calls += 1;
      if (calls % 5 === 0) desk.targetShare(candle.instrument, calls % 2 === 0 ? 1 : -1);
    },
  };
}

/** Reads a feature before it has a value. */
export const targetsNaN: Strategy<null> = {
  ...stateless,
  id: 'targets-nan',
  decide: (_state, candle, desk) => desk.targetShare(candle.instrument, candle.feature(0) / candle.close()),
};

/** The gate denies it quietly; nothing is thrown. */
export const ordersNaN: Strategy<null> = {
  ...stateless,
  id: 'orders-nan',
  decide(_state, { instrument }, desk) {
    desk.order({ instrument, side: 'buy', orderType: 'market', qty: NaN as Lots });
  },
};

/** Buys as much again with every report of a fill that it hears of. */
export const doublesOnFill: Strategy<{ entry: OrderId | null }> = {
  ...PLAIN,
  id: 'doubles-on-fill',
  initialState: () => ({ entry: null }),
  decide(state, candle, desk) {
    state.entry ??= buy(desk, candle);
  },
  onFact(state, fact, desk) {
    if (fact.type !== 'OrderFilled' || fact.orderId !== state.entry) return;
    desk.order({ instrument: fact.instrument, side: 'buy', orderType: 'market', qty: fact.qty });
  },
};

function buy(desk: Desk, candle: CandleView): OrderId | null {
  return desk.order({ instrument: candle.instrument, side: 'buy', orderType: 'market', qty: lotsFor(desk, candle) });
}
/** Three tenths of the allotment. */
function lotsFor(desk: Desk, candle: CandleView): Lots {
  const { tick, priceScale, tickLotSats } = desk.instrument(candle.instrument);
  const unit = ((candle.close() * priceScale) / tick.units) * tickLotSats;
  return Math.floor((0.3 * desk.equity()) / unit / desk.instruments) as Lots;
}

/** Treats the first symbol differently. */
export const favoursTheFirst: Strategy<null> = {
  ...stateless,
  id: 'favours-the-first',
  decide: (_state, candle, desk) => desk.targetShare(candle.instrument, candle.instrument === 0 ? 1 : -1),
};

export const throwsOnIdleCandles: Strategy<null> = {
  ...stateless,
  id: 'throws-on-idle-candles',
  decide(_state, candle) {
    if (candle.volume() === 0) throw new Error('no volume');
  },
};

/** Turns the account's tick value over, which it may read and not write. */
export const changesTheInstrument: Strategy<null> = {
  ...stateless,
  id: 'changes-the-instrument',
  decide(_state, { instrument }, desk) {
    desk.targetShare(instrument, 1);
    (desk.instrument(instrument) as { tickLotSats: number }).tickLotSats *= 1.5;
  },
};

/** Acts on what a model says, which a replay takes from the journal. */
export const asksAModel: Strategy<null> = {
  ...stateless,
  id: 'asks-a-model',
  models: [{ id: 'm', hash: '', inputs: [], outputs: [] }],
  decide(_state, candle, desk) {
    if (!Number.isNaN(candle.feature(0))) desk.predict(0, candle.instrument, [candle.close()]);
  },
  onFact(_state, fact, desk) {
    if (fact.type === 'PredictionReady') desk.targetShare(fact.instrument, fact.values[0] > 0.5 ? 1 : -1);
  },
};

/** Reads a model's output as a column. */
export const readsAModel: Strategy<null> = {
  ...stateless,
  id: 'reads-a-model',
  models: [{ id: 'm', hash: '', inputs: [], outputs: ['up'] }],
  decide: (_state, candle, desk) => desk.targetShare(candle.instrument, candle.feature(1) > 0.5 ? 1 : -1),
};

/** The comfortable form, warmed up. */
export const comfortable = defineStrategy({
  id: 'comfortable',
  features: () => ({ average: ema('close', 5) }),
  state: () => ({ n: 0 }),
  decide({ features, candle, desk, state }) {
    state.n += 1;
    if (state.n % 3 === 0) desk.bracket({ share: 0.2, stop: Math.min(features.average, candle.close()) * 0.9 });
    if (state.n % 11 === 0) desk.close();
  },
});

/** Enters first and sends its stop once the model has answered: without an answer there is no stop. */
export const entersBeforeTheAnswer: Strategy<{ qty: number }> = {
  ...PLAIN,
  id: 'enters-before-the-answer',
  models: [{ id: 'm', hash: '', inputs: [], outputs: [] }],
  initialState: () => ({ qty: 0 }),
  decide(state, candle, desk) {
    if (state.qty > 0 || buy(desk, candle) === null) return;
    state.qty = lotsFor(desk, candle);
    desk.predict(0, candle.instrument, [candle.close()]);
  },
  onFact(state, fact, desk) {
    if (fact.type !== 'PredictionReady') return;
    const { instrument } = fact;
    const { tick, priceScale } = desk.instrument(instrument);
    const trigger = Math.floor((desk.lastPrice(instrument) * 0.5 * priceScale) / tick.units) as never;
    desk.order({ instrument, side: 'sell', orderType: 'stop_market', qty: state.qty as Lots, trigger, reduceOnly: true });
  },
};

/** Takes whatever the model says for a share. */
export const trustsTheAnswer: Strategy<null> = {
  ...stateless,
  id: 'trusts-the-answer',
  models: [{ id: 'm', hash: '', inputs: [], outputs: [] }],
  decide: (_state, candle, desk) => void desk.predict(0, candle.instrument, [candle.close()]),
  onFact(_state, fact, desk) {
    if (fact.type === 'PredictionReady') desk.targetShare(fact.instrument, fact.values[0]);
  },
};

/** Takes it for granted that an order is accepted before it fills. */
export const expectsAcceptanceFirst: Strategy<{ accepted: OrderId[] }> = {
  ...PLAIN,
  id: 'expects-acceptance-first',
  initialState: () => ({ accepted: [] }),
  decide(state, candle, desk) {
    if (state.accepted.length === 0) buy(desk, candle);
  },
  onFact(state, fact) {
    if (fact.type === 'OrderAccepted') state.accepted.push(fact.orderId);
    if (fact.type === 'OrderFilled' && !state.accepted.includes(fact.orderId)) throw new Error(`order ${fact.orderId} filled unaccepted`);
  },
};

/** Holds an array of all candles that the run is about, and reads one too far. */
export function knowsAllCandles(market: Market): Strategy<null> {
  return {
    ...stateless,
    id: 'knows-all-candles',
    decide(_state, { instrument, row }, desk) {
      const { rows } = market.symbols[instrument];
      desk.targetShare(instrument, row + 1 < rows.length && rows[row + 1].close > rows[row].close ? 1 : -1);
    },
  };
}

/** The same array, read as far as the candle that is decided on. */
export function rereadsPastCandles(market: Market): Strategy<null> {
  return {
    ...stateless,
    id: 'rereads-past-candles',
    decide(_state, { instrument, row }, desk) {
      const { rows } = market.symbols[instrument];
      desk.targetShare(instrument, row > 0 && rows[row].close > rows[row - 1].close ? 1 : -1);
    },
  };
}
