import { createTape, type InstrumentId, type Tape } from '@orrery/core';

/** Random walks in whole prices, five minutes a candle; the same every time. */
export function synthesiseTapes(count: number, rows: number): readonly Tape[] {
  return Array.from({ length: count }, (_, id) => {
    const tape = createTape(id as InstrumentId, 300_000, rows);
    let seed = 12_345 + id;
    const next = (span: number): number => {
      seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
      return seed % span;
    };
    let price = 10_000;
    for (let k = 0; k < rows; k++) {
      const close = Math.max(1000, price + next(81) - 40);
      tape.closeTs[k] = (k + 1) * 300_000 - 1;
      tape.open[k] = price;
      tape.close[k] = close;
      tape.high[k] = Math.max(price, close) + next(20);
      tape.low[k] = Math.min(price, close) - next(20);
      tape.volume[k] = 1 + next(100);
      price = close;
    }
    tape.length = rows;
    return tape;
  });
}
