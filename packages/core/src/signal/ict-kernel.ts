import { KNOWN_AT, type EventLog } from '../feature/event-log.ts';
import type { Kernel } from '../feature/kernel.ts';
import type { Tape } from '../market/tape.ts';
import { DIRECTION } from '../structure/structure-event.ts';
import { FOLLOWED_WORDS, followEvent, resetFollowed } from './followed-structure.ts';
import { IctSide, type IctSources } from './ict-side.ts';
import { SignalGate } from './signal-gate.ts';
import { createSignalLog } from './signal-log.ts';
import { LEVELS_WORDS } from './untaken-levels.ts';

const NO_COLUMN = new Float64Array(0);

/**
 * Candidate signals of a tape (SIG). A row without an event costs a few comparisons: all else is computed where a zone is touched, a
 * level swept or a swing broken.
 * @param cooldown candles in which a direction gives no second signal
 */
export function createIctKernel(tape: Tape, sources: IctSources, cooldown: number): Kernel {
  const log = createSignalLog();
  const logs = [sources.base, sources.middle, sources.higher];
  const memory = new Float64Array(logs.length * (1 + FOLLOWED_WORDS) + 2 * LEVELS_WORDS + SignalGate.WORDS);
  const cut = cutter(memory);
  const cursors = cut(logs.length);
  const followed = logs.map(() => cut(FOLLOWED_WORDS));
  const long = new IctSide(1, tape, sources, followed, cut(LEVELS_WORDS));
  const short = new IctSide(-1, tape, sources, followed, cut(LEVELS_WORDS));
  const gate = new SignalGate(log, cut(SignalGate.WORDS), cooldown);
  followed.forEach(resetFollowed);

  function decide(row: number, first: number, end: number): void {
    const log = sources.base;
    const { words } = log;
    long.begin();
    short.begin();
    for (let event = first; event < end; event++) {
      const at = log.place(event);
      (words[at + DIRECTION] > 0 ? long : short).gather(row, words, at);
    }
    // What is in its cooldown counts only against a candidate of the other direction.
    const isOpen = (long.isTriggered && gate.isOpen(1, row)) || (short.isTriggered && gate.isOpen(-1, row));
    if (!isOpen) return;
    const isLong = long.weigh(row);
    const isShort = short.weigh(row);
    gate.offer(isLong ? long.words : null, isShort ? short.words : null);
  }

  function advance(from: number, to: number): void {
    const { high, low, close } = tape;
    let next = nextRow(logs, cursors);
    for (let row = from; row < to; row++) {
      if (!Number.isFinite(high[row] + low[row] + close[row])) {
        followed.forEach(resetFollowed);
        long.reset();
        short.reset();
      }
      long.pass(row);
      short.pass(row);
      if (next > row) continue;
      const first = cursors[0];
      for (let k = 0; k < logs.length; k++) followUpTo(row, logs[k], followed[k], cursors, k);
      if (cursors[0] > first) decide(row, first, cursors[0]);
      next = nextRow(logs, cursors);
    }
  }

  return { out: NO_COLUMN, warmup: sources.longAtr.warmup, state: memory, log, advance };
}

/** Hands out adjoining parts of a memory. */
function cutter(memory: Float64Array): (words: number) => Float64Array {
  let taken = 0;
  return (words) => memory.subarray(taken, (taken += words));
}

/** Takes in the events of the k-th log that are known at the row, from its cursor on. */
function followUpTo(row: number, log: EventLog, followed: Float64Array, cursors: Float64Array, k: number): void {
  const { words, length } = log;
  let event = cursors[k];
  if (event >= length || log.at(event, KNOWN_AT) > row) return;
  do {
    followEvent(followed, words, log.place(event));
    event += 1;
  } while (event < length && log.at(event, KNOWN_AT) <= row);
  cursors[k] = event;
}

/** Row at which the next event of any of the logs is known; Infinity where none is there. */
function nextRow(logs: readonly EventLog[], cursors: Float64Array): number {
  let next = Infinity;
  for (let k = 0; k < logs.length; k++) {
    const log = logs[k];
    const event = cursors[k];
    if (event >= log.length) continue;
    const row = log.at(event, KNOWN_AT);
    if (row < next) next = row;
  }
  return next;
}
