import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LifeChecker, type VirtualPositionEvent } from '../../src/index.ts';
import { runs } from '../laws/options.ts';
import { courses, MIRROR, mirrored, type Course } from './arbitrary-course.ts';
import { crowd } from './crowd.ts';
import { followReference } from './follow-reference.ts';
import { toldOf } from './reference.ts';
import { runCourse } from './run-course.ts';

const told = (events: readonly VirtualPositionEvent[], positionId: number): readonly unknown[] =>
  events.filter((event) => event.positionId === positionId).map(toldOf);
const idsOf = ({ frames }: Course): readonly number[] => frames.flatMap(({ drafts }) => drafts.map(({ positionId }) => positionId));

describe('VirtualBook', () => {
  it('VIRT-2: for any candles, answers and forces each position lives by the automaton', () => {
    fc.assert(
      fc.property(courses, (course) => {
        const { events, book } = runCourse(course);
        const checker = new LifeChecker();
        expect(events.map((event) => checker.check(event)).filter((fault) => fault !== null)).toEqual([]);
        expect(checker.open).toBe(book.open);
        for (const { price, pnl, stop, target } of events) expect([price, pnl, stop, target].every(Number.isSafeInteger)).toBe(true);
        expect(book.winRate > 0 && book.winRate < 1).toBe(true);
      }),
      runs(300),
    );
  });
  it('VIRT-3, VIRT-4, VIRT-5, VIRT-8, VIRT-9, VIRT-10: the columns say what one object per position says', () => {
    fc.assert(
      fc.property(courses, (drawn) => {
        const course = { ...drawn, settings: { ...drawn.settings, smartMonitoring: false } };
        const run = runCourse(course);
        const { positions, winRate } = followReference(course, run.answered);
        for (const [positionId, position] of positions) expect(told(run.events, positionId)).toEqual(position.events);
        expect(run.events).toHaveLength([...positions.values()].reduce((sum, { events }) => sum + events.length, 0));
        expect(run.book.winRate).toBe(winRate);
        expect(run.book.open).toBe([...positions.values()].filter(({ isOpen }) => isOpen).length);
      }),
      runs(300),
    );
  });
  it('VIRT-7: smart monitoring spares looks and changes nothing else', () => {
    fc.assert(
      fc.property(courses, (course) => {
        const [off, on] = [false, true].map((smartMonitoring) =>
          runCourse({ ...course, settings: { ...course.settings, smartMonitoring } }),
        );
        const without = (events: readonly VirtualPositionEvent[]): readonly VirtualPositionEvent[] =>
          events.filter(({ kind, cause }) => kind !== 'PRICE_UPDATED' || cause !== 'none');
        expect(without(on!.events)).toEqual(without(off!.events));
        const counts = on!.book.counters();
        expect(counts['virtualLooks']! + counts['virtualLooksSpared']!).toBe(off!.book.counters()['virtualLooks']);
        expect(on!.events.length).toBe(off!.events.length - counts['virtualLooksSpared']!);
      }),
      runs(200),
    );
  });
  it('VIRT-13: many in one book have the events that each has in its own', () => {
    fc.assert(
      fc.property(courses, (drawn) => {
        // Where statistics answer, the win rate joins them.
        const course = { ...drawn, answers: drawn.answers.map((answer) => ({ ...answer, probability: answer.probability ?? 0.5 })) };
        const { events } = runCourse(course);
        for (const positionId of idsOf(course)) {
          const frames = course.frames.map((frame) => ({
            ...frame,
            drafts: frame.drafts.filter((draft) => draft.positionId === positionId),
          }));
          // An answer goes by its position's number, so it is the same there.
          expect(events.filter((event) => event.positionId === positionId)).toEqual(runCourse({ ...course, frames }).events);
        }
      }),
      runs(60),
    );
  });
  it('VIRT-13: turned upside down, everything is the same but returns', () => {
    fc.assert(
      fc.property(courses, (drawn) => {
        const course = { ...drawn, settings: { ...drawn.settings, fee: 0 as typeof drawn.settings.fee } };
        const [one, other] = [runCourse(course), runCourse(mirrored(course))];
        const back = other.events.map((event) => {
          const { price, stop, target, ...rest } = toldOf(event);
          return { ...rest, price: MIRROR - price, stop: MIRROR - stop, target: MIRROR - target };
        });
        expect(back).toEqual(one.events.map(toldOf));
        expect(other.book.winRate).toBe(one.book.winRate);
        expect(other.events.map(({ direction }) => direction)).toEqual(
          one.events.map(({ direction }) => (direction === 'long' ? 'short' : 'long')),
        );
      }),
      runs(200),
    );
  });
  it('VIRT-2: courses come by all kinds of events, causes and questions', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(courses, (course) => {
        const { events, answered } = runCourse(course);
        for (const { kind, cause } of events) seen.add(kind).add(cause);
        for (const { question } of answered) seen.add(question.kind);
      }),
      { numRuns: 300 },
    );
    expect(seen.size).toBe(11 + 9 + 3);
  });
  it('VIRT-2, VIRT-13: twenty thousand at once have the counts of as many objects', () => {
    const course = crowd(20_000);
    const { events, book } = runCourse(course);
    const counts = new Map<string, number>();
    for (const { kind, cause } of events) counts.set(`${kind} ${cause}`, (counts.get(`${kind} ${cause}`) ?? 0) + 1);
    const expected = new Map<string, number>();
    const objects = followReference(course, null).positions;
    for (const { events: lived } of objects.values()) {
      for (const { kind, cause } of lived) expected.set(`${kind} ${cause}`, (expected.get(`${kind} ${cause}`) ?? 0) + 1);
    }
    expect(Object.fromEntries(counts)).toEqual(Object.fromEntries(expected));
    expect(book.open).toBe([...objects.values()].filter(({ isOpen }) => isOpen).length);
    expect(events.length).toBeGreaterThan(80_000);
  });
  it('VIRT-13: the first half of a course has the same events, whatever comes later', () => {
    fc.assert(
      fc.property(courses, fc.nat(40), (course, frames) => {
        const { events } = runCourse({ ...course, frames: course.frames.slice(0, frames) });
        expect(runCourse(course).events.slice(0, events.length)).toEqual(events);
      }),
      runs(100),
    );
  });
});
