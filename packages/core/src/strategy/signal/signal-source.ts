import type { FeatureSpec } from '../../feature/spec.ts';
import type { CandleView } from '../../market/candle-view.ts';
import type { Instrument } from '../../market/instrument.ts';
import { readSignal } from '../../signal/read-signal.ts';
import { QUALITY_DIMENSIONS, SCORE_PARTS } from '../../signal/signal-event.ts';
import type { EventReader } from '../../feature/event-log.ts';
import { KNOWN_AT } from '../../feature/event-log.ts';
import type { InstrumentId, Ticks } from '../../units.ts';

/** Something that makes signals: a feature whose events have the form of `signal-event.ts`, such as `ict(…)`. */
export interface SignalSource {
  /** Name in the journal. */
  readonly name: string;
  readonly feature: FeatureSpec;
  /** Weight of its vote where there are several sources, from 0. */
  readonly weight: number;
}

/** A signal before it has an id: levels in ticks, everything else in [0,1]. */
export interface SignalDraft {
  readonly instrument: InstrumentId;
  readonly source: string;
  readonly direction: 1 | -1;
  readonly entry: Ticks;
  readonly stop: Ticks;
  readonly target: Ticks;
  readonly confidence: number;
  readonly parts: readonly number[];
  readonly quality: readonly number[];
  readonly reasonBits: number;
  readonly volatilityRatio: number;
}

/**
 * Reads the events of one source that became known at the candle that is being decided on. Events of history, or of candles that were
 * not decided on, are passed over: a signal is of its candle alone (SIG-6).
 */
export class SourceReader {
  readonly source: SignalSource;
  readonly #slot: number;
  /** Events passed, by instrument. */
  readonly #passed: Float64Array;

  constructor(source: SignalSource, slot: number, instruments: number) {
    this.source = source;
    this.#slot = slot;
    this.#passed = new Float64Array(instruments);
  }

  /** The signal of this candle, or null. Of several in one log at one row the last one counts. */
  read(candle: CandleView, instrument: Instrument): SignalDraft | null {
    const events = candle.events(this.#slot);
    const { length } = events;
    const id = candle.instrument;
    if (length === this.#passed[id]) return null;
    this.#passed[id] = length;
    const last = length - 1;
    return events.at(last, KNOWN_AT) === candle.row ? draftOf(events, last, this.source.name, instrument) : null;
  }
}

/** Null where rounding to ticks leaves no distance between the levels (SIG-7). */
function draftOf(events: EventReader, event: number, source: string, instrument: Instrument): SignalDraft | null {
  const signal = readSignal(events, event);
  const { direction, confidence, reasonBits, volatilityRatio } = signal;
  const [entry, stop, target] = [signal.entry, signal.stop, signal.target].map((price) => nearestTick(instrument, price, direction));
  if (!(stop > 0 && target > 0 && direction * (entry - stop) > 0 && direction * (target - entry) > 0)) return null;
  const parts = SCORE_PARTS.map((part) => signal.parts[part]);
  const quality = QUALITY_DIMENSIONS.map((dimension) => signal.quality[dimension]);
  return { instrument: instrument.id, source, direction, entry, stop, target, confidence, parts, quality, reasonBits, volatilityRatio };
}

/** Half a tick goes against the direction, a long's down and a short's up, so that a market and its mirror image are rounded alike. */
function nearestTick(instrument: Instrument, price: number, direction: 1 | -1): Ticks {
  const ticks = (price * instrument.priceScale) / instrument.tick.units;
  return (-direction * Math.round(-direction * ticks)) as Ticks;
}

/** Mean of the dimensions, in [0,1]; 0 for a source that tells none. */
export function meanQuality(quality: readonly number[]): number {
  return quality.length === 0 ? 0 : quality.reduce((sum, value) => sum + value, 0) / quality.length;
}
