import { createIctKernel } from '../../signal/ict-kernel.ts';
import { feature } from '../build.ts';
import type { KernelDefinition, Source } from '../definition.ts';
import type { EventLog } from '../event-log.ts';
import type { FeatureInput, FeatureSpec } from '../spec.ts';
import { atr } from './atr.ts';
import { structure, STRUCTURE } from './structure.ts';

/** Candles in which a direction gives no second signal. */
export const COOLDOWN_PARAM = {
  name: 'cooldown',
  default: 12,
  min: 0,
  max: 500,
  integer: true,
  description: 'Candles after a signal in which there is no other one of its direction.',
} as const;

export const ICT: KernelDefinition = {
  type: 'kernel',
  kind: 'ict',
  description: 'Candidate signals from market structure on three intervals, as events; it has no column of numbers.',
  source: "This project's own definitions, rules SIG of the core.",
  findsObjects: true,
  readsObjects: true,
  inputs: ['middle', 'higher'],
  inputExamples: ['structure(3,3,500)@15m', 'structure(3,3,500)@1h'],
  params: [...STRUCTURE.params, COOLDOWN_PARAM],
  parts: ([middle, higher], [left, right, expiry]) => [
    structure(left, right, expiry),
    checkedStructure('middle', middle),
    checkedStructure('higher', higher),
    atr(14),
    atr(100),
  ],
  create: ([base, middle, higher, range, longRange], [, , , cooldown], tape) =>
    createIctKernel(tape, { base: logOf(base), middle: logOf(middle), higher: logOf(higher), atr: range, longAtr: longRange }, cooldown),
};

/** Parameters of {@link ict}, in candles of the base interval. */
export interface IctOptions {
  readonly left?: number;
  readonly right?: number;
  readonly expiry?: number;
  /** 0 to 500, default 12. */
  readonly cooldown?: number;
}

/**
 * Candidate signals. Without higher intervals the base structure is given as both inputs.
 * @param middle `structure` on a higher interval
 * @param higher `structure` on a still higher one
 */
export function ict(middle: FeatureSpec, higher: FeatureSpec, { left, right, expiry, cooldown }: IctOptions = {}): FeatureSpec {
  return feature(ICT, [middle, higher], [left, right, expiry, cooldown]);
}

function checkedStructure(name: string, input: FeatureInput): FeatureInput {
  if (typeof input !== 'string' && input.kind === STRUCTURE.kind) return input;
  const got = typeof input === 'string' ? input : input.kind;
  throw new RangeError(`ict: its input ${name} must be a structure, e.g. structure(3,3,500)@1h, not ${got}`);
}

function logOf({ log }: Source): EventLog {
  if (log === undefined) throw new RangeError('ict reads the events of structures, and one of its inputs has none');
  return log;
}
