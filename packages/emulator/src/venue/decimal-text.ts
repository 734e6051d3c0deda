import { formatDecimal, type Decimal, type Instrument, type Lots, type RateE8, type Sats } from '@orrery/core';

/** Shortest decimal text that parses to the very same number, with at least `decimals` of them, and never an exponent. */
export function numberText(value: number, decimals: number): string {
  for (let places = decimals; places <= 20; places++) {
    const text = value.toFixed(places);
    if (Number(text) === value) return text;
  }
  return value.toFixed(20);
}

/** Average price of `lots` (without sign) that cost `cost`, rounded to the nearest 1e-8 and cut of idle zeros beyond the tick's decimals. */
export function averagePriceText(instrument: Instrument, cost: Sats, lots: Lots): string {
  if (lots === 0) return '0.0';
  const { step, tick } = instrument;
  const numerator = BigInt(Math.abs(cost)) * 10n ** BigInt(step.decimals);
  const denominator = BigInt(Math.abs(lots)) * BigInt(step.units);
  const units = (2n * numerator + denominator) / (2n * denominator);
  const text = formatDecimal(Number(units), 8);
  const least = text.length - 8 + tick.decimals;
  let end = text.length;
  while (end > least && text[end - 1] === '0') end--;
  return text.slice(0, end).replace(/\.$/, '');
}

/** Whole steps in a value: null where it lies between two, and whether its text is finer than the step's. */
export function stepsIn(value: Decimal, step: Decimal): { readonly steps: number | null; readonly isTooFine: boolean } {
  const isTooFine = value.decimals > step.decimals;
  if (isTooFine) return { steps: null, isTooFine };
  const units = BigInt(value.units) * 10n ** BigInt(step.decimals - value.decimals);
  const divisor = BigInt(step.units);
  const steps = Number(units / divisor);
  return { steps: units % divisor === 0n && Number.isSafeInteger(steps) ? steps : null, isTooFine };
}

/** A mark price as the venue writes it, with eight decimals. */
export function markText(price: number): string {
  return formatDecimal(Math.round(price * 100_000_000), 8);
}
/** A rate in percent: 250,000 is "0.25"; empty for none. */
export function percentText(rate: RateE8 | null): string {
  return rate === null ? '' : formatDecimal(rate, 6).replace(/\.?0+$/, '');
}
