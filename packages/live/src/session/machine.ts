import {
  createFeatureGraph,
  createRecomputedGraph,
  createInstrument,
  createTape,
  Engine,
  GrowingFunding,
  GrowingSchedule,
  OutboxVenue,
  parseSats,
  rateFromBps,
  ReplayCheck,
  SimVenue,
  type Instrument,
  type InstrumentId,
  type JournalEntry,
  type PositionSide,
  type Recorder,
  type Strategy,
  type Tape,
  INTERVAL_MS,
} from '@orrery/core';
import type { FrameRecord } from '../storage/frame-record.ts';
import type { SessionRecord } from '../storage/session-record.ts';
import { assumptionsOf } from './assumptions.ts';
import { HaltedEntries } from './halted-entries.ts';
import type { PredictionColumns } from './predictions.ts';

const CURVE_BUCKET_MS = 3_600_000;
/** Funding times an instrument may have beyond one a candle, where candles are missing. */
const SPARE_FUNDING = 1024;

/** What a machine is made of. */
export interface MachineOptions {
  readonly session: SessionRecord;
  readonly strategy: Strategy<unknown>;
  /** Entries that the engine is to write again first. */
  readonly entries: readonly JournalEntry[];
  /** Takes what comes after them. */
  readonly recorder: Recorder;
  /** Candles that each tape has room for. */
  readonly capacity: number;
  readonly isHalted: (ts: number) => boolean;
  /** False: features are computed anew from the first candle with each frame. Changes no result. */
  readonly incrementalCache?: boolean | undefined;
}

/** The engine of a live run with the tapes, the schedule and the venue that it grows on. */
export class Machine {
  readonly engine: Engine<unknown>;
  readonly instruments: readonly Instrument[];
  readonly tapes: readonly Tape[];
  readonly schedule: GrowingSchedule;
  readonly check: ReplayCheck;
  /** What goes to the venue; null in a paper run, where the venue is simulated. */
  readonly outbox: OutboxVenue | null;
  /** Close time of the frame that was put on the tapes last, 0 before the first. */
  lastClose = 0;
  /** Positions of a symbol: one, or two in hedge mode. */
  readonly sides: readonly PositionSide[];
  readonly #sim: SimVenue | null;
  readonly #funding: readonly GrowingFunding[];
  /** What models read and write. */
  readonly table: PredictionColumns;
  readonly #columns: readonly (readonly Float64Array[])[];

  constructor(options: MachineOptions) {
    const { session, strategy, entries, recorder, capacity } = options;
    const { account } = session;
    const fees = { maker: rateFromBps(account.makerFeeBps), taker: rateFromBps(account.takerFeeBps) };
    this.instruments = session.filters.map((filters, id) => createInstrument(id as InstrumentId, filters, fees));
    this.tapes = session.symbols.map((_, id) => createTape(id as InstrumentId, INTERVAL_MS[session.interval], capacity));
    this.schedule = new GrowingSchedule(capacity * this.tapes.length);
    this.sides = account.venue.hedgeMode ? ['long', 'short'] : ['both'];
    this.#funding = this.tapes.map(() => new GrowingFunding(capacity + SPARE_FUNDING));
    const isPaper = session.mode === 'paper';
    const market = { instruments: this.instruments, tapes: this.tapes, funding: this.#funding };
    this.#sim = isPaper ? new SimVenue(market, assumptionsOf(account)) : null;
    this.outbox = isPaper ? null : new OutboxVenue(this.tapes.length);
    this.check = new ReplayCheck(entries, recorder);
    const create = options.incrementalCache === false ? createRecomputedGraph : createFeatureGraph;
    const graphs = this.tapes.map((tape) => create(tape, strategy.features));
    this.engine = new Engine({
      strategy,
      instruments: this.instruments,
      tapes: this.tapes,
      schedule: this.schedule,
      features: graphs,
      venue: this.#sim === null ? (this.outbox ?? new OutboxVenue(0)) : new HaltedEntries(this.#sim, options.isHalted),
      recorder: this.check,
      startEquity: parseSats(account.equity),
      maxLeverage: account.maxLeverage,
      hedgeMode: account.venue.hedgeMode,
      blockRows: 4096,
      curveBucketMs: CURVE_BUCKET_MS,
    });
    this.#columns = this.engine.predictions;
    this.table = { features: strategy.features, columns: graphs.map(({ columns }) => columns), predictions: this.#columns };
  }

  /** Model outputs that stand as columns behind the features of each instrument. */
  get outputs(): number {
    return this.#columns[0]?.length ?? 0;
  }

  /** Whether the tapes have room for another frame. */
  hasRoom({ funding }: Pick<FrameRecord, 'funding'>): boolean {
    const hasRows = this.tapes.every(({ length, close }) => length < close.length);
    return hasRows && this.#funding.every((series) => series.length + funding.length <= series.times.length);
  }

  /** Puts a frame's candles and funding on the tapes and into the schedule; nothing is decided yet. */
  append(frame: FrameRecord): void {
    const { close, rows, funding, predictions } = frame;
    const places = rows.map(([id, ...prices], k) => {
      const tape = this.#tape(id);
      const row = tape.length++;
      tape.closeTs[row] = close;
      const columns = [tape.open, tape.high, tape.low, tape.close, tape.volume];
      prices.forEach((text, column) => {
        const target = columns[column];
        if (target !== undefined) target[row] = Number(text);
      });
      predictions[k]?.forEach((value, output) => {
        const column = this.#columns[id]?.[output];
        if (column !== undefined) column[row] = value;
      });
      return { instrument: id, row };
    });
    for (const [id, time, rate] of funding) {
      this.#funding[id]?.append(time, rate);
      this.#sim?.noticeFunding(id as InstrumentId);
    }
    this.schedule.append(places);
    this.lastClose = close;
  }

  /** The model outputs of the frame that was put on the tapes last, as its record holds them: without a zero's sign, which JSON drops. */
  predictionsOf({ rows }: Pick<FrameRecord, 'rows'>): FrameRecord['predictions'] {
    if (this.outputs === 0) return [];
    return rows.map(([id]) => {
      const row = this.#tape(id).length - 1;
      return (this.#columns[id] ?? []).map((column) => {
        const value = (column[row] ?? NaN) + 0;
        column[row] = value;
        return value;
      });
    });
  }

  #tape(id: number): Tape {
    const tape = this.tapes[id];
    if (tape === undefined) throw new RangeError(`a frame names instrument ${id}, and the run has ${this.tapes.length}`);
    return tape;
  }
}
