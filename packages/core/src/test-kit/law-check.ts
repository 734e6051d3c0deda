import type { Market } from './market.ts';
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
}
