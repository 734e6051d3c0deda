import type { Calibration } from '@orrery/models';
import { fitIsotonic } from './isotonic.ts';
import { fitPlatt } from './platt.ts';

/** Fits a calibration on margins of samples that their model did not see. */
export function fitCalibration(kind: Calibration['kind'], margins: ArrayLike<number>, labels: ArrayLike<number>): Calibration {
  switch (kind) {
    case 'none':
      return { kind };
    case 'platt':
      return { kind, ...fitPlatt(margins, labels) };
    case 'isotonic':
      return { kind, ...fitIsotonic(margins, labels) };
    default:
      throw new TypeError(`unknown calibration ${String(kind satisfies never)}`);
  }
}
