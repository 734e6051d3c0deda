import type { Tape } from '../market/tape.ts';
import { canonicalText } from './canonical.ts';
import type { EventLog } from './event-log.ts';
import type { ColumnAllocator } from './kernel.ts';
import { createLane } from './lane.ts';
import { normalizeFeature } from './normalize.ts';
import type { FeatureSpec } from './spec.ts';

/** All features of one tape, computed together. */
export interface FeatureGraph {
  /** One column a feature, in the order they were asked for; as long as the tape's columns. Equal features share a column. */
  readonly columns: readonly Float64Array[];
  /** For each feature, the events that it found; null for one that is a column alone. */
  readonly logs: readonly (EventLog | null)[];
  /**
   * For each feature, the number of leading rows that are NaN on a tape without gaps. For one of a higher interval it is the
   * most there can be: a tape that begins inside a higher candle loses that candle.
   */
  readonly warmups: readonly number[];
  /**
   * Computes rows [from, to). Ranges adjoin and may be of any size: the columns come out the same, bit for bit.
   * @throws RangeError when `from` is not where the last range ended, or `to` lies beyond the tape's rows.
   */
  advance(from: number, to: number): void;
}

/**
 * The features of a tape, which may still grow. A sub-expression that occurs twice is computed once.
 * @param allocate where their columns are kept; default: on the heap
 * @throws RangeError naming the feature, when a kind is unknown, an input or parameter is not what the kind takes, or an
 * interval is no multiple of the tape's.
 */
export function createFeatureGraph(tape: Tape, specs: readonly FeatureSpec[], allocate: ColumnAllocator | null = null): FeatureGraph {
  const lane = createLane(tape, allocate);
  const sources = specs.map((spec) => {
    const whole = normalizeFeature(spec);
    try {
      return lane.resolve(whole);
    } catch (error) {
      throw error instanceof RangeError ? new RangeError(`feature ${canonicalText(whole)}: ${error.message}`) : error;
    }
  });
  const kept = new Set(sources.flatMap(({ log }) => log ?? []));
  let position = 0;
  return {
    columns: sources.map((source) => source.out),
    logs: sources.map((source) => source.log ?? null),
    warmups: sources.map((source) => source.warmup),
    advance(from, to) {
      if (from !== position) throw new RangeError(`features are computed up to row ${position}, so no range can begin at ${from}`);
      if (!(to >= from && to <= tape.length))
        throw new RangeError(`the tape has ${tape.length} rows, so no range can go from ${from} to ${to}`);
      lane.advance(from, to);
      // Every reader of this graph has come to the same row.
      lane.forget(kept);
      position = to;
    },
  };
}

/**
 * The same for who needs a number a candle of each feature.
 * @throws RangeError as {@link createFeatureGraph}, and when one of them finds objects and has no column
 */
export function createColumnGraph(tape: Tape, specs: readonly FeatureSpec[]): FeatureGraph {
  const graph = createFeatureGraph(tape, specs);
  const found = specs.find((_, k) => graph.logs[k] !== null);
  if (found === undefined) return graph;
  throw new RangeError(
    `feature ${canonicalText(found)}: it finds objects and has no value a candle; take a column of them, e.g. fvg() or swing_high(3,3)`,
  );
}
