import type { RunRequest } from '@orrery/backtest';
import { InputError } from '../input-error.ts';

/** What cannot be the same on both sides. @throws InputError naming the flag, its value and the mend */
export function checkParity({ venue }: RunRequest): void {
  const [min, max] = venue.latencyMs;
  if (min !== max)
    throw new InputError(`--latency-ms ${min}..${max}: is drawn by the order's number, which the venue does not know; give one number`);
}
