import { STRUCTURE_KINDS, STRUCTURE_STATES, type StructureKind, type StructureState } from './structure-event.ts';

const MOMENTS: readonly StructureKind[] = ['break_of_structure', 'change_of_character', 'sweep'];
const LAST: readonly StructureState[] = ['filled', 'broken', 'swept', 'expired', 'superseded'];

const IS_MOMENT = Uint8Array.from(STRUCTURE_KINDS, (kind) => (MOMENTS.includes(kind) ? 1 : 0));
const IS_LAST = Uint8Array.from(STRUCTURE_STATES, (state) => (LAST.includes(state) ? 1 : 0));
const SWING = STRUCTURE_KINDS.indexOf('swing');
const SWEPT = STRUCTURE_STATES.indexOf('swept');

/** Whether objects of the kind are moments, over when they are known: breaks and sweeps. All other objects live on. */
export function isMoment(kind: number): boolean {
  return IS_MOMENT[kind] === 1;
}

/** Whether an object is over once it is in the state (STR-1); both are numbers as in an event. A swing that was swept can still be broken. */
export function isLastState(kind: number, state: number): boolean {
  return isMoment(kind) || (IS_LAST[state] === 1 && !(kind === SWING && state === SWEPT));
}
