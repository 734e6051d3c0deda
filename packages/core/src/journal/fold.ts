import type { Engine } from '../engine/engine.ts';
import type { BlockRange } from '../engine/options.ts';
import type { Fact, JournalEntry, RequestPrediction } from '../messages.ts';
import { entryToLine } from './text-codec.ts';
import type { Divergence } from './divergence.ts';
import type { ReplayCheck } from './replay-check.ts';

/** A journal that does not follow from its candles, its strategy and its facts. */
export class FoldError extends Error {
  override readonly name: string = 'FoldError';
  readonly divergence: Divergence | null;
  constructor(message: string, divergence: Divergence | null) {
    super(message);
    this.divergence = divergence;
  }
}

export interface FoldOptions {
  readonly entries: readonly JournalEntry[];
  /** Rows on the tapes and in the schedule. */
  readonly rows: number;
  /** The recorder of the engine, which must have been given the same entries. */
  readonly check: ReplayCheck;
  /** Whether a fact came from outside; the others are made again by the engine's own venue. */
  readonly isExternal: (fact: Fact) => boolean;
  /** Fills the prediction columns of these rows as they were recorded. */
  readonly fillBlock?: (ranges: readonly BlockRange[]) => void;
}

/** In a live run everything comes from outside but the timers. */
export function isExternalToOutbox(fact: Fact): boolean {
  return fact.type !== 'TimerFired';
}
/** In a paper run, as in a backtest, the venue is simulated: only predictions come from outside. */
export function isExternalToSimulation(fact: Fact): boolean {
  return fact.type === 'PredictionReady' || fact.type === 'PredictionFailed';
}

/**
 * Brings an engine to where its journal ends (JRN-5): every fact from outside is accepted at the position at which it was, and
 * all that the engine concludes is held against what stands there. Candles up to that position must be on its tapes.
 * Returns the predictions that were asked for and not answered before the end.
 * @throws FoldError when the engine concludes something else, or the journal goes on where the candles end
 */
export function foldJournal<State>(engine: Engine<State>, options: FoldOptions): readonly RequestPrediction[] {
  const { entries, check, isExternal } = options;
  const asked = new Map<number, RequestPrediction>();
  const advanceTo = ({ seq, pos }: JournalEntry): void => {
    if (pos > options.rows) throw new FoldError(`entry ${seq} stands at position ${pos}, and the candles end at ${options.rows}`, null);
    while (engine.pos < pos) {
      const demand = engine.advance(pos);
      if (demand === 'block-predictions') options.fillBlock?.(engine.pendingBlock);
      if (demand === 'frame-predictions') for (const request of engine.takeRequests()) asked.set(request.requestId, request);
      refuse(check);
    }
  };
  for (const entry of entries) {
    if (entry.lane === 'out' || !isExternal(entry.message as Fact)) continue;
    advanceTo(entry);
    if (engine.pos !== entry.pos) throw new FoldError(`entry ${entry.seq} stands at position ${entry.pos}, in the middle of a frame`, null);
    if ('requestId' in entry.message) asked.delete(entry.message.requestId);
    engine.accept(entry.message as Fact);
    refuse(check);
  }
  const last = entries.at(-1);
  if (last !== undefined) advanceTo(last);
  if (check.recorded < entries.length) {
    const missing = entries[check.recorded];
    throw new FoldError(`entry ${check.recorded + 1} does not follow from what stands before it: ${entryToLine(missing)}`, null);
  }
  return [...asked.values()];
}

function refuse(check: ReplayCheck): void {
  const { divergence } = check;
  if (divergence === null || divergence.left === null || divergence.right === null) return;
  throw new FoldError(
    `entry ${divergence.index + 1} was ${entryToLine(divergence.left)} and is now ${entryToLine(divergence.right)}`,
    divergence,
  );
}
