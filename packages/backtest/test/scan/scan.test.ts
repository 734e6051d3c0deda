import { describe, expect, it } from 'vitest';
import { createFeatureGraph, createRecomputedGraph, parseFeature, type FeatureGraph, type Tape } from '@orrery/core';
import { synthesiseTapes } from './tapes.ts';
import { MappedArena } from '../../src/scan/mapped-arena.ts';
import { scanTapes } from '../../src/scan/scan-tapes.ts';

const SPECS = ['ema(close,12)', 'zscore(close,20)@15m', 'fvg()', 'ict(structure(2,2,100)@15m,structure(2,2,100)@1h,2,2,100,3)'].map(
  parseFeature,
);
const TAPES = synthesiseTapes(5, 1500);

function computed(tape: Tape): FeatureGraph {
  const graph = createFeatureGraph(tape, SPECS);
  graph.advance(0, tape.length);
  return graph;
}
/** Everything that a graph says, as plain values: columns to the bit, events whole. */
function saying({ columns, logs }: FeatureGraph): unknown {
  return {
    columns: columns.map((column) => [...new BigUint64Array(column.slice().buffer)]),
    events: logs.map((log) =>
      log === null
        ? null
        : Array.from({ length: log.length }, (_, event) => Array.from({ length: log.stride }, (__, slot) => log.at(event, slot))),
    ),
  };
}
const WANTED = TAPES.map((tape) => saying(computed(tape)));

describe('features in threads', () => {
  it.each([1, 2, 3, 7])('%i of them compute what one pass does, to the bit', async (workers) => {
    const graphs = await scanTapes(TAPES, SPECS, { workers });
    expect(graphs.map(saying)).toEqual(WANTED);
    expect(graphs[0]?.logs[3]?.length).toBeGreaterThan(10);
  });

  it('tells how many instruments are done', async () => {
    const told: string[] = [];
    await scanTapes(TAPES, SPECS, { workers: 2, onProgress: (done, total) => void told.push(`${done}/${total}`) });
    expect(told).toEqual(['1/5', '2/5', '3/5', '4/5', '5/5']);
  });

  it('fails as one pass does', async () => {
    await expect(scanTapes(TAPES, [{ kind: 'no_such_kind', params: {}, inputs: [] }], { workers: 2 })).rejects.toThrow(
      /unknown feature "no_such_kind"/,
    );
  });

  it('ends when it is aborted', async () => {
    const abort = new AbortController();
    const scan = scanTapes(TAPES, SPECS, { workers: 2, signal: abort.signal });
    abort.abort(new Error('enough'));
    await expect(scan).rejects.toThrow('enough');
  });
});

describe('features in a mapped file', () => {
  it('are what they are in memory, also after pages were let go of', () => {
    const arena = new MappedArena();
    const graphs = TAPES.map((tape) => createFeatureGraph(tape, SPECS, arena.allocate));
    for (let row = 0; row < 1500; row += 100) {
      for (const graph of graphs) graph.advance(row, row + 100);
      arena.release();
    }
    expect(graphs.map(saying)).toEqual(WANTED);
    // ema, the z-score and what it is made of, fvg, and the averages that structure and ict measure by: whole pages each.
    expect(arena.bytes).toBeGreaterThan(5 * 4 * 12_288);
    expect(arena.bytes % 4096).toBe(0);
    arena.close();
  });
});

describe('features without a memory', () => {
  it.each([[1500], [700], [64]])('computed anew for every %i rows are what goes on from where it was', (block) => {
    const tape = TAPES[0]!;
    const graph = createRecomputedGraph(tape, SPECS);
    for (let row = 0; row < tape.length; row += block) graph.advance(row, Math.min(row + block, tape.length));
    expect(saying(graph)).toEqual(WANTED[0]);
  });

  it('takes adjoining ranges alone', () => {
    const graph = createRecomputedGraph(TAPES[0]!, SPECS);
    expect(() => graph.advance(5, 10)).toThrow('features are computed up to row 0, so no range can begin at 5');
  });
});
