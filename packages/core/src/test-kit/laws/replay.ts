import { difference } from '../compare.ts';
import { EntryList } from '../../journal/entry-list.ts';
import { JournalVenue } from '../../journal/journal-venue.ts';
import type { Fact } from '../../messages.ts';
import type { LawCheck } from '../law-check.ts';
import { runOf, sessionOf } from '../runs.ts';

/** A journal is worth keeping only if it tells the run again. */
export const REPLAY: LawCheck = {
  name: 'replay: a run that is fed by its own journal writes the same journal',
  hint: 'a decision rests on something that is neither a candle nor a fact of the journal',
  runs: 2,
  check(subject, market) {
    const original = runOf(subject, market);
    const list = new EntryList();
    const venue = new JournalVenue(market.symbols.length, original.entries, list);
    const session = sessionOf(subject, market, {
      venue,
      recorder: venue,
      // One at a time: what stands next in the journal depends on what the answer before it led to.
      *answer() {
        const next = (): Fact | null => venue.nextPrediction(session.engine.pos);
        for (let fact = next(); fact !== null; fact = next()) yield fact;
      },
    });
    session.run();
    return difference('original', original, 'replay', { entries: list.entries, error: session.error });
  },
};
