const MINUTES = 1440;
/** Volatility by hour of the day (UTC), as multiples of a quiet hour: Asia's open, and the American session from 13:30 on. */
const VOLATILITY = [
  1.42, 1.42, 1.26, 1.06, 1.05, 0.96, 1.04, 1.1, 1.04, 1.07, 1.0, 1.0, 1.22, 1.6, 2.0, 1.9, 1.63, 1.62, 1.5, 1.4, 1.4, 1.5, 1.28, 1.18,
];
/** Volume by hour, likewise. */
const VOLUME = [
  1.3, 1.25, 1.18, 1.0, 0.98, 0.92, 1.0, 1.15, 1.12, 1.1, 1.05, 1.06, 1.4, 2.1, 2.75, 2.45, 2.0, 1.85, 1.53, 1.42, 1.36, 1.1, 1.05, 1.0,
];

/** The shape of a day by its minutes. */
export interface DayShape {
  /** Factor on volatility; its mean square is 1. */
  readonly volatility: Float64Array;
  /** Factor on volume; its mean is 1. */
  readonly volume: Float64Array;
}

export function dayShape(): DayShape {
  const volatility = byMinute(VOLATILITY);
  const volume = byMinute(VOLUME);
  const meanSquare = volatility.reduce((sum, value) => sum + value * value, 0) / MINUTES;
  const mean = volume.reduce((sum, value) => sum + value, 0) / MINUTES;
  return { volatility: volatility.map((value) => value / Math.sqrt(meanSquare)), volume: volume.map((value) => value / mean) };
}

/** Straight lines between the middles of the hours. */
function byMinute(hours: readonly number[]): Float64Array {
  return Float64Array.from({ length: MINUTES }, (_, minute) => {
    const at = minute / 60 - 0.5 + 24;
    const hour = Math.floor(at);
    return hours[hour % 24] + (hours[(hour + 1) % 24] - hours[hour % 24]) * (at - hour);
  });
}
