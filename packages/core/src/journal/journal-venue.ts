import type { Sink } from '../engine/queue.ts';
import type { Venue } from '../engine/venue.ts';
import type { Recorder } from '../engine/recorder.ts';
import type { Command, Fact, JournalEntry, Message } from '../messages.ts';
import type { Tape } from '../market/tape.ts';

/**
 * Answers from a recorded journal instead of a market: every fact is handed out where it was handled. It is the engine's
 * recorder too, because its place in the journal is how far the engine has come.
 */
export class JournalVenue implements Venue, Recorder {
  readonly wake: Float64Array;
  readonly timerDue: number = -Infinity;
  readonly #entries: readonly JournalEntry[];
  readonly #next: Recorder;
  #recorded = 0;
  #handed = 0;
  /** Position of the last entry. */
  #pos = 0;

  constructor(instruments: number, entries: readonly JournalEntry[], recorder: Recorder) {
    this.#entries = entries;
    this.#next = recorder;
    this.wake = new Float64Array(instruments).fill(Infinity);
  }

  /** Nothing happens in a candle but what the frame hands out at once in `fireTimers`. */
  match(_tape: Tape, _row: number, _out: Sink<Fact>): void {}
  endFrame(_ts: number, _out: Sink<Fact>): void {}

  fireTimers(_ts: number, pos: number, out: Sink<Fact>): void {
    this.#handOut(pos, out);
  }

  /** The engine sends all it has concluded before it looks at an answer, so answers may stand behind what no venue sees. */
  handle(_command: Command, out: Sink<Fact>): void {
    while (isUnsent(this.#entries[this.#handed])) this.#handed += 1;
    this.#handOut(this.#pos, out);
  }

  /** The prediction that stands next at this position, or null: what a driver may hand to `accept` after 'frame-predictions'. */
  nextPrediction(pos: number): Fact | null {
    const entry = this.#entries[this.#recorded];
    return entry !== undefined && entry.pos === pos && isPrediction(entry) ? (entry.message as Fact) : null;
  }

  record(seq: number, pos: number, lane: 'in' | 'out', message: Message): void {
    this.#recorded += 1;
    this.#handed = Math.max(this.#handed, this.#recorded);
    this.#pos = pos;
    this.#next.record(seq, pos, lane, message);
  }

  /** The run of facts that stands next in the journal, as far as it belongs to this position. */
  #handOut(pos: number, out: Sink<Fact>): void {
    for (; this.#handed < this.#entries.length; this.#handed++) {
      const entry = this.#entries[this.#handed];
      // Predictions are the driver's to hand over, even where no report stands between an order and the next request.
      if (entry.lane !== 'in' || entry.pos > pos || isPrediction(entry)) return;
      out.push(entry.message as Fact);
    }
  }
}

/** Conclusions that no venue is told of. */
const UNSENT: ReadonlySet<Message['type']> = new Set<Message['type']>([
  'OrderDenied',
  'TradingHalted',
  'RequestPrediction',
  'SignalRaised',
  'SignalRejected',
  'SignalAccepted',
  'BreakerChanged',
  'VirtualPositionEvent',
]);

function isUnsent(entry: JournalEntry | undefined): boolean {
  return entry !== undefined && UNSENT.has(entry.message.type);
}

function isPrediction(entry: JournalEntry): boolean {
  return entry.message.type === 'PredictionReady' || entry.message.type === 'PredictionFailed';
}
