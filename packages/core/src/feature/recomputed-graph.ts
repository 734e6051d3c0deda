import type { Tape } from '../market/tape.ts';
import { EventLog, KNOWN_AT } from './event-log.ts';
import { createFeatureGraph, type FeatureGraph } from './graph.ts';
import type { FeatureSpec } from './spec.ts';

/**
 * The features of a tape without a memory: each range is computed from the tape's first row on. What it gives is what
 * {@link createFeatureGraph} gives, bit for bit (LAW of prefixes); it is there to be measured against.
 * @throws RangeError as {@link createFeatureGraph} does
 */
export function createRecomputedGraph(tape: Tape, specs: readonly FeatureSpec[]): FeatureGraph {
  const first = createFeatureGraph(tape, specs);
  const columns = first.columns.map((column) => new Float64Array(column.length));
  const logs = first.logs.map((log) => (log === null ? null : new EventLog(log.stride)));
  let position = 0;
  return {
    columns,
    logs,
    warmups: first.warmups,
    advance(from, to) {
      if (from !== position) throw new RangeError(`features are computed up to row ${position}, so no range can begin at ${from}`);
      const anew = createFeatureGraph(tape, specs);
      anew.advance(0, to);
      for (const [k, column] of anew.columns.entries()) if (column.length > 0) columns[k]?.set(column.subarray(from, to), from);
      anew.logs.forEach((log, k) => addFrom(logs[k] ?? null, log, from));
      position = to;
    },
  };
}

/** Events that became known from a row on. */
function addFrom(to: EventLog | null, from: EventLog | null, row: number): void {
  if (to === null || from === null) return;
  for (let event = to.length; event < from.length; event++) {
    if (from.at(event, KNOWN_AT) < row) throw new RangeError(`event ${event} became known at a row that was computed before`);
    const at = to.append();
    for (let slot = 0; slot < from.stride; slot++) to.words[at + slot] = from.at(event, slot);
  }
}
