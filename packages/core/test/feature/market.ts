import fc from 'fast-check';
import { createFeatureGraph, createTape, parseFeature, type FeatureGraph, type InstrumentId, type Tape } from '../../src/index.ts';

export interface Bar {
  open: number;
  high: number;
  low: number;
  close: number;
  volume: number;
}

const MINUTE = 60_000;
/** 2025-01-01 00:00 UTC. */
export const START = 1_735_689_600_000;

/** A tape of adjoining candles from `start`; `capacity` leaves room to grow. */
export function tapeOf(bars: readonly Bar[], intervalMs: number = MINUTE, start: number = START, capacity: number = bars.length): Tape {
  const tape = createTape(0 as InstrumentId, intervalMs, capacity);
  for (const bar of bars) append(tape, bar, start + tape.length * intervalMs);
  return tape;
}

/** Adds one candle that opened at the given time. */
export function append(tape: Tape, bar: Bar, openTime: number): void {
  const row = tape.length++;
  tape.closeTs[row] = openTime + tape.intervalMs - 1;
  tape.open[row] = bar.open;
  tape.high[row] = bar.high;
  tape.low[row] = bar.low;
  tape.close[row] = bar.close;
  tape.volume[row] = bar.volume;
}

/** Candles that only have a close: for kernels of one input. */
export function closes(values: readonly number[]): Bar[] {
  return values.map((value) => ({ open: value, high: value, low: value, close: value, volume: 1 }));
}

/** Random walks in ticks of 0.1 around 100 to 100,000 with flat stretches, spikes by a million and candles without volume. */
export const bars: fc.Arbitrary<Bar[]> = fc
  .tuple(
    fc.constantFrom<number>(1_000, 1_000_000),
    fc.array(
      fc.record({
        step: fc.integer({ min: -30, max: 30 }),
        up: fc.nat(20),
        down: fc.nat(20),
        volume: fc.oneof({ weight: 4, arbitrary: fc.nat(100_000) }, { weight: 1, arbitrary: fc.constant(0) }),
        flat: fc.oneof({ weight: 6, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat(12) }),
        spike: fc.oneof({ weight: 30, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
      }),
      { minLength: 1, maxLength: 90 },
    ),
  )
  .map(([start, moves]) => {
    const result: Bar[] = [];
    let ticks = start;
    for (const move of moves) {
      const open = ticks;
      ticks = Math.max(1, ticks + move.step);
      const factor = move.spike ? 1e6 : 1;
      result.push({
        open: open / 10,
        high: ((Math.max(open, ticks) + move.up) / 10) * factor,
        low: Math.max(1, Math.min(open, ticks) - move.down) / 10,
        close: (ticks / 10) * factor,
        volume: move.volume / 100,
      });
      for (let k = 0; k < move.flat; k++) {
        const price = ticks / 10;
        result.push({ open: price, high: price, low: price, close: price, volume: 0 });
      }
    }
    return result;
  });

/** Every kind that has a name, with windows short enough to be filled, and expressions over them. */
export const TEXTS: readonly string[] = [
  'sma(close,5)',
  'ema(close,5)',
  'wma(close,5)',
  'rma(close,5)',
  'sum(volume,4)',
  'rsi(close,5)',
  'roc(close,3)',
  'momentum(close,3)',
  'macd_line(close,3,6)',
  'macd_signal(close,3,6,4)',
  'macd_histogram(close,3,6,4)',
  'stochastic_fast_k(5)',
  'stochastic_k(5,3)',
  'stochastic_d(5,3,2)',
  'cci(5)',
  'plus_di(4)',
  'minus_di(4)',
  'adx(4)',
  'true_range()',
  'atr(4)',
  'stddev(close,5)',
  'zscore(close,5)',
  'log_return(close,1)',
  'realised_volatility(close,5,365)',
  'bollinger_upper(close,5,2)',
  'bollinger_middle(close,5)',
  'bollinger_lower(close,5,2)',
  'bollinger_percent_b(close,5,2)',
  'bollinger_bandwidth(close,5,2)',
  'keltner_upper(5,4,2)',
  'keltner_middle(5)',
  'keltner_lower(5,4,2)',
  'donchian_upper(5)',
  'donchian_middle(5)',
  'donchian_lower(5)',
  'obv()',
  'vwap()',
  'rolling_vwap(5)',
  'mfi(4)',
  'typical_price()',
  'rolling_min(low,5)',
  'rolling_max(high,5)',
  'rolling_rank(close,5)',
  'lag(close,3)',
  'add(close,open)',
  'sub(close,open)',
  'mul(close,0.5)',
  'div(close,volume)',
  'abs(sub(close,open))',
  'neg(close)',
  'min(close,open)',
  'max(close,open)',
  'cross_over(close,ema(close,5))',
  'cross_under(close,ema(close,5))',
  'structure(2,2,20)',
  'swing_high(2,2)',
  'swing_low(2,1)',
  'market_bias(2,2)',
  'structure_break(2,2)',
  'premium_discount(1,1)',
  'bullish_order_block_distance(1,1)',
  'bullish_order_block_strength(1,1)',
  'bearish_order_block_distance(1,1)',
  'bearish_order_block_strength(1,1)',
  'fvg()',
  'bullish_fvg_distance()',
  'bearish_fvg_distance()',
  'liquidity_sweep(1,1)',
  'previous_day_high()',
  'previous_day_low()',
  'previous_week_high()',
  'previous_week_low()',
  'session(2)',
  'kill_zone()',
  'ict(structure(2,2,20)@3m,structure(2,1,10)@5m,2,1,20,3)',
  'trend_signal(3,8,1,2,0)',
  'reversion_signal(5,1,2)',
  'zscore(sub(ema(close,3),ema(close,6)),5)',
  'sma(log_return(volume,1),3)',
  'ema(close,3)@5m',
  'sub(close,atr(2)@3m)',
  'sma(sub(ema(close,2)@15m,close),2)@5m',
  'structure(2,1,10)@5m',
  'swing_low(1,1)@3m',
];

export function graphOf(tape: Tape, ...texts: readonly string[]): FeatureGraph {
  return createFeatureGraph(tape, texts.map(parseFeature));
}

/** The whole column of one feature. */
export function column(text: string, tape: Tape): number[] {
  const graph = graphOf(tape, text);
  graph.advance(0, tape.length);
  return Array.from(graph.columns[0].subarray(0, tape.length));
}
