import type { VirtualQuestion } from '../../src/index.ts';
import type { CourseRun } from './run-course.ts';
import { answerOf, type Course } from './arbitrary-course.ts';
import { at } from './lead.ts';
import { ReferencePosition } from './reference.ts';

/**
 * The same course, each position an object of its own. Where answers are given, they are so in the order and at the win rates of the
 * book, and have to be to the questions that the objects ask; elsewhere each object is answered as soon as it asks, or a frame later.
 */
export function followReference(
  course: Course,
  answered: CourseRun['answered'] | null,
): { readonly positions: ReadonlyMap<number, ReferencePosition>; readonly winRate: number } {
  const positions = new Map<number, ReferencePosition>();
  const created = new Map<number, number>();
  const closes = new Map<number, number>();
  const rate = (): number => winRateOf([...positions.values()]);
  let late: readonly Question[] = [];
  course.frames.forEach(({ candles, isCheck, force, drafts }, frame) => {
    const answer = (questions: readonly Question[], isLate: boolean): void => {
      const given = answered?.filter((one) => one.frame === frame && one.isLate === isLate);
      if (given !== undefined)
        requireSame(
          given.map(({ question }) => question),
          questions,
        );
      for (const { question, winRate } of given ?? questions.map((question) => ({ question, winRate: NaN }))) {
        const { positionId, kind } = question;
        if (given !== undefined && winRate !== rate()) throw new Error(`win rate ${winRate} where ${rate()} is right`);
        positions.get(positionId)?.answer(kind, answerOf(course, positionId, kind).probability, winRate, at(frame));
      }
    };
    answer(late, true);
    const asked: Question[] = [];
    for (const [positionId, position] of positions) {
      const candle = candles[position.instrument];
      if (!position.isOpen || candle === null || candle === undefined) continue;
      for (const kind of position.live(candle, created.get(positionId) ?? NaN, at(frame), isCheck)) asked.push({ positionId, kind });
    }
    const isLate = ({ positionId, kind }: Question): boolean => answerOf(course, positionId, kind).isLate;
    answer(
      asked.filter((question) => !isLate(question)),
      false,
    );
    late = asked.filter(isLate);
    candles.forEach((candle, k) => {
      if (candle !== null) closes.set(k, candle.close);
    });
    for (const position of positions.values()) {
      if (force === null || !position.isOpen || (force.instrument !== null && force.instrument !== position.instrument)) continue;
      position.force(force.cause, at(frame));
    }
    for (const draft of drafts) {
      positions.set(draft.positionId, new ReferencePosition(draft, at(frame), course.settings, closes.get(draft.instrument) ?? NaN));
      created.set(draft.positionId, at(frame));
    }
  });
  return { positions, winRate: rate() };
}

type Question = Pick<VirtualQuestion, 'positionId' | 'kind'>;
function requireSame(given: readonly Question[], asked: readonly Question[]): void {
  const text = (questions: readonly Question[]): string =>
    questions
      .map(({ positionId, kind }) => `${positionId} ${kind}`)
      .toSorted()
      .join();
  if (text(given) !== text(asked)) throw new Error(`asked ${text(given)}, not ${text(asked)}`);
}
function winRateOf(positions: readonly ReferencePosition[]): number {
  const closed = positions.filter(({ isEntered, isOpen }) => isEntered && !isOpen);
  return (closed.filter(({ isWon }) => isWon).length + 1) / (closed.length + 2);
}
