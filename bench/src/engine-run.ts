import { DigestRecorder } from '@orrery/data/journal';
import {
  buildSchedule,
  createFeatureGraph,
  Engine,
  FEES,
  NO_FUNDING,
  PLAIN_VENUE,
  SimVenue,
  WALLET,
  type Message,
  type Recorder,
  type Sats,
} from '@orrery/core';
import { START_EQUITY, type Account } from './account.ts';
import type { BenchMarket } from './market.ts';
import { benchStrategy, type StrategyName } from './strategies.ts';

export interface EngineSetup {
  readonly strategy: StrategyName;
  /** Whether the journal is hashed. Without it entries are only counted. */
  readonly hashed: boolean;
  readonly blockRows: number;
}
export interface EngineOutcome extends Account {
  /** Null without hash. */
  readonly journal: string | null;
}

/** Counts fills, and hands on to the journal's hash where one is wanted. */
class FillCounter implements Recorder {
  fills = 0;
  readonly #digest: DigestRecorder | null;

  constructor(digest: DigestRecorder | null) {
    this.#digest = digest;
  }
  record(seq: number, pos: number, lane: 'in' | 'out', message: Message): void {
    if (message.type === 'OrderFilled') this.fills += 1;
    if (this.#digest !== null) this.#digest.record(seq, pos, lane, message);
  }
}

/** A whole run over tapes in memory: schedule, features, decisions, orders, fills, ledger, equity curve, journal. */
export function engineRun({ tapes, instruments }: BenchMarket, setup: EngineSetup): EngineOutcome {
  const strategy = benchStrategy(setup.strategy);
  const digest = setup.hashed ? new DigestRecorder() : null;
  const recorder = new FillCounter(digest);
  const schedule = buildSchedule(tapes);
  const engine = new Engine<unknown>({
    strategy,
    instruments,
    tapes,
    schedule,
    features: tapes.map((tape) => createFeatureGraph(tape, strategy.features)),
    venue: new SimVenue(
      { instruments, tapes, funding: instruments.map(() => NO_FUNDING) },
      { ...PLAIN_VENUE, startWallet: START_EQUITY as Sats },
    ),
    recorder,
    startEquity: START_EQUITY as Sats,
    maxLeverage: 10,
    blockRows: setup.blockRows,
    curveBucketMs: 86_400_000,
  });
  engine.advance(schedule.length);
  engine.curve.finish();
  const { totals } = engine.ledger;
  return {
    wallet: totals[WALLET],
    fees: totals[FEES],
    fills: recorder.fills,
    equity: engine.desk.equity(),
    maxDrawdown: engine.curve.maxDrawdown.amount,
    framesInMarket: engine.curve.framesInMarket,
    journal: digest === null ? null : digest.digest(),
  };
}
