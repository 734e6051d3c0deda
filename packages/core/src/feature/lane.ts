import { INTERVAL_MS, type Interval } from '../market/interval.ts';
import { createResampler, type Resampler } from '../market/resample.ts';
import type { Tape } from '../market/tape.ts';
import { LITERAL_KIND } from './build.ts';
import { canonicalText } from './canonical.ts';
import { createAlignedLog } from './aligned-log.ts';
import { createKernel } from './create-kernel.ts';
import type { Source } from './definition.ts';
import type { EventLog } from './event-log.ts';
import type { ColumnAllocator, Kernel } from './kernel.ts';
import { featureDefinition } from './registry.ts';
import type { FeatureInput, FeatureSpec } from './spec.ts';

/** The kernels of one tape, in an order in which each finds its inputs computed. */
export interface Lane {
  /** The column of a feature, which is added with all it reads unless it is there. */
  resolve(input: FeatureInput): Source;
  advance(from: number, to: number): void;
  /** Lets go of the events that nobody will read again: those of all logs but the ones that are kept. */
  forget(kept: ReadonlySet<EventLog>): void;
}

interface HigherLane {
  readonly resampler: Resampler;
  readonly lane: Lane;
}

/** @param allocate where the columns are kept that can be moved; null: on the heap */
export function createLane(tape: Tape, allocate: ColumnAllocator | null): Lane {
  const known = new Map<string, Source>();
  const kernels: Kernel[] = [];
  const logs: EventLog[] = [];
  const higher = new Map<Interval, HigherLane>();

  function resolve(input: FeatureInput): Source {
    if (typeof input === 'string') return { out: tape[input], warmup: 0 };
    const key = input.kind === LITERAL_KIND ? String(input.params['value']) : canonicalText(input);
    const found = known.get(key);
    if (found !== undefined) return found;
    const source = input.interval === undefined ? resolveHere(input) : resolveHigher(input, input.interval);
    known.set(key, source);
    return source;
  }

  function resolveHere(spec: FeatureSpec): Source {
    const definition = featureDefinition(spec.kind);
    const params = definition.params.map((param) => spec.params[param.name]);
    if (definition.type === 'composed') return resolve(definition.compose(spec.inputs, params));
    const parts = definition.parts?.(spec.inputs, params) ?? spec.inputs;
    const sources = parts.map(resolve);
    if (definition.readsObjects !== true) refuseLogs(spec.kind, parts, sources);
    return added(definition.create(sources, params, tape));
  }

  function resolveHigher(spec: FeatureSpec, interval: Interval): Source {
    const { interval: _, ...inner } = spec;
    if (INTERVAL_MS[interval] === tape.intervalMs) return resolve(inner);
    let side = higher.get(interval);
    if (side === undefined) {
      const resampler = createResampler(tape, interval);
      side = { resampler, lane: createLane(resampler.tape, allocate) };
      higher.set(interval, side);
    }
    const ratio = INTERVAL_MS[interval] / tape.intervalMs;
    const source = side.lane.resolve(inner);
    return added(
      source.log === undefined
        ? createAlignment(side.resampler.closed, source, ratio)
        : createAlignedLog(side.resampler.closed, source.log, source.warmup),
    );
  }

  function added(kernel: Kernel): Kernel {
    kernels.push(kernel);
    // Before anything else has seen where its column is.
    if (allocate !== null && kernel.out.length > 0) kernel.relocate?.(allocate(kernel.out.length));
    if (kernel.log !== undefined) logs.push(kernel.log);
    return kernel;
  }

  function advance(from: number, to: number): void {
    for (const { resampler, lane } of higher.values()) {
      const start = resampler.tape.length;
      resampler.advance(from, to);
      lane.advance(start, resampler.tape.length);
    }
    for (const kernel of kernels) kernel.advance(from, to);
  }

  function forget(kept: ReadonlySet<EventLog>): void {
    for (const { lane } of higher.values()) lane.forget(kept);
    for (const log of logs) if (!kept.has(log)) log.forget();
  }

  return { resolve, advance, forget };
}

function refuseLogs(kind: string, parts: readonly FeatureInput[], sources: readonly Source[]): void {
  const found = parts.find((_, k) => sources[k].log !== undefined);
  if (found === undefined || typeof found === 'string') return;
  throw new RangeError(`${kind} reads numbers, and ${canonicalText(found)} finds objects: it has events, and no value a candle`);
}

/** A higher interval's column as seen from the base rows: the value of the last candle that has closed. */
function createAlignment(closed: Int32Array, source: Source, ratio: number): Kernel {
  const warmup = (source.warmup + 1) * ratio - 1 + (ratio - 1);
  return createKernel(closed.length, warmup, new Float64Array(0), (out, _state, from, to) => {
    const values = source.out;
    for (let i = from; i < to; i++) out[i] = closed[i] > 0 ? values[closed[i] - 1] : NaN;
  });
}
