import { createColumnGraph, parseFeature, type FeatureSpec, type Interval, type Tape } from '@orrery/core';
import { InputError } from '@orrery/data';
import { SIDE } from '@orrery/models';

/** A model's inputs on one tape, and columns that were asked for beside them. */
export interface FeatureReader {
  /** Values of the columns as of a row, NaN while one is warming up. */
  readonly read: (row: number, side: 1 | -1) => Float32Array;
  readonly beside: readonly Float64Array[];
}

/**
 * The columns by the kernels that a backtest reads, rounded to the float32 that models take.
 * @param columns canonical feature texts and `side`
 * @throws InputError for a feature that does not fit the interval, or, when it is read, for a value that no float32 can hold
 */
export function featureReader(
  tape: Tape,
  symbol: string,
  interval: Interval,
  columns: readonly string[],
  beside: readonly FeatureSpec[] = [],
): FeatureReader {
  const texts = columns.filter((text) => text !== SIDE);
  let graph;
  try {
    graph = createColumnGraph(tape, [...texts.map(parseFeature), ...beside]);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new InputError(`--feature at interval ${interval}: ${error.message}`, { cause: error });
  }
  graph.advance(0, tape.length);
  const byText = new Map(texts.map((text, k) => [text, graph.columns[k]]));
  const read = (row: number, side: 1 | -1): Float32Array =>
    Float32Array.from(columns, (text) => {
      const value = text === SIDE ? side : (byText.get(text)?.[row] ?? Number.NaN);
      if (Math.abs(Math.fround(value)) !== Infinity) return value;
      throw new InputError(`--feature '${text}': is ${value} for ${symbol} at row ${row}, more than a float32 holds; scale it`);
    });
  return { read, beside: graph.columns.slice(texts.length) };
}
