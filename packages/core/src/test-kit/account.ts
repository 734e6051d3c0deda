import { ABSORBED, COST, FEES, FUNDING, LIQUIDATION_FEES, REALIZED, WALLET } from '../ledger/ledger.ts';
import type { Instrument } from '../market/instrument.ts';
import type { JournalEntry } from '../messages.ts';
import type { Session } from './session.ts';

/** What the journal alone says that the account must hold. */
export class JournalAccount {
  readonly #instruments: readonly Instrument[];
  readonly #qty: Float64Array;
  #cash: number;
  #fees = 0;
  #funding = 0;
  /** What liquidations brought beside their fills: absorbed losses less clearance fees. */
  #forced = 0;
  #read = 0;

  /** @param instruments as they were before the run: a strategy may change what it is given */
  constructor(instruments: readonly Instrument[], start: number) {
    this.#instruments = instruments.map((instrument) => ({ ...instrument }));
    this.#qty = new Float64Array(instruments.length);
    this.#cash = start;
  }
  /** Books what the journal has come to hold since the last call; every fill in it must be one that counts. */
  catchUp(session: Session): void {
    for (; this.#read < session.entries.length; this.#read++) this.#book(session.entries[this.#read]);
  }
  /** Where the engine's account differs, or null. */
  imbalance(session: Session): string | null {
    const { totals, qty, start } = session.engine.ledger;
    const expected: readonly (readonly [string, number, number])[] = [
      ['wallet less cost of positions', totals[WALLET] - totals[COST], this.#cash + this.#funding - this.#fees + this.#forced],
      ['wallet', totals[WALLET], start + totals[REALIZED] + totals[FUNDING] - totals[FEES] + this.#forced],
      ['absorbed losses less clearance fees', totals[ABSORBED] - totals[LIQUIDATION_FEES], this.#forced],
      ['fees', totals[FEES], this.#fees],
      ['funding', totals[FUNDING], this.#funding],
      ...Array.from(qty, (held, id) => [`position of symbol ${id}`, held, this.#qty[id]] as const),
    ];
    const wrong = expected.find(([, held, sum]) => held !== sum);
    return wrong === undefined ? null : `${wrong[0]} is ${wrong[1]}, but the journal adds up to ${wrong[2]}`;
  }

  #book({ message }: JournalEntry): void {
    if (message.type === 'FundingCharged') this.#funding += message.amount;
    if (message.type === 'PositionLiquidated') this.#forced += message.absorbed - message.fee;
    if (message.type !== 'OrderFilled' && message.type !== 'PositionLiquidated') return;
    this.#cash -= message.qty * message.price * this.#instruments[message.instrument].tickLotSats;
    if (message.type === 'OrderFilled') this.#fees += message.fee;
    this.#qty[message.instrument] += message.qty;
  }
}
