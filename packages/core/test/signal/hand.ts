import {
  BOTTOM,
  createStructureLog,
  createTape,
  DIRECTION,
  KIND,
  KNOWN_AT,
  OBJECT,
  ORIGIN,
  QUALITY,
  reasonsText,
  STATE,
  STRUCTURE_KINDS,
  STRUCTURE_STATES,
  TOP,
  type EventLog,
  type InstrumentId,
  type StructureKind,
  type StructureState,
  type Tape,
} from '../../src/index.ts';
import { createIctKernel } from '../../src/signal/ict-kernel.ts';
import { readSignal, type CandidateSignal } from '../../src/signal/read-signal.ts';

/** An event of a structure, written by hand; what is left out is a created object without quality at one price. */
export interface HandEvent {
  readonly row: number;
  readonly kind: StructureKind;
  readonly direction: 1 | -1;
  readonly top: number;
  readonly bottom?: number;
  readonly state?: StructureState;
  readonly origin?: number;
  readonly object?: number;
  readonly quality?: number;
}

export function logOf(events: readonly HandEvent[]): EventLog {
  const log = createStructureLog();
  events.forEach((event, k) => {
    const at = log.append();
    log.words[at + KNOWN_AT] = event.row;
    log.words[at + KIND] = STRUCTURE_KINDS.indexOf(event.kind);
    log.words[at + STATE] = STRUCTURE_STATES.indexOf(event.state ?? 'created');
    log.words[at + OBJECT] = event.object ?? 1000 + k;
    log.words[at + DIRECTION] = event.direction;
    log.words[at + ORIGIN] = event.origin ?? event.row;
    log.words[at + TOP] = event.top;
    log.words[at + BOTTOM] = event.bottom ?? event.top;
    log.words[at + QUALITY] = event.quality ?? 0;
  });
  return log;
}

export interface HandCandle {
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
}

/** 5-minute candles at 100 with a volume of 10, but those that are given. */
export function quietTape(rows: number, start: number, special: Readonly<Record<number, Partial<HandCandle>>>): Tape {
  const tape = createTape(0 as InstrumentId, 300_000, rows);
  for (let row = 0; row < rows; row++) {
    const { close = 100, high = close, low = close, volume = 10 } = special[row] ?? {};
    tape.closeTs[row] = start + (row + 1) * 300_000 - 1;
    tape.open[row] = close;
    tape.high[row] = high;
    tape.low[row] = low;
    tape.close[row] = close;
    tape.volume[row] = volume;
  }
  tape.length = rows;
  return tape;
}

export interface HandMarket {
  readonly tape: Tape;
  readonly base: readonly HandEvent[];
  readonly middle?: readonly HandEvent[];
  readonly higher?: readonly HandEvent[];
  readonly atr?: number;
  readonly longAtr?: number;
  readonly cooldown?: number;
}

/** The signals that `ict` finds over logs written by hand, with ATRs that stay the same. */
export function handSignals({ tape, base, middle = [], higher = [], atr = 4, longAtr = 4, cooldown = 0 }: HandMarket): CandidateSignal[] {
  const constant = (value: number): { out: Float64Array; warmup: number } => ({
    out: new Float64Array(tape.length).fill(value),
    warmup: 0,
  });
  const logs = { base: logOf(base), middle: logOf(middle), higher: logOf(higher) };
  const kernel = createIctKernel(tape, { ...logs, atr: constant(atr), longAtr: constant(longAtr) }, cooldown);
  kernel.advance(0, tape.length);
  return signalsOf(kernel.log!);
}

/** All signals of a log. */
export function signalsOf(log: EventLog): CandidateSignal[] {
  return Array.from({ length: log.length }, (_, event) => readSignal(log, event));
}

export function reasonsOf({ reasonBits }: CandidateSignal): string {
  return reasonsText(reasonBits);
}
