import {
  createInstrument,
  createRandom,
  NO_FUNDING,
  type InstrumentId,
  type JournalEntry,
  type Market,
  type MarketRow,
  type Message,
  type RateE8,
  type SignalRaised,
  type Ticks,
  type VirtualPositionEvent,
} from '@orrery/core';

/** A price p stands in the mirror at this less p, in ticks of 1 USDT: both are whole numbers, so every difference is the same to the last bit. */
const MIRROR = 40_000;
const INTERVAL = 300_000;
/** Monday 2023-11-13 00:00 UTC. */
const START = 1_699_833_600_000;

/**
 * Candles of 5 minutes that walk around the middle of the mirror: calm and wild stretches, runs up and down, now and then without
 * trades. There are no fees: a fee is a part of the price, and that is another one in the mirror.
 */
export function walkingMarket(seed: number, frames: number, symbols: number): Market {
  const random = createRandom(seed);
  return {
    seed,
    intervalMs: INTERVAL,
    symbols: Array.from({ length: symbols }, (_, id) => ({
      instrument: createInstrument(
        id as InstrumentId,
        {
          symbol: `M${id}USDT`,
          tickSize: '1',
          stepSize: '0.001',
          minQty: '0.001',
          maxQty: '100000',
          marketMaxQty: '100000',
          minNotional: '5',
        },
        { maker: 0 as RateE8, taker: 0 as RateE8 },
      ),
      rows: walk(random, frames),
      funding: NO_FUNDING,
    })),
  };
}

function walk(random: ReturnType<typeof createRandom>, frames: number): readonly MarketRow[] {
  const rows: MarketRow[] = [];
  let price = MIRROR / 2;
  let [drift, reach, left] = [0, 40, 0];
  for (let frame = 0; frame < frames; frame++) {
    if (left-- === 0) {
      left = random.int(5, 60);
      // Back to the middle the more, the further away it is.
      drift = random.int(-15, 15) - Math.round((price - MIRROR / 2) / 400);
      reach = random.int(10, 90);
    }
    const isIdle = random.next() < 0.01;
    const open = price;
    const close = isIdle ? open : open + drift + random.int(-reach, reach);
    const high = isIdle ? open : Math.max(open, close) + random.int(0, reach);
    const low = isIdle ? open : Math.min(open, close) - random.int(0, reach);
    const volume = isIdle ? 0 : random.int(1, 500) * (Math.abs(close - open) > reach ? 4 : 1);
    rows.push({ ts: START + (frame + 1) * INTERVAL - 1, open, high, low, close, volume });
    price = close;
  }
  return rows;
}

/** The market as the mirror shows it: what rose falls, at the same times and volumes. */
export function reflected(market: Market): Market {
  const rowOf = ({ ts, open, high, low, close, volume }: MarketRow): MarketRow => ({
    ts,
    open: MIRROR - open,
    high: MIRROR - low,
    low: MIRROR - high,
    close: MIRROR - close,
    volume,
  });
  return { ...market, symbols: market.symbols.map((symbol) => ({ ...symbol, rows: symbol.rows.map(rowOf) })) };
}

export function messagesOf<Type extends Message['type']>(
  entries: readonly JournalEntry[],
  type: Type,
): readonly Extract<Message, { type: Type }>[] {
  return entries.flatMap(({ message }) => (message.type === type ? [message as Extract<Message, { type: Type }>] : []));
}

/** The signal that the mirror has to show. */
export function reflectedSignal(signal: SignalRaised): SignalRaised {
  return { ...signal, ...levels(signal), entry: mirrored(signal.entry) };
}
/** An event of a virtual position there. Its return is that of another price, so it is left out. */
export function reflectedEvent(event: VirtualPositionEvent): VirtualPositionEvent {
  return { ...withoutReturn(event), ...levels(event), price: mirrored(event.price) };
}
export function withoutReturn(event: VirtualPositionEvent): VirtualPositionEvent {
  return { ...event, pnl: 0 as RateE8 };
}

function levels({ direction, stop, target }: SignalRaised | VirtualPositionEvent): Pick<SignalRaised, 'direction' | 'stop' | 'target'> {
  return { direction: direction === 'long' ? 'short' : 'long', stop: mirrored(stop), target: mirrored(target) };
}
function mirrored(price: Ticks): Ticks {
  return (MIRROR - price) as Ticks;
}
