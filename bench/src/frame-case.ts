import type { MarketData } from '@orrery/backtest';
import {
  createInstrument,
  Engine,
  GrowingSchedule,
  NO_FUNDING,
  PLAIN_VENUE,
  SimVenue,
  type FeatureGraph,
  type FeatureSpec,
} from '@orrery/core';
import type { InstrumentId, RateE8, Sats, Tape } from '@orrery/core';
import { DigestRecorder } from '@orrery/data/journal';
import { ict } from '@orrery/strategies';
import { START_EQUITY } from './account.ts';
import { TAKER_E8 } from './market.ts';
import type { Measured } from './measure.ts';
import { TIMEFRAMES } from './signal-market.ts';

/** 5m candles in an hour. */
const HOUR = 12;

/**
 * Frames of a run that grows as a live one does: each adds one candle of every symbol, and the last of an hour, at which candles of all
 * three intervals close, is timed from the growth to the decision. Each is timed by itself; the mean is kept, for it is the same
 * work only on average.
 * @param before candles that are there when the first of them comes
 */
export function frameCase(
  market: MarketData,
  before: number,
  frames: number,
  create: (tape: Tape, specs: readonly FeatureSpec[]) => FeatureGraph,
): Measured<unknown> {
  const grower = new Grower(market, create);
  // So that the last candle of the history closes an hour.
  const history = before - (before % HOUR);
  for (let row = 0; row < history; row++) grower.append();
  grower.decide();
  let [cpuNs, wallNs] = [0, 0];
  for (let frame = 0; frame < frames; frame++) {
    for (let k = 1; k < HOUR; k++) grower.append();
    grower.decide();
    const clock = performance.now();
    const cpu = process.cpuUsage();
    grower.append();
    grower.decide();
    const used = process.cpuUsage(cpu);
    cpuNs += (used.user + used.system) * 1000;
    wallNs += (performance.now() - clock) * 1e6;
  }
  return { value: { journal: grower.digest.digest(), decided: grower.engine.pos }, timing: { cpuNs, wallNs } };
}

/** An engine over tapes that grow. */
class Grower {
  readonly engine: Engine<unknown>;
  readonly digest: DigestRecorder = new DigestRecorder();
  readonly #tapes: readonly Tape[];
  readonly #schedule: GrowingSchedule;

  constructor({ tapes, filters }: MarketData, create: (tape: Tape, specs: readonly FeatureSpec[]) => FeatureGraph) {
    const fees = { maker: TAKER_E8 as RateE8, taker: TAKER_E8 as RateE8 };
    const instruments = filters.map((one, id) => createInstrument(id as InstrumentId, one, fees));
    const strategy = ict.build(TIMEFRAMES);
    this.#tapes = tapes.map((tape) => ({ ...tape, length: 0 }));
    this.#schedule = new GrowingSchedule(tapes.reduce((sum, { length }) => sum + length, 0));
    this.engine = new Engine<unknown>({
      strategy,
      instruments,
      tapes: this.#tapes,
      schedule: this.#schedule,
      features: this.#tapes.map((tape) => create(tape, strategy.features)),
      venue: new SimVenue(
        { instruments, tapes: this.#tapes, funding: instruments.map(() => NO_FUNDING) },
        { ...PLAIN_VENUE, startWallet: START_EQUITY as Sats },
      ),
      recorder: this.digest,
      startEquity: START_EQUITY as Sats,
      maxLeverage: 10,
      blockRows: 4096,
      curveBucketMs: 3_600_000,
    });
  }

  /** The next candle of every symbol; its prices are in the columns. */
  append(): void {
    this.#schedule.append(this.#tapes.map((tape, instrument) => ({ instrument, row: tape.length++ })));
  }
  decide(): void {
    this.engine.advance(this.#schedule.length);
  }
}
