import { createFeatureGraph } from '../feature/graph.ts';
import { canonicalText } from '../feature/canonical.ts';
import type { FeatureSpec } from '../feature/spec.ts';
import type { Tape } from '../market/tape.ts';
import { isLastState } from './life.ts';
import { STRUCTURE_KINDS, STRUCTURE_STATES, type StructureKind, type StructureState } from './structure-event.ts';
import { StructureFold } from './structure-fold.ts';

/** A state of an object, and the row at whose close it became known. */
export interface DrawnState {
  readonly state: StructureState;
  readonly row: number;
}

/** One object with its whole life, for a picture. */
export interface DrawnStructure {
  readonly object: number;
  readonly kind: StructureKind;
  /** 1 bullish or a high, −1 bearish or a low. */
  readonly direction: number;
  /** Row of the candle that it is drawn from. */
  readonly origin: number;
  readonly top: number;
  readonly bottom: number;
  /** In [0,1]; of a session its number in SESSIONS. */
  readonly quality: number;
  /** Row at whose close it became known; a picture that shows it earlier shows the future. */
  readonly knownAt: number;
  /** From `created` on. */
  readonly states: readonly DrawnState[];
  /** Row at which it was over; null while it is live. */
  readonly endRow: number | null;
}

/**
 * All objects that a structure kind finds on a whole tape, by their numbers.
 * @param spec `structure(…)`, on the tape's own candles: a picture of a higher interval is drawn over the resampled tape
 * @throws RangeError when the spec has an interval or is no structure
 */
export function drawnStructures(tape: Tape, spec: FeatureSpec): readonly DrawnStructure[] {
  if (spec.kind !== 'structure' || spec.interval !== undefined) {
    throw new RangeError(`${canonicalText(spec)} cannot be drawn: only structure(left,right,expiry) without an interval can`);
  }
  const graph = createFeatureGraph(tape, [spec]);
  graph.advance(0, tape.length);
  const [log] = graph.logs;
  if (log === undefined || log === null) return [];
  const lives = new Map<number, DrawnStructure & { states: DrawnState[]; endRow: number | null }>();
  new StructureFold(log).advance(Infinity, ({ object, kind, state, stateAt, ...rest }) => {
    let life = lives.get(object);
    if (life === undefined) {
      life = { object, kind: STRUCTURE_KINDS[kind], ...rest, states: [], endRow: null };
      lives.set(object, life);
    }
    life.states.push({ state: STRUCTURE_STATES[state], row: stateAt });
    if (isLastState(kind, state)) life.endRow = stateAt;
  });
  return [...lives.values()];
}
