import { createTape, toPrice, toTicks, type Instrument, type OrderFilled, type Tape } from '@orrery/core';

/** A candle, or what is left of one. */
export interface Remainder {
  readonly tape: Tape;
  readonly row: number;
}

/**
 * The part of a candle that can still come after a fill in it. After a fill at the open that is the whole candle, which is
 * exactly what a bracket's exits meet in a backtest. A resting order that was met on the way leaves the part from its price on:
 * the extreme that the price was heading for, and of the other one only what the close proves to have come later.
 */
export function remainderOf(instrument: Instrument, tape: Tape, row: number, fill: OrderFilled): Remainder {
  const { reference } = fill;
  if (reference === toTicks(instrument, tape.open[row])) return { tape, row };
  const price = toPrice(instrument, reference);
  const rest = createTape(tape.instrument, tape.intervalMs, 1);
  const isFalling = fill.qty > 0 === fill.isMaker;
  rest.length = 1;
  rest.closeTs[0] = tape.closeTs[row];
  rest.open[0] = price;
  rest.high[0] = isFalling ? Math.max(price, tape.close[row]) : tape.high[row];
  rest.low[0] = isFalling ? tape.low[row] : Math.min(price, tape.close[row]);
  rest.close[0] = tape.close[row];
  rest.volume[0] = tape.volume[row];
  return { tape: rest, row: 0 };
}
