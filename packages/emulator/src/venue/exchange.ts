import {
  DEFAULT_VENUE,
  Queue,
  SimVenue,
  venueAssumptionsOf,
  type Command,
  type Fact,
  type Instrument,
  type InstrumentId,
  type SubmitOrder,
  type VenueAssumptions,
  type VenueMarket,
} from '@orrery/core';
import type { EmulatorOptions } from '../options.ts';
import { Account } from './account.ts';
import { CandleAnswers } from './candle-answers.ts';
import { FactTeller } from './fact-teller.ts';
import { MarketBoard } from './market-board.ts';
import { OrderBook } from './order-book.ts';
import type { AlgoRecord, OrderRecord } from './order-records.ts';
import { marginCall, type UserEvent, type UserEventBody } from './user-events.ts';

/** Maintenance margin over margin balance from which the venue warns (choice: the venue does not document its own). */
const MARGIN_CALL_RATIO = 0.8;

/**
 * The venue behind the sockets: the core's simulated venue, and the records that the venue's clients see of it. A frame goes `enter`,
 * `goOn` while that tells something, then `show`. What arrives between a frame's entering and its showing meets the next candle, but for the exits of a
 * position that was opened in this one.
 */
export class Exchange {
  readonly board: MarketBoard;
  readonly book: OrderBook;
  readonly account: Account;
  /** E of the last event of the user data stream; 0 before the first. */
  lastEventTime = 0;
  readonly #teller: FactTeller;
  readonly #market: VenueMarket;
  readonly #facts: Queue<Fact> = new Queue();
  readonly #emit: (event: UserEvent) => void;
  #assumptions: VenueAssumptions;
  #venue: SimVenue;
  #frame = -1;
  /** While clients answer what happened in a candle: the way to let their exits meet it. */
  #answers: CandleAnswers | null = null;
  #isWarned = false;

  constructor(options: EmulatorOptions, emit: (event: UserEvent) => void) {
    const { market } = options;
    this.board = new MarketBoard(market, options.interval, options.makerFeeBps, options.takerFeeBps);
    this.book = new OrderBook();
    const { tapes, funding, marks, fine, delisted } = market;
    this.#market = { instruments: this.board.instruments, tapes, funding, marks, fine, delisted };
    const { startEquity: equity, fills, slippageBps } = options;
    const venue = { ...DEFAULT_VENUE, ...options.venue };
    this.#assumptions = venueAssumptionsOf({ equity, fills, slippageBps, seed: options.venueSeed ?? options.seed ?? 1, venue });
    this.#venue = new SimVenue(this.#market, this.#assumptions);
    this.account = new Account(this.board.instruments, () => this.#venue, equity, this.board.now);
    this.#emit = emit;
    const { board, book, account } = this;
    const isAccountFirst = options.settings?.accountBeforeOrder === true;
    this.#teller = new FactTeller({ board, book, account, isAccountFirst, announce: (body) => this.announce(body) });
  }

  get venue(): SimVenue {
    return this.#venue;
  }
  get assumptions(): VenueAssumptions {
    return this.#assumptions;
  }
  /** What clients may still answer to the candle at hand; null once it has closed for everybody. */
  get answers(): CandleAnswers | null {
    return this.#answers;
  }

  /** Takes an order that has passed every check: to the next candle, or to the one at hand where it is an exit of a position opened in it. */
  submit(command: SubmitOrder): void {
    if (command.parent === null) this.dispatch(command);
    else this.#answers?.adopt(command);
  }
  /** Hands a command to the simulated venue and tells what it says at once. */
  dispatch(command: Command): void {
    this.#venue.handle(command, this.#facts);
    this.#answers?.note(command);
    this.#settle();
  }
  /** Takes an open order off the book; what has not arrived yet, or is gone there, at once. */
  withdraw(record: OrderRecord | AlgoRecord): void {
    const { simId, instrument } = record;
    const ts = this.board.now;
    if (this.isWorking(record)) this.dispatch({ type: 'CancelOrder', ts, instrument, orderId: simId });
    else {
      this.#answers?.drop(simId);
      this.#teller.close(record, 'CANCELED', ts);
    }
  }
  /** Whether the simulated venue has it in its book. */
  isWorking({ simId, instrument }: OrderRecord | AlgoRecord): boolean {
    return this.#venue.workingOrders(instrument).some(({ command }) => command.orderId === simId);
  }
  /** Stamps an event and sends it. */
  announce(body: UserEventBody): void {
    this.lastEventTime = Math.max(this.lastEventTime + 1, body.T);
    const { e, ...rest } = body;
    this.#emit({ e, E: this.lastEventTime, ...rest });
  }

  /** Whether anything is held or ordered: position mode and margin type stand then. */
  get isOrdered(): boolean {
    return this.book.openOrders.size + this.book.openAlgos.size > 0;
  }
  get isHolding(): boolean {
    return this.#venue.account.holding.size > 0;
  }
  /** Another position mode or margin type for the whole account, which is flat and without orders: a venue that begins with its money. */
  switchMode(change: Partial<Pick<VenueAssumptions, 'hedgeMode' | 'marginMode'>>): void {
    const leverages = [...this.#venue.account.leverage];
    this.#assumptions = { ...this.#assumptions, ...change, startWallet: this.#venue.account.wallet() };
    this.#venue = new SimVenue(this.#market, this.#assumptions);
    this.#venue.marginSnapshot(this.board.now);
    for (const [id, leverage] of leverages.entries()) this.#venue.account.setLeverage(id, leverage);
  }

  /**
   * What happens inside the candles of a frame. Returns whether anything was told.
   * @param isAnswered whether clients get to answer before the candles close
   */
  enter(frame: number, isAnswered: boolean): boolean {
    const before = this.lastEventTime;
    this.#frame = frame;
    this.board.enter(frame);
    const due = this.board.rowsOf(frame).filter(({ instrument, row }) => this.#isDue(this.#venue, instrument, row));
    if (due.length === 0) return false;
    const start = isAnswered ? this.#venue.fork() : null;
    const facts = this.#walk(this.#venue);
    if (start === null) {
      this.#teller.tell(facts);
      this.#settle();
      return this.lastEventTime !== before;
    }
    this.#answers = new CandleAnswers(start, this.book, facts);
    return this.goOn();
  }
  /**
   * Tells the next round of what happened in the frame, after its clients have answered the last one: their exits meet the candle that their
   * position was opened in. Returns false when nothing is left; everything new waits for the next candle then.
   */
  goOn(): boolean {
    const before = this.lastEventTime;
    while (this.#answers !== null && this.lastEventTime === before) {
      const answers = this.#answers;
      const again = answers.replay((venue) => this.#walk(venue));
      if (again !== null && 'venue' in again) this.#venue = again.venue;
      // What could not be told without taking back what was told waits for the next candle.
      else for (const command of again?.late ?? []) this.dispatch({ ...command, ts: this.board.now, parent: null });
      if (again === null && answers.isAllTold) this.#answers = null;
      else this.#teller.tell(answers.next());
      this.#settle();
    }
    return this.lastEventTime !== before;
  }
  /** The frame closes for everybody. */
  show(frame: number): void {
    this.#answers = null;
    this.#settle();
    this.board.show(frame);
    this.#readmit();
    this.#warn();
  }
  /** Lets history pass before anybody has come. */
  skip(frames: number): void {
    for (let frame = 0; frame < Math.min(frames, this.board.framesTotal); frame++) {
      this.enter(frame, false);
      this.show(frame);
    }
  }

  #isDue(venue: SimVenue, instrument: InstrumentId, row: number): boolean {
    return venue.wake[instrument] <= this.board.tape(instrument).closeTs[row];
  }
  /** Drives a venue through the frame as an engine does. */
  #walk(venue: SimVenue): readonly Fact[] {
    const facts = new Queue<Fact>();
    for (const { instrument, row } of this.board.rowsOf(this.#frame)) {
      if (this.#isDue(venue, instrument, row)) venue.match(this.board.tape(instrument), row, facts);
    }
    venue.endFrame(this.board.closeOf(this.#frame), facts);
    return drained(facts);
  }
  #settle(): void {
    while (this.#facts.size !== 0) this.#teller.tell(drained(this.#facts));
    if (this.#answers !== null && !this.#answers.isAllTold) return;
    this.#teller.algos.look((id) => this.#venue.workingOrders(id), this.board.now);
  }
  /** Orders that the simulated venue ended as siblings of others and nobody took back: they go on as what they are to the venue. */
  #readmit(): void {
    for (const record of this.#teller.orphaned.values()) {
      const command = this.book.commandOf(record);
      if (command !== null) this.dispatch({ ...command, ts: this.board.now, parent: null });
    }
    this.#teller.orphaned.clear();
  }
  #warn(): void {
    const { ratio } = this.#venue.marginSnapshot(this.board.now);
    const isNear = ratio >= MARGIN_CALL_RATIO && this.isHolding;
    if (isNear && !this.#isWarned) {
      const held: readonly Instrument[] = this.board.instruments.filter(({ id }) => this.account.isHolding(id));
      this.announce(marginCall(this.account, held, this.board.now));
    }
    this.#isWarned = isNear;
  }
}

function drained(queue: Queue<Fact>): readonly Fact[] {
  const facts: Fact[] = [];
  while (queue.size !== 0) facts.push(queue.shift());
  return facts;
}
