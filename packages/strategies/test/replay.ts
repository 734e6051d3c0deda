import {
  createFeatureGraph,
  createInstrument,
  createTape,
  buildSchedule,
  Engine,
  EntryList,
  NO_FUNDING,
  PLAIN_VENUE,
  SimVenue,
  type InstrumentId,
  type Message,
  type RateE8,
  type Sats,
  type StrategyDefinition,
} from '@orrery/core';

/** open, high, low, close, and volume where it is not 1. Prices are in USDT, the tick is 1. */
export type Candle = readonly [number, number, number, number, number?];

export const INTERVAL = 300_000;
/** One tick is 1 USDT, one lot 0.001, no fees and no slippage, so that expected figures can be worked in the head. */
const INSTRUMENT = createInstrument(
  0 as InstrumentId,
  { symbol: 'TESTUSDT', tickSize: '1', stepSize: '0.001', minQty: '0.001', maxQty: '100000', marketMaxQty: '100000', minNotional: '5' },
  { maker: 0 as RateE8, taker: 0 as RateE8 },
);

export interface Replay {
  readonly messages: readonly Message[];
  /** `row side type qty@price` for each fill, the row counting candles from 0. */
  readonly fills: readonly string[];
  readonly engine: Engine<unknown>;
}

/** Runs a strategy over hand-made candles with 10,000 USDT; `price × lots = 10,000,000` is the whole of it. */
export function replay(
  definition: StrategyDefinition,
  params: Readonly<Record<string, unknown>>,
  candles: readonly Candle[],
  filters: Partial<typeof INSTRUMENT> = {},
): Replay {
  const strategy = definition.build(params);
  const instrument = { ...INSTRUMENT, ...filters };
  const tape = createTape(instrument.id, INTERVAL, candles.length);
  tape.length = candles.length;
  candles.forEach(([open, high, low, close, volume = 1], row) => {
    tape.closeTs[row] = (row + 1) * INTERVAL - 1;
    tape.open[row] = open;
    tape.high[row] = high;
    tape.low[row] = low;
    tape.close[row] = close;
    tape.volume[row] = volume;
  });
  const recorder = new EntryList();
  const engine = new Engine({
    strategy,
    instruments: [instrument],
    tapes: [tape],
    schedule: buildSchedule([tape]),
    features: [createFeatureGraph(tape, strategy.features)],
    venue: new SimVenue({ instruments: [instrument], tapes: [tape], funding: [NO_FUNDING] }, PLAIN_VENUE),
    recorder,
    startEquity: 1_000_000_000_000 as Sats,
    maxLeverage: 3,
    blockRows: 256,
    curveBucketMs: 3_600_000,
  });
  engine.advance(candles.length);
  const messages = recorder.entries.map((entry) => entry.message);
  return { messages, fills: fillsOf(messages), engine };
}

function fillsOf(messages: readonly Message[]): readonly string[] {
  const types = new Map<number, string>();
  const fills: string[] = [];
  for (const message of messages) {
    if (message.type === 'SubmitOrder') types.set(message.orderId, message.orderType);
    if (message.type !== 'OrderFilled') continue;
    const row = (message.ts + 1) / INTERVAL - 1;
    fills.push(`${row} ${message.qty > 0 ? 'buy' : 'sell'} ${types.get(message.orderId)} ${Math.abs(message.qty)}@${message.price}`);
  }
  return fills;
}

/** `row reason` of each denial. */
export function denialsOf({ messages }: Replay): readonly string[] {
  return messages.flatMap((message) => (message.type === 'OrderDenied' ? [`${(message.ts + 1) / INTERVAL - 1} ${message.reason}`] : []));
}
/** `row trigger` of each stop or target that was sent. */
export function triggersOf({ messages }: Replay): readonly string[] {
  return messages.flatMap((message) =>
    message.type === 'SubmitOrder' && message.trigger !== null
      ? [`${(message.ts + 1) / INTERVAL - 1} ${message.orderType} ${message.side} ${message.trigger}`]
      : [],
  );
}
