import type { Market } from './market.ts';
import type { Session } from './session.ts';
import type { Subject } from './subject.ts';

/** A law before it is bound to a strategy. */
export interface LawCheck {
  readonly name: string;
  /** What a reader has to know to mend a strategy that breaks it, in a sentence. */
  readonly hint: string;
  /** About how many runs one check takes, so that shrinking knows what it may spend. */
  readonly runs: number;
  /** How the market shows that the law is broken, or null when it holds. */
  readonly check: (subject: Subject, market: Market) => string | null;
  /** The run that shows the fault, told as simply as can be; default: a plain run. Called with a market that breaks the law. */
  readonly retell?: (subject: Subject, market: Market) => Retold;
}

/** A broken law as the reader gets to see it. */
export interface Retold {
  readonly fault: string;
  readonly session: Session;
  /** Position of the schedule at which it broke, where there is one. */
  readonly pos?: number;
}
