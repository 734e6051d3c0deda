import {
  createFeatureGraph,
  createTape,
  Engine,
  EntryList,
  GrowingSchedule,
  NO_FUNDING,
  OutboxVenue,
  ReplayCheck,
  SimVenue,
  type Fact,
  type InstrumentId,
  type JournalEntry,
  type Sats,
  type Strategy,
  type Tape,
} from '../../src/index.ts';
import { MINUTE, ROOMY_VENUE, whole, type Row } from './fixture.ts';

/** An engine as a live run has it: tapes that grow by a frame, orders that leave through an outbox. */
export class LiveRig<State> {
  readonly engine: Engine<State>;
  readonly outbox: OutboxVenue;
  readonly fresh = new EntryList();
  readonly check: ReplayCheck;
  readonly schedule: GrowingSchedule;
  readonly tapes: readonly Tape[];
  readonly #market: readonly (readonly Row[])[];

  constructor(strategy: Strategy<State>, market: readonly (readonly Row[])[], known: readonly JournalEntry[] = []) {
    this.#market = market;
    const instruments = market.map((_, id) => whole(id));
    this.tapes = market.map((rows, id) => createTape(id as InstrumentId, MINUTE, rows.length));
    this.schedule = new GrowingSchedule(market.reduce((sum, rows) => sum + rows.length, 0));
    this.outbox = new OutboxVenue(market.length);
    this.check = new ReplayCheck(known, this.fresh);
    this.engine = new Engine({
      strategy,
      instruments,
      tapes: this.tapes,
      schedule: this.schedule,
      features: this.tapes.map((tape) => createFeatureGraph(tape, strategy.features)),
      venue: this.outbox,
      recorder: this.check,
      startEquity: 1_000_000_000_000 as Sats,
      maxLeverage: 1000,
      blockRows: 4096,
      curveBucketMs: 3_600_000,
    });
  }

  /** Puts the next candle of every instrument on its tape. */
  arrive(): void {
    const rows = this.tapes.map((tape, id) => {
      const at = tape.length++;
      tape.closeTs[at] = (at + 1) * MINUTE - 1;
      [tape.open[at], tape.high[at], tape.low[at], tape.close[at], tape.volume[at] = 1] = this.#market[id][at];
      return { instrument: id, row: at };
    });
    this.schedule.append(rows);
  }
}

/** The exchange on the other side: fills inside the candle that is about to close, answers at once. */
export class Exchange {
  readonly #sim: SimVenue;
  constructor(tapes: readonly Tape[]) {
    this.#sim = new SimVenue({ instruments: tapes.map((_, id) => whole(id)), tapes, funding: tapes.map(() => NO_FUNDING) }, ROOMY_VENUE);
  }
  /** One frame of a live run, as a driver lives it: what happened, the candle, the decision, the sending. */
  frame<State>(rig: LiveRig<State>): void {
    const at = rig.tapes[0].length;
    rig.arrive();
    const facts: Fact[] = [];
    for (const tape of rig.tapes) this.#sim.match(tape, at, facts);
    this.#sim.endFrame(rig.tapes[0].closeTs[at], facts);
    for (const fact of facts) rig.engine.accept(fact);
    rig.engine.advance(rig.schedule.length);
    for (let sent = rig.outbox.take(); sent.length > 0; sent = rig.outbox.take()) {
      const answers: Fact[] = [];
      for (const command of sent) this.#sim.handle(command, answers);
      for (const fact of answers) rig.engine.accept(fact);
    }
  }
}
