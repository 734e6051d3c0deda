import type { Instrument } from '../market/instrument.ts';
import type { BreakerChanged } from '../messages.ts';
import type { EpochMs, InstrumentId, RateE8, Sats, Ticks } from '../units.ts';
import { Correlations } from './correlation.ts';
import { reject, type RiskDecision, type RiskRejection } from './decision.ts';
import { isSoundObservation } from './equity-clock.ts';
import { GradedBreaker } from './graded-breaker.ts';
import { DailyLossLimit, DrawdownLimit } from './loss-limits.ts';
import { sizePosition } from './position-size.ts';
import { riskSettingsFault, type RiskSettings } from './settings.ts';
import { RELEASE_RATIO, VolatilityBreaker } from './volatility-breaker.ts';

/** A position that is open, or on its way. */
export interface OpenExposure {
  readonly instrument: InstrumentId;
  readonly direction: 1 | -1;
}
/** A signal as far as risk looks at it. */
export interface RiskSignal {
  readonly instrument: InstrumentId;
  readonly direction: 1 | -1;
  /** The model's probability, or the signal's own confidence where there is no model; in [0,1]. */
  readonly confidence: number;
  readonly entry: Ticks;
}
/** The account at the moment of a signal. */
export interface RiskAccount {
  readonly equity: Sats;
  /** Value of all positions without sign, those on their way among them. */
  readonly gross: Sats;
  readonly openPositions: readonly OpenExposure[];
  /** Part of closed positions that were won, in [0,1]; NaN before the first counts as 0. */
  readonly winRate: number;
  /** The signal's instrument. */
  readonly instrument: Instrument;
}

const NO_CHANGES: readonly BreakerChanged[] = Object.freeze([]);

/**
 * Everything between a signal and its size. Its state is a fold of what it is told, and of nothing else: a run that comes back tells it the
 * same again and has the same guard (RISK-12).
 */
export class RiskGuard {
  readonly #settings: RiskSettings;
  readonly #correlations: Correlations;
  readonly #volatility: VolatilityBreaker;
  readonly #graded: GradedBreaker;
  readonly #dailyLoss: DailyLossLimit;
  readonly #drawdown: DrawdownLimit;
  readonly #isBypassed: boolean;
  #saysBypass: boolean;
  /** Filled by the next change; handed over when there is one, so that quiet frames make no garbage. */
  #changes: BreakerChanged[] = [];

  /**
   * @param instruments how many the run has
   * @param intervalMs length of the candles that are observed
   * @throws RangeError when a setting is out of its range
   */
  constructor(instruments: number, intervalMs: number, settings: RiskSettings) {
    const fault = riskSettingsFault(settings);
    if (fault !== null) throw new RangeError(`risk settings: ${fault}`);
    this.#settings = settings;
    this.#correlations = new Correlations(instruments, intervalMs);
    this.#volatility = new VolatilityBreaker(instruments);
    this.#graded = new GradedBreaker(settings.breakerLevels);
    this.#dailyLoss = new DailyLossLimit(settings.dailyLoss);
    this.#drawdown = new DrawdownLimit(settings.maxDrawdown);
    this.#isBypassed = settings.breaker === 'bypass';
    this.#saysBypass = this.#isBypassed;
  }

  /** Every candle of every instrument; all of a frame before that frame's signals are checked. */
  observeCandle(instrument: InstrumentId, ts: EpochMs, close: number): void {
    this.#correlations.observe(instrument, ts, close);
  }

  /** Equity at a frame's end. Returns what changed, one shared empty list when nothing did. */
  observeEquity(ts: EpochMs, equity: Sats): readonly BreakerChanged[] {
    const changes = this.#changes;
    if (this.#saysBypass && isSoundObservation(ts, equity, -Infinity)) {
      this.#saysBypass = false;
      const value = 0 as RateE8;
      changes.push({ type: 'BreakerChanged', ts, instrument: null, breaker: 'graded', from: 0, to: 0, cause: 'bypassed', value });
    }
    const graded = this.#graded.observe(ts, equity);
    if (graded !== null) changes.push(graded);
    this.#dailyLoss.observe(ts, equity, changes);
    this.#drawdown.observe(ts, equity, changes);
    if (changes.length === 0) return NO_CHANGES;
    this.#changes = [];
    return changes;
  }

  /** The volatility ratio of an instrument, as often as it is known; the one of a signal before that signal is checked. */
  observeVolatility(instrument: InstrumentId, ts: EpochMs, ratio: number): BreakerChanged | null {
    return this.#volatility.observe(instrument, ts, ratio);
  }

  /** Level of the graded breaker, 0 to 3; followed while bypassed as well. */
  get level(): number {
    return this.#graded.level;
  }
  /** Whether all positions are to be closed: level 3, unless bypassed. */
  get mustClose(): boolean {
    return !this.#isBypassed && this.#graded.level === 3;
  }

  /** Whether a signal may be entered, and how large; the first limit that it does not keep, in the order of RISK-10. Changes nothing. */
  check(signal: RiskSignal, account: RiskAccount): RiskDecision {
    const { instrument, direction } = signal;
    const settings = this.#settings;
    const { openPositions } = account;
    if (openPositions.length >= settings.maxPositions) return reject('max_positions', openPositions.length, settings.maxPositions);
    if (this.#volatility.isTripped(instrument)) return reject('volatility_breaker', this.#volatility.ratio(instrument), RELEASE_RATIO);
    const breaker = this.#isBypassed ? null : this.#brokenBy();
    if (breaker !== null) return breaker;
    const size = sizePosition(
      {
        ...account,
        direction,
        entry: signal.entry,
        confidence: signal.confidence,
        isSpiking: this.#volatility.isSpiking(instrument),
        isCautious: !this.#isBypassed && this.#graded.level > 0,
      },
      settings,
    );
    if (size.kind === 'reject' && size.reason === 'exposure') return size;
    const correlation = this.#highestCorrelation(signal, openPositions);
    if (correlation >= settings.maxCorrelation) return reject('correlation', correlation, settings.maxCorrelation);
    return size;
  }

  /** The rejection by a breaker of the whole account, or null. */
  #brokenBy(): RiskRejection | null {
    const { dailyLoss, maxDrawdown } = this.#settings;
    if (this.#graded.level >= 2) return reject('graded_breaker', this.#graded.loss, this.#graded.threshold);
    if (this.#dailyLoss.isTripped) return reject('daily_loss', this.#dailyLoss.worst, dailyLoss);
    return this.#drawdown.isTripped ? reject('drawdown', this.#drawdown.worst, maxDrawdown) : null;
  }

  /** Of the positions, signed so that 1 is one that wins and loses together with the signal; −1 where there is none. */
  #highestCorrelation({ instrument, direction }: RiskSignal, positions: readonly OpenExposure[]): number {
    let highest = -1;
    for (const open of positions) {
      const together = direction * open.direction * this.#correlations.between(instrument, open.instrument);
      highest = Math.max(highest, together);
    }
    return highest;
  }
}
