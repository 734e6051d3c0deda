import type { Instrument } from '../../market/instrument.ts';
import type { JournalEntry } from '../../messages.ts';
import { COST, FEES, FUNDING, REALIZED, WALLET } from '../../ledger/ledger.ts';
import type { LawCheck } from '../law-check.ts';
import { sessionOf } from '../runs.ts';
import type { Session } from '../session.ts';

/** What the journal alone says that the account must hold. */
interface Account {
  cash: number;
  fees: number;
  funding: number;
  readonly qty: Float64Array;
}

/** Money comes from and goes to somewhere: the account equals the sum of the journal's fills, fees and funding, to the sat. */
export const CONSERVATION: LawCheck = {
  name: 'conservation: at every frame the account is the sum of its fills, fees and funding',
  hint: 'the account and the journal tell different amounts, which the strategy can bring about only by changing what it was given to read',
  runs: 1,
  check(subject, market) {
    const session = sessionOf(subject, market);
    const instruments = market.symbols.map((symbol) => ({ ...symbol.instrument }));
    const account: Account = { cash: session.engine.ledger.start, fees: 0, funding: 0, qty: new Float64Array(instruments.length) };
    const { frameEnd, length } = session.schedule;
    let read = 0;
    for (let k = 0; k < length; k++) {
      if (frameEnd[k] === 0) continue;
      session.run(k + 1);
      for (; read < session.entries.length; read++) book(account, instruments, session.entries[read]);
      if (session.error !== null) return null;
      const fault = imbalance(session, account);
      if (fault !== null) return `after frame ending at position ${k + 1}: ${fault}`;
    }
    return null;
  },
};

function book(account: Account, instruments: readonly Instrument[], { message }: JournalEntry): void {
  if (message.type === 'FundingCharged') account.funding += message.amount;
  if (message.type !== 'OrderFilled') return;
  account.cash -= message.qty * message.price * instruments[message.instrument].tickLotSats;
  account.fees += message.fee;
  account.qty[message.instrument] += message.qty;
}

function imbalance(session: Session, account: Account): string | null {
  const { totals, qty, start } = session.engine.ledger;
  const expected: readonly (readonly [string, number, number])[] = [
    ['wallet less cost of positions', totals[WALLET] - totals[COST], account.cash + account.funding - account.fees],
    ['wallet', totals[WALLET], start + totals[REALIZED] + totals[FUNDING] - totals[FEES]],
    ['fees', totals[FEES], account.fees],
    ['funding', totals[FUNDING], account.funding],
    ...Array.from(qty, (held, id) => [`position of symbol ${id}`, held, account.qty[id]] as const),
  ];
  const wrong = expected.find(([, held, sum]) => held !== sum);
  return wrong === undefined ? null : `${wrong[0]} is ${wrong[1]}, but the journal adds up to ${wrong[2]}`;
}
