import {
  buildSchedule,
  createFeatureGraph,
  createInstrument,
  createTape,
  Engine,
  EntryList,
  NO_FUNDING,
  PLAIN_VENUE,
  SimVenue,
  type Desk,
  type CandleView,
  type Fact,
  type FeatureGraph,
  type FillPath,
  type FundingSeries,
  type Instrument,
  type InstrumentId,
  type JournalEntry,
  type RateE8,
  type Recorder,
  type Sats,
  type Strategy,
  type SymbolFilters,
  type Tape,
  type Universe,
  type Venue,
  type VenueAssumptions,
} from '../../src/index.ts';

export const MINUTE = 60_000;

/** A tick of 1 USDT and a step of 1: one tick times one lot is one USDT, so tables can be worked in the head. */
export const WHOLE: SymbolFilters = {
  symbol: 'TESTUSDT',
  tickSize: '1',
  stepSize: '1',
  minQty: '1',
  maxQty: '100000',
  marketMaxQty: '50000',
  minNotional: '5',
  // One bracket wide enough for any test, so that margin stands in the way of no rule about fills.
  brackets: [{ notionalFloor: '0', notionalCap: '90000000', maintMarginRatio: '0.004', initialLeverage: 125 }],
};

/** The plainest venue with the most leverage that {@link WHOLE} allows. */
export const ROOMY_VENUE: VenueAssumptions = { ...PLAIN_VENUE, leverage: 125 };

/** Maker 0.02 %, taker 0.05 %. */
export const FEES = { maker: 20_000 as RateE8, taker: 50_000 as RateE8 };

export function whole(id = 0, changed: Partial<SymbolFilters> = {}): Instrument {
  return createInstrument(id as InstrumentId, { ...WHOLE, symbol: `T${id}USDT`, ...changed }, FEES);
}

/** Open, high, low, close and, where it is not 1, volume. */
export type Row = readonly [open: number, high: number, low: number, close: number, volume?: number];

/** Candles of a minute from the minute `start` on. A null is a missing candle. */
export function tapeOf(rows: readonly (Row | null)[], id = 0, start = 0): Tape {
  const tape = createTape(id as InstrumentId, MINUTE, rows.length);
  rows.forEach((row, k) => {
    if (row === null) return;
    const at = tape.length++;
    tape.closeTs[at] = (start + k + 1) * MINUTE - 1;
    [tape.open[at], tape.high[at], tape.low[at], tape.close[at]] = row;
    tape.volume[at] = row[4] ?? 1;
  });
  return tape;
}

/** Funding at whole minutes: [minute, rate in 1e-8]. */
export function fundingOf(...rows: readonly (readonly [minute: number, rate: number])[]): FundingSeries {
  return { times: Float64Array.from(rows, ([minute]) => minute * MINUTE), ratesE8: Float64Array.from(rows, ([, rate]) => rate) };
}

export interface Setup<State> {
  readonly instruments?: readonly Instrument[];
  readonly tapes: readonly Tape[];
  readonly strategy: Strategy<State>;
  readonly funding?: readonly FundingSeries[];
  readonly fills?: FillPath;
  readonly slippage?: number;
  readonly equity?: number;
  readonly maxLeverage?: number;
  readonly blockRows?: number;
  readonly curveBucketMs?: number;
  readonly recorder?: Recorder;
  readonly hedgeMode?: boolean;
  readonly universe?: Universe;
  /** Instead of the strategy's own. */
  readonly features?: readonly FeatureGraph[];
  /** Instead of a simulated venue. */
  readonly venue?: Venue;
}
export interface Run<State> {
  readonly engine: Engine<State>;
  readonly venue: SimVenue;
  readonly entries: readonly JournalEntry[];
  readonly length: number;
}

/** An engine with everything around it, before its first candle. */
export function prepare<State>(setup: Setup<State>): Run<State> {
  const { tapes, strategy } = setup;
  const instruments = setup.instruments ?? tapes.map((_, id) => whole(id));
  const list = new EntryList();
  const startEquity = (setup.equity ?? 1_000_000_000_000) as Sats;
  const sim = new SimVenue(
    { instruments, tapes, funding: setup.funding ?? tapes.map(() => NO_FUNDING) },
    {
      ...ROOMY_VENUE,
      hedgeMode: setup.hedgeMode ?? false,
      fills: setup.fills ?? 'pessimistic',
      slippage: (setup.slippage ?? 0) as RateE8,
      startWallet: startEquity,
    },
  );
  const schedule = buildSchedule(tapes);
  const engine = new Engine({
    strategy,
    instruments,
    tapes,
    schedule,
    features: setup.features ?? tapes.map((tape) => createFeatureGraph(tape, strategy.features)),
    venue: setup.venue ?? sim,
    recorder: setup.recorder ?? list,
    startEquity,
    ...(setup.hedgeMode === undefined ? {} : { hedgeMode: setup.hedgeMode }),
    ...(setup.universe === undefined ? {} : { universe: setup.universe }),
    maxLeverage: setup.maxLeverage ?? 1000,
    blockRows: setup.blockRows ?? 4096,
    curveBucketMs: setup.curveBucketMs ?? 3_600_000,
  });
  return { engine, venue: sim, entries: list.entries, length: schedule.length };
}

/** Runs to the end; for strategies that ask no model. */
export function run<State>(setup: Setup<State>): Run<State> {
  const made = prepare(setup);
  made.engine.advance(made.length);
  made.engine.curve.finish();
  return made;
}

export type Act = (desk: Desk, id: InstrumentId, candle: CandleView) => void;

/** Acts at given rows of given instruments: `{ 0: { 3: act } }` acts on instrument 0 at its row 3. */
export function scripted(
  acts: Readonly<Record<number, Readonly<Record<number, Act>>>>,
  onFact?: (fact: Fact, desk: Desk) => void,
): Strategy<null> {
  return {
    id: 'scripted',
    scope: 'instrument',
    features: [],
    models: [],
    initialState: () => null,
    decide: (_, candle, desk) => acts[candle.instrument]?.[candle.row]?.(desk, candle.instrument, candle),
    ...(onFact === undefined ? {} : { onFact: (_: null, fact: Fact, desk: Desk) => onFact(fact, desk) }),
  };
}

/** The messages of one type, in order. */
export function messages<Type extends JournalEntry['message']['type']>(
  entries: readonly JournalEntry[],
  type: Type,
): readonly Extract<JournalEntry['message'], { type: Type }>[] {
  return entries.flatMap((entry) =>
    entry.message.type === type ? [entry.message as Extract<JournalEntry['message'], { type: Type }>] : [],
  );
}
