import { toTicks, type EpochMs, type Instrument, type InstrumentId, type Tape, type Ticks } from '@orrery/core';
import type { Market } from '@orrery/data';

/** Which of a symbol's funding instants have passed: the simulated venue says what was paid, this says when it fell due. */
export class FundingTimes {
  readonly #market: Market;
  readonly #next: Uint32Array;

  constructor(market: Market) {
    this.#market = market;
    this.#next = new Uint32Array(market.tapes.length);
  }
  /** The instant of the payment that was just charged. */
  charged(id: InstrumentId): EpochMs {
    return this.#market.funding[id].times[this.#next[id]++] as EpochMs;
  }
  /** After a candle: instants that it covered while nothing was held have passed too. */
  pass(tape: Tape, row: number): void {
    const { times } = this.#market.funding[tape.instrument];
    const openTs = tape.closeTs[row] - tape.intervalMs + 1;
    while (this.#next[tape.instrument] < times.length && times[this.#next[tape.instrument]] <= openTs) this.#next[tape.instrument]++;
  }
}

/** The price that positions are valued at for a funding instant: the first open at or after it; null where the data end before. */
export function fundingMark(instrument: Instrument, tape: Tape, time: number): Ticks | null {
  const { closeTs, intervalMs, length } = tape;
  let [low, high] = [0, length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (closeTs[middle] - intervalMs + 1 < time) low = middle + 1;
    else high = middle;
  }
  return low === length ? null : toTicks(instrument, tape.open[low]);
}
