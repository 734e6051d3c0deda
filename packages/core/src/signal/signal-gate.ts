import { KNOWN_AT, type EventLog } from '../feature/event-log.ts';
import { SIGNAL_CONFIDENCE, SIGNAL_DIRECTION } from './signal-event.ts';

/** Row of the last signal of each direction; −Infinity before the first. */
const LAST_LONG = 0;
const LAST_SHORT = 1;

/** At most one signal a row, the more confident one, and none within the cooldown of its direction (SIG-1). */
export class SignalGate {
  static readonly WORDS = 2;
  readonly #log: EventLog;
  readonly #state: Float64Array;
  readonly #cooldown: number;

  /**
   * @param state memory of WORDS, kept between calls
   * @param cooldown candles
   */
  constructor(log: EventLog, state: Float64Array, cooldown: number) {
    this.#log = log;
    this.#state = state;
    this.#cooldown = cooldown;
    state.fill(-Infinity);
  }

  /** Whether a signal of the direction may be written at the row. */
  isOpen(direction: number, row: number): boolean {
    return row - this.#state[direction > 0 ? LAST_LONG : LAST_SHORT] >= this.#cooldown;
  }

  /** Writes the row's signal, if there is one. @param long @param short words of the candidates; null where there is none */
  offer(long: Float64Array | null, short: Float64Array | null): void {
    const lead = (long?.[SIGNAL_CONFIDENCE] ?? -1) - (short?.[SIGNAL_CONFIDENCE] ?? -1);
    const words = lead > 0 ? long : short;
    if (lead === 0 || words === null) return;
    const row = words[KNOWN_AT];
    const direction = words[SIGNAL_DIRECTION];
    if (!this.isOpen(direction, row)) return;
    this.#state[direction > 0 ? LAST_LONG : LAST_SHORT] = row;
    const at = this.#log.append();
    this.#log.words.set(words, at);
  }
}
