import { VirtualBook, type Ticks, type VirtualPositionEvent, type VirtualQuestion } from '../../src/index.ts';
import { answerOf, INSTRUMENTS, type Course } from './arbitrary-course.ts';
import { at, id } from './lead.ts';

export interface CourseRun {
  readonly book: VirtualBook;
  readonly events: readonly VirtualPositionEvent[];
  /** As they were answered. */
  readonly answered: readonly {
    readonly frame: number;
    readonly question: VirtualQuestion;
    readonly isLate: boolean;
    readonly winRate: number;
  }[];
}

/** A book that is led through a course: late answers, candles, answers, forces, new positions. */
export function runCourse(course: Course): CourseRun {
  const events: VirtualPositionEvent[] = [];
  const book = new VirtualBook(INSTRUMENTS, course.settings);
  const answered: CourseRun['answered'][number][] = [];
  let late: readonly VirtualQuestion[] = [];
  const answer = (frame: number, question: VirtualQuestion, isLate: boolean): void => {
    const { positionId, kind } = question;
    answered.push({ frame, question, isLate, winRate: book.winRate });
    book.answer(positionId, kind, answerOf(course, positionId, kind).probability, at(frame), events);
  };
  course.frames.forEach(({ candles, isCheck, force, drafts }, frame) => {
    for (const question of late) answer(frame, question, true);
    candles.forEach((candle, k) => {
      if (candle !== null) book.show(id(k), candle.open, candle.high, candle.low, candle.close);
    });
    const questions = book.advance(at(frame), isCheck, events);
    for (const question of questions) {
      if (!answerOf(course, question.positionId, question.kind).isLate) answer(frame, question, false);
    }
    late = questions.filter(({ positionId, kind }) => answerOf(course, positionId, kind).isLate);
    if (force !== null) book.force(force.instrument === null ? null : id(force.instrument), force.cause, at(frame), events);
    for (const { positionId, instrument, direction, entry, stop, target } of drafts) {
      const levels = { entry: entry as Ticks, stop: stop as Ticks, target: target as Ticks };
      book.add({ positionId, instrument: id(instrument), direction, ts: at(frame), ...levels }, events);
    }
  });
  return { book, events, answered };
}
