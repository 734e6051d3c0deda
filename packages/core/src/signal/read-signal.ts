import { KNOWN_AT, type EventReader } from '../feature/event-log.ts';
import {
  QUALITY_DIMENSIONS,
  SCORE_PARTS,
  SIGNAL_CONFIDENCE,
  SIGNAL_DIRECTION,
  SIGNAL_ENTRY,
  SIGNAL_PARTS,
  SIGNAL_QUALITY,
  SIGNAL_REASON_BITS,
  SIGNAL_STOP,
  SIGNAL_TARGET,
  SIGNAL_VOLATILITY_RATIO,
} from './signal-event.ts';

export type ScorePart = (typeof SCORE_PARTS)[number];
export type QualityDimension = (typeof QUALITY_DIMENSIONS)[number];

/** A signal as it stands in the log of its source. */
export interface CandidateSignal {
  /** Row at whose close it is known. */
  readonly knownAt: number;
  readonly direction: 1 | -1;
  /** Prices, above 0; the entry lies between the other two. */
  readonly entry: number;
  readonly stop: number;
  readonly target: number;
  /** In [0,1], as are all parts and dimensions. */
  readonly confidence: number;
  readonly parts: Readonly<Record<ScorePart, number>>;
  readonly quality: Readonly<Record<QualityDimension, number>>;
  /** Bit k stands for the k-th word of SIGNAL_REASONS; see reasonsText. */
  readonly reasonBits: number;
  /** ATR(14) over ATR(100). */
  readonly volatilityRatio: number;
}

/**
 * One signal as an object of its own.
 * @throws RangeError when the event is not known, or the reader's log is none of signals
 */
export function readSignal(reader: EventReader, event: number): CandidateSignal {
  const named = <Name extends string>(names: readonly Name[], first: number): Record<Name, number> =>
    Object.fromEntries(names.map((name, k) => [name, reader.at(event, first + k)])) as Record<Name, number>;
  return {
    knownAt: reader.at(event, KNOWN_AT),
    direction: reader.at(event, SIGNAL_DIRECTION) > 0 ? 1 : -1,
    entry: reader.at(event, SIGNAL_ENTRY),
    stop: reader.at(event, SIGNAL_STOP),
    target: reader.at(event, SIGNAL_TARGET),
    confidence: reader.at(event, SIGNAL_CONFIDENCE),
    parts: named(SCORE_PARTS, SIGNAL_PARTS),
    quality: named(QUALITY_DIMENSIONS, SIGNAL_QUALITY),
    reasonBits: reader.at(event, SIGNAL_REASON_BITS),
    volatilityRatio: reader.at(event, SIGNAL_VOLATILITY_RATIO),
  };
}
