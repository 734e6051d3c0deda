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

  /** Writes the row's signal, if there is one. @param long @param short words of the candidates; null where there is none */
  offer(long: Float64Array | null, short: Float64Array | null): void {
    const lead = (long?.[SIGNAL_CONFIDENCE] ?? -1) - (short?.[SIGNAL_CONFIDENCE] ?? -1);
    const words = lead > 0 ? long : short;
    if (lead === 0 || words === null) return;
    const last = words[SIGNAL_DIRECTION] > 0 ? LAST_LONG : LAST_SHORT;
    const row = words[KNOWN_AT];
    if (row - this.#state[last] < this.#cooldown) return;
    this.#state[last] = row;
    const at = this.#log.append();
    this.#log.words.set(words, at);
  }
}
