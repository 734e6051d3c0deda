import { JournalAccount } from '../account.ts';
import type { LawCheck } from '../law-check.ts';
import { sessionOf } from '../runs.ts';

/** Money comes from and goes to somewhere: the account equals the sum of the journal's fills, fees and funding, to the sat. */
export const CONSERVATION: LawCheck = {
  name: 'conservation: at every frame the account is the sum of its fills, fees and funding',
  hint: 'the account and the journal tell different amounts, which the strategy can bring about only by changing what it was given to read',
  runs: 1,
  check(subject, market) {
    const session = sessionOf(subject, market);
    const account = new JournalAccount(
      market.symbols.map((symbol) => symbol.instrument),
      session.engine.ledger.start,
    );
    const { frameEnd, length } = session.schedule;
    for (let k = 0; k < length; k++) {
      if (frameEnd[k] === 0) continue;
      session.run(k + 1);
      account.catchUp(session);
      if (session.error !== null) return null;
      const fault = account.imbalance(session);
      if (fault !== null) return `after frame ending at position ${k + 1}: ${fault}`;
    }
    return null;
  },
};
