import type { JournalEntry, RequestPrediction } from '../messages.ts';
import { Session, type Answer, type SessionParts } from './session.ts';
import type { Market } from './market.ts';
import type { Subject } from './subject.ts';

/** What a finished run said. */
export interface Said {
  readonly entries: readonly JournalEntry[];
  readonly error: Error | null;
}

/** Of the model that a subject stands in for. */
const MODEL_HASH = '0'.repeat(64);

export function answerOf(subject: Subject): Answer {
  return (requests) =>
    requests.map((request: RequestPrediction) => ({
      type: 'PredictionReady',
      ts: request.ts,
      instrument: request.instrument,
      requestId: request.requestId,
      modelHash: MODEL_HASH,
      values: subject.predict(request),
    }));
}

export function sessionOf(subject: Subject, market: Market, more: Partial<SessionParts> = {}): Session {
  return new Session({ market, strategy: subject.build(market), answer: answerOf(subject), ...more });
}

/** A whole run. */
export function runOf(subject: Subject, market: Market, more: Partial<SessionParts> = {}): Session {
  const session = sessionOf(subject, market, more);
  session.run();
  return session;
}
