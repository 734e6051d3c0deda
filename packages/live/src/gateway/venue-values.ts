import {
  parseDecimal,
  parseSats,
  type Decimal,
  type Instrument,
  type Lots,
  type RateE8,
  type Sats,
  type Ticks,
  type PriceE8,
} from '@orrery/core';

/** A price on the instrument's grid. @throws RangeError when it lies between two ticks: it would have to be changed to be held. */
export function ticksOf(instrument: Instrument, text: string): Ticks {
  return wholeSteps(text, instrument.tick, `price ${text} of ${instrument.symbol} is no multiple of its tick`) as Ticks;
}

/** A quantity on the instrument's grid, signed as written. @throws RangeError when it is no multiple of the step */
export function lotsOf(instrument: Instrument, text: string): Lots {
  return wholeSteps(text, instrument.step, `quantity ${text} of ${instrument.symbol} is no multiple of its step`) as Lots;
}

/** A price of the venue in 1e-8 of the quote asset. */
export function priceE8Of(text: string): PriceE8 {
  return Math.round(Number(text) * 1e8) as PriceE8;
}

/** The nearest tick of a price that the venue averages; halves up. */
export function nearestTicks(instrument: Instrument, text: string): Ticks {
  const value = parseDecimal(text);
  const { tick } = instrument;
  const dividend = BigInt(value.units) * 10n ** BigInt(tick.decimals);
  const divisor = BigInt(tick.units) * 10n ** BigInt(value.decimals);
  return Number((2n * dividend + divisor) / (2n * divisor)) as Ticks;
}

/** An amount of USDT; never −0. @throws RangeError when it is finer than 1e-8 */
export function satsOf(text: string): Sats {
  return (parseSats(text) + 0) as Sats;
}

/** A rate in units of 1e-8; never −0. @throws RangeError when it is finer */
export function rateOf(text: string): RateE8 {
  return (parseSats(text) + 0) as RateE8;
}

function wholeSteps(text: string, step: Decimal, message: string): number {
  const value = parseDecimal(text);
  const dividend = BigInt(value.units) * 10n ** BigInt(step.decimals);
  const divisor = BigInt(step.units) * 10n ** BigInt(value.decimals);
  if (dividend % divisor !== 0n) throw new RangeError(message);
  return Number(dividend / divisor) + 0;
}
