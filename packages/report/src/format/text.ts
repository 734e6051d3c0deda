import { formatDecimal, type MetricDefinition, SATS_PER_UNIT } from '@orrery/core';

/** Shown where a number is undefined. */
export const UNDEFINED = '–';
const MINUS = '−';
const SATS_PER_CENT = SATS_PER_UNIT / 100;
const DAY_MS = 86_400_000;

/** Digits in groups of three: 1234567 is "1,234,567". */
function grouped(digits: string): string {
  return digits.replace(/\B(?=(\d{3})+(?!\d))/g, ',');
}

/** A number with so many decimals, grouped, with a true minus; null is {@link UNDEFINED}. */
export function formatNumber(value: number | null, decimals: number): string {
  if (value === null) return UNDEFINED;
  const [whole = '', fraction] = Math.abs(value).toFixed(decimals).split('.');
  const digits = grouped(whole) + (fraction === undefined ? '' : `.${fraction}`);
  return value < 0 && /[1-9]/.test(digits) ? MINUS + digits : digits;
}

/** Sats as USDT to the cent, rounded half away from zero. */
export function formatUsdt(sats: number): string {
  return formatNumber((Math.sign(sats) * Math.round(Math.abs(sats) / SATS_PER_CENT)) / 100, 2);
}

/** Like {@link formatUsdt} with a plus where there is a gain. */
export function formatGain(sats: number): string {
  const text = formatUsdt(sats);
  return sats > 0 ? `+${text}` : text;
}

/** Sats as USDT to the last unit, grouped, with a true minus. */
export function formatExact(sats: number): string {
  const [whole = '', fraction = ''] = formatDecimal(Math.abs(sats), 8).split('.');
  return `${sats < 0 ? MINUS : ''}${grouped(whole)}.${fraction}`;
}

/** A fraction as percent with two decimals; large ones lose the decimals that nobody reads. */
export function formatPercent(fraction: number | null): string {
  if (fraction === null) return UNDEFINED;
  return `${formatNumber(fraction * 100, Math.abs(fraction) >= 100 ? 0 : 2)} %`;
}

/** `2025-01-31 23:59` in UTC. */
export function formatTime(time: number): string {
  return new Date(time).toISOString().slice(0, 16).replace('T', ' ');
}

/** `2025-01-31` in UTC. */
export function formatDay(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

/** A length of time in its two largest units: `3 d 4 h`, `5 h 30 min`, `45 min`. */
export function formatDuration(milliseconds: number): string {
  const minutes = Math.round(milliseconds / 60_000);
  const days = Math.floor(minutes / 1440);
  const hours = Math.floor((minutes % 1440) / 60);
  if (milliseconds >= DAY_MS) return hours === 0 ? `${formatNumber(days, 0)} d` : `${formatNumber(days, 0)} d ${hours} h`;
  if (hours > 0) return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
  return `${minutes} min`;
}

/** A metric in its own unit, to be read by a person. */
export function formatMetric(value: number | null, unit: MetricDefinition['unit']): string {
  if (value === null) return UNDEFINED;
  switch (unit) {
    case 'fraction':
      return formatPercent(value);
    case 'ratio':
      return formatNumber(value, Math.abs(value) >= 1000 ? 0 : 3);
    case 'usdt':
      return formatNumber(value, 2);
    case 'days':
      return `${formatNumber(value, Number.isInteger(value) ? 0 : 2)} d`;
    case 'hours':
      return formatDuration(value * 3_600_000);
    case 'count':
      return formatNumber(value, 0);
    case 'perDay':
      return formatNumber(value, 2);
  }
}

/** Class of a table cell that tells gain from loss by more than its sign. */
export function toneOf(value: number | null): 'gain' | 'loss' | 'flat' {
  if (value === null || value === 0) return 'flat';
  return value > 0 ? 'gain' : 'loss';
}
