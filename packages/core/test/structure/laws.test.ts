import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  BOTTOM,
  DIRECTION,
  isLastState,
  KIND,
  KNOWN_AT,
  OBJECT,
  ORIGIN,
  QUALITY,
  SESSIONS,
  STATE,
  STRUCTURE_KINDS,
  STRUCTURE_STATES,
  TOP,
  type EventLog,
  type StructureState,
  type Tape,
} from '../../src/index.ts';
import { tapeOf, type Bar } from '../feature/market.ts';
import { eventsOf, logOf, missingFile, oddBars, realTape, reflected, wholeBars } from './candles.ts';

const SWING = STRUCTURE_KINDS.indexOf('swing');
const SESSION = STRUCTURE_KINDS.indexOf('session');
const EXPIRED = STRUCTURE_STATES.indexOf('expired');
const TEXT = 'structure(2,2,20)';

/** States in the order in which one object can have them; a swing that was swept may still be broken. */
const ORDER: readonly (readonly StructureState[])[] = [
  ['created'],
  ['touched'],
  ['mitigated'],
  ['swept'],
  ['filled', 'broken', 'expired', 'superseded'],
];
const rankOf = (state: number): number => ORDER.findIndex((states) => states.includes(STRUCTURE_STATES[state]));

/** What is wrong with the lives of the objects of a log, in words. */
function faultsOf(log: EventLog, rows: number): string[] {
  const faults: string[] = [];
  const lives = new Map<number, number[]>();
  let previous = [-1, -1];
  for (const event of eventsOf(log)) {
    const text = event.join(' ');
    const [knownAt, kind, state, object] = [event[KNOWN_AT], event[KIND], event[STATE], event[OBJECT]];
    const born = lives.get(object);
    if (event.some((word) => !Number.isFinite(word))) faults.push(`not finite: ${text}`);
    if (!(event[ORIGIN] >= 0 && event[ORIGIN] <= knownAt && knownAt < rows)) faults.push(`drawn from the future: ${text}`);
    if (!(event[TOP] >= event[BOTTOM])) faults.push(`upside down: ${text}`);
    if (!(event[QUALITY] >= 0 && event[QUALITY] <= (kind === SESSION ? SESSIONS.length : 1))) faults.push(`quality: ${text}`);
    if (knownAt < previous[0] || (knownAt === previous[0] && object <= previous[1])) faults.push(`out of order: ${text}`);
    if (born === undefined && (state !== 0 || object !== lives.size)) faults.push(`not created in order: ${text}`);
    if (born !== undefined) {
      if (isLastState(kind, born[STATE])) faults.push(`after its end: ${text}`);
      if (rankOf(state) <= rankOf(born[STATE])) faults.push(`backwards: ${text}`);
      const same = [KIND, DIRECTION, ORIGIN, TOP, BOTTOM, QUALITY].every((slot) => born[slot] === event[slot]);
      if (!same) faults.push(`rewritten: ${text}`);
    }
    lives.set(object, event);
    previous = [knownAt, object];
  }
  return faults;
}

/** The life of each object without its number, in an order of its own: rows, kind, origin, prices, states. */
function livesOf(log: EventLog, price: (value: number) => number, sign: number): string[] {
  const lives = new Map<number, string>();
  for (const event of eventsOf(log)) {
    const [knownAt, kind, state, object, direction, origin, top, bottom, quality] = event;
    const prices = [price(top), price(bottom)].toSorted((a, b) => a - b);
    const begun = lives.get(object) ?? `${STRUCTURE_KINDS[kind]} ${sign * direction} from ${origin} ${prices.join('–')} q ${quality}:`;
    lives.set(object, `${begun} ${STRUCTURE_STATES[state]} ${knownAt}`);
  }
  return [...lives.values()].toSorted();
}

function bars(tape: Tape): Bar[] {
  const { open, high, low, close, volume } = tape;
  return Array.from({ length: tape.length }, (_, k) => ({ open: open[k], high: high[k], low: low[k], close: close[k], volume: volume[k] }));
}

/** Events of the whole that a tape which ends earlier tells otherwise, or not at all. */
function rewrites(rows: readonly Bar[], intervalMs: number, text: string, steps: readonly number[]): number {
  const whole = eventsOf(logOf(tapeOf(rows, intervalMs), text));
  let found = 0;
  for (const length of steps) {
    const known = whole.filter((event) => event[KNOWN_AT] < length);
    const told = eventsOf(logOf(tapeOf(rows.slice(0, length), intervalMs), text));
    if (JSON.stringify(told) !== JSON.stringify(known)) found += 1;
  }
  return found;
}

describe('laws of structure', () => {
  it('STR-1 STR-2: any candles give objects that live once, forwards and in order, finite and in range', () => {
    fc.assert(
      fc.property(fc.oneof(wholeBars, oddBars), fc.constantFrom(TEXT, 'structure(1,1,10)', 'structure(3,1,500)'), (rows, text) => {
        expect(faultsOf(logOf(tapeOf(rows, 3_600_000), text), rows.length)).toEqual([]);
      }),
      { numRuns: 400 },
    );
  });

  it('STR-1: every prefix of a market tells the same events as the whole: nothing is ever rewritten', () => {
    fc.assert(
      fc.property(wholeBars, (rows) => {
        const steps = Array.from({ length: rows.length }, (_, k) => k);
        expect(rewrites(rows, 3_600_000, TEXT, steps)).toBe(0);
      }),
      { numRuns: 40 },
    );
  });

  it('any partition of the rows into ranges gives the same log', () => {
    fc.assert(
      fc.property(wholeBars, fc.array(fc.nat(25), { maxLength: 60 }), (rows, sizes) => {
        const tape = tapeOf(rows, 3_600_000);
        expect(eventsOf(logOf(tape, TEXT, sizes))).toEqual(eventsOf(logOf(tape, TEXT)));
      }),
      { numRuns: 150 },
    );
  });

  it('STR-13: the mirrored market has the mirrored objects, bit for bit', () => {
    fc.assert(
      fc.property(wholeBars, (rows) => {
        const plain = logOf(tapeOf(rows, 3_600_000), TEXT);
        const mirrored = logOf(tapeOf(rows.map(reflected), 3_600_000), TEXT);
        expect(livesOf(mirrored, (value) => 100_000 - value, -1)).toEqual(livesOf(plain, (value) => value, 1));
      }),
      { numRuns: 300 },
    );
  });

  it('STR-1: a hole ends all that was live, and behind it everything starts anew', () => {
    const hole: Bar = { open: NaN, high: NaN, low: NaN, close: NaN, volume: NaN };
    fc.assert(
      fc.property(wholeBars, wholeBars, (first, second) => {
        const log = logOf(tapeOf([...first, hole, ...second], 3_600_000), TEXT);
        expect(faultsOf(log, first.length + 1 + second.length)).toEqual([]);
        const at = eventsOf(log).filter((event) => event[KNOWN_AT] === first.length);
        expect(at.every((event) => event[STATE] === EXPIRED)).toBe(true);
        const behind = eventsOf(log).filter((event) => event[KNOWN_AT] > first.length);
        const objects = new Map<number, number>();
        const renumbered = behind.map((event) => {
          if (!objects.has(event[OBJECT])) objects.set(event[OBJECT], objects.size);
          return event.with(OBJECT, objects.get(event[OBJECT]) ?? -1);
        });
        const fresh = eventsOf(logOf(tapeOf([...first.map(() => hole), hole, ...second], 3_600_000), TEXT));
        expect(renumbered).toEqual(fresh);
      }),
      { numRuns: 150 },
    );
  });

  it('STR-3: swings are those of the definition, looked up one by one', () => {
    fc.assert(
      fc.property(wholeBars, fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 }), (rows, left, right) => {
        const found = eventsOf(logOf(tapeOf(rows, 3_600_000), `structure(${left},${right},20)`)).filter(
          (event) => event[KIND] === SWING && event[STATE] === 0,
        );
        const expected: number[][] = [];
        rows.forEach(({ high, low }, k) => {
          const before = rows.slice(Math.max(0, k - left), k);
          const after = rows.slice(k + 1, k + 1 + right);
          if (before.length < left || after.length < right) return;
          if (before.every((bar) => bar.high < high) && after.every((bar) => bar.high <= high)) expected.push([k + right, 1, k, high]);
          if (before.every((bar) => bar.low > low) && after.every((bar) => bar.low >= low)) expected.push([k + right, -1, k, low]);
        });
        expect(found.map((event) => [event[KNOWN_AT], event[DIRECTION], event[ORIGIN], event[TOP]])).toEqual(expected);
      }),
      { numRuns: 200 },
    );
  });
});

describe.runIf(missingFile === null)(`laws of structure on real candles (${missingFile ?? 'file found'})`, () => {
  it('hold on BTCUSDT 5m: legal lives, no rewrite at any of 900 prefixes, a word of each kind', () => {
    const tape = realTape(10);
    const log = logOf(tape, 'structure(3,3,500)');
    expect(faultsOf(log, tape.length)).toEqual([]);
    expect(
      rewrites(
        bars(tape).slice(0, 900),
        300_000,
        'structure(3,3,100)',
        Array.from({ length: 900 }, (_, k) => k),
      ),
    ).toBe(0);
    const kinds = new Set(eventsOf(log).map((event) => STRUCTURE_KINDS[event[KIND]]));
    expect(STRUCTURE_KINDS.filter((kind) => !kinds.has(kind))).toEqual([]);
    const states = new Set(eventsOf(log).map((event) => STRUCTURE_STATES[event[STATE]]));
    expect(STRUCTURE_STATES.filter((state) => !states.has(state))).toEqual([]);
  });
});
