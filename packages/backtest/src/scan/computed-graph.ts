import { EventLog, type FeatureGraph } from '@orrery/core';

/** A graph whose rows are all there already; `advance` only checks that ranges adjoin. */
export function computedGraph(graph: Omit<FeatureGraph, 'advance'>): FeatureGraph {
  let position = 0;
  return {
    columns: graph.columns,
    logs: graph.logs,
    warmups: graph.warmups,
    advance(from, to) {
      if (from !== position || to < from) throw new RangeError(`features are read up to row ${position}, so no range can begin at ${from}`);
      position = to;
    },
  };
}

/** A log as it crosses from one thread to another. */
export interface SentLog {
  readonly stride: number;
  readonly words: Float64Array;
}

export function sentLog(log: EventLog | null): SentLog | null {
  return log === null ? null : { stride: log.stride, words: log.words.slice(0, log.place(log.length)) };
}

export function receivedLog(sent: SentLog | null): EventLog | null {
  if (sent === null) return null;
  const log = new EventLog(sent.stride, 0);
  log.words = sent.words;
  log.length = sent.words.length / sent.stride;
  return log;
}
