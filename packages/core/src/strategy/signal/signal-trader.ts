import type { CandleView } from '../../market/candle-view.ts';
import { toTicks } from '../../market/instrument.ts';
import type { Fact, SignalRaised, VirtualPositionEvent } from '../../messages.ts';
import { RiskGuard } from '../../risk/risk-guard.ts';
import { reasonsText } from '../../signal/signal-event.ts';
import type { EpochMs, InstrumentId, Sats } from '../../units.ts';
import { VirtualBook, type VirtualQuestion } from '../../virtual/virtual-book.ts';
import type { Desk } from '../desk.ts';
import { Holdings } from './holdings.ts';
import { modelRefusal, recalibrated, refusal, signalRefusal, toE8, type ModelLimits, type Refusal } from './signal-filter.ts';
import { riskSettingsOf, virtualSettingsOf, type SignalParamValues } from './signal-params.ts';
import { SourceReader, type SignalDraft, type SignalSource } from './signal-source.ts';
import { Vote } from './vote.ts';

/** The model that scores signals and says how probable a rebound is. */
export interface QualityModel {
  /** Its inputs at a candle for a side. */
  readonly inputOf: (candle: CandleView, side: 1 | -1) => readonly number[];
  readonly limits: ModelLimits;
}
export interface TraderSetup {
  readonly id: string;
  readonly sources: readonly SignalSource[];
  readonly params: SignalParamValues;
  /** Null where there is none: signals then pass on their own score (SIG-9). */
  readonly model: QualityModel | null;
  /** How several sources come to one signal; null for a single source. */
  readonly vote: { readonly threshold: number; readonly memory: number } | null;
}

/** A signal that is still on its way through the filters. */
interface Candidate {
  readonly signalId: number;
  readonly draft: SignalDraft;
  confidence: number;
  probability: number | null;
}
type Ask = { readonly kind: 'signal'; readonly candidate: Candidate } | { readonly kind: 'question'; readonly question: VirtualQuestion };

/**
 * Follows the signals of its sources on all instruments of a run: raises them, filters them, sizes and enters what passes, and
 * leads each signal's virtual position through its life. Everything that it concludes is in the journal, and all of its memory
 * follows from candles and facts, so a run that is folded again comes to the same state (SIG and VIRT rules).
 */
export class SignalTrader {
  readonly #setup: TraderSetup;
  readonly #desk: Desk;
  readonly #book: VirtualBook;
  readonly #guard: RiskGuard;
  readonly #holdings: Holdings;
  readonly #readers: readonly SourceReader[];
  readonly #vote: Vote | null;
  readonly #views: (CandleView | null)[];
  readonly #leverage: Float64Array;
  readonly #events: { push: (event: VirtualPositionEvent) => void };
  /** What the sources said at the candle at hand. */
  readonly #said: (SignalDraft | null)[];
  /** Signals of this frame. */
  #raised: Candidate[] = [];
  /** Signals of this frame that wait until all of its answers are there. */
  #answered: Candidate[] = [];
  readonly #asks: Map<number, Ask> = new Map();
  #waiting = 0;
  #frame = 0;
  #frameTs = -1;
  #lastSignal = 0;
  #isArmed = false;
  #isCheck = false;
  #mustClose = false;

  /** @param intervalMs length of the run's candles */
  constructor(setup: TraderSetup, desk: Desk, intervalMs: number) {
    const { instruments } = desk;
    const listed = Array.from({ length: instruments }, (_, id) => desk.instrument(id as InstrumentId));
    this.#setup = setup;
    this.#desk = desk;
    this.#book = new VirtualBook(instruments, virtualSettingsOf(setup.params, listed[0].fees.taker));
    this.#guard = new RiskGuard(instruments, intervalMs, riskSettingsOf(setup.params));
    this.#holdings = new Holdings(desk);
    this.#readers = setup.sources.map((source, slot) => new SourceReader(source, slot, instruments));
    const weights = setup.sources.map(({ weight }) => weight);
    this.#vote = setup.vote === null ? null : new Vote(setup.id, weights, setup.vote.memory, instruments);
    this.#views = listed.map(() => null);
    this.#leverage = new Float64Array(instruments);
    this.#events = { push: (event) => this.#follow(event) };
    this.#said = setup.sources.map(() => null);
  }

  /** What it has counted, for the run's result. */
  get counters(): Readonly<Record<string, number>> {
    return this.#book.counters();
  }

  /** One candle of one instrument; the last one of a frame ends it. */
  decide(candle: CandleView): void {
    const id = candle.instrument;
    const { ts } = candle;
    if (ts !== this.#frameTs) this.#beginFrame(ts);
    const instrument = this.#desk.instrument(id);
    this.#views[id] = candle;
    if (this.#isMirrored(id)) this.#show(candle);
    this.#guard.observeCandle(id, ts, candle.close());
    let isSaid = false;
    for (let s = 0; s < this.#readers.length; s++) {
      const draft = this.#readers[s].read(candle, instrument);
      this.#said[s] = draft;
      if (draft !== null) isSaid = true;
    }
    if (isSaid) this.#hearSources(ts);
    if (candle.isFrameEnd) this.#endFrame(ts);
  }

  onFact(fact: Fact): void {
    switch (fact.type) {
      case 'PredictionReady':
        this.#answer(fact.requestId, fact.values[0] ?? NaN, fact.ts);
        return;
      case 'PredictionFailed':
        this.#answer(fact.requestId, NaN, fact.ts);
        return;
      case 'TimerFired':
        this.#isArmed = false;
        this.#isCheck = true;
        return;
      case 'PositionLiquidated':
        if (fact.cause === 'delisting') this.#book.force(fact.instrument, 'delisted', fact.ts, this.#events);
        return;
      default:
        this.#holdings.hear(fact);
    }
  }

  #isMirrored(id: InstrumentId): boolean {
    return this.#book.openOf(id, 1) + this.#book.openOf(id, -1) > 0;
  }
  #show(candle: CandleView): void {
    const id = candle.instrument;
    const instrument = this.#desk.instrument(id);
    const ticks = (price: number): number => toTicks(instrument, price);
    this.#book.show(id, ticks(candle.open()), ticks(candle.high()), ticks(candle.low()), ticks(candle.close()));
  }

  /** Whatever the model has not answered by now it did not say (SIG-9). */
  #beginFrame(ts: EpochMs): void {
    this.#frame += 1;
    this.#frameTs = ts;
    if (this.#asks.size === 0) return;
    for (const requestId of this.#asks.keys()) this.#answer(requestId, NaN, ts);
  }

  #endFrame(ts: EpochMs): void {
    const book = this.#book;
    if (book.open !== 0) {
      const questions = book.advance(ts, this.#isCheck, this.#events);
      for (let k = 0; k < questions.length; k++) this.#ask(questions[k], ts);
    }
    this.#isCheck = false;
    this.#observeAccount(ts);
    if (this.#holdings.all.length !== 0) this.#holdings.settle();
    if (this.#raised.length !== 0) this.#openAndScore(ts);
    if (book.open !== 0 && !this.#isArmed) {
      this.#isArmed = true;
      this.#desk.timer(0 as InstrumentId, (ts + this.#setup.params.monitorSeconds * 1000) as EpochMs);
    }
  }

  #observeAccount(ts: EpochMs): void {
    const changes = this.#guard.observeEquity(ts, this.#desk.equity());
    for (let k = 0; k < changes.length; k++) this.#desk.conclude(changes[k]);
    const { mustClose } = this.#guard;
    if (mustClose && !this.#mustClose) {
      this.#book.force(null, 'breaker', ts, this.#events);
      for (const holding of this.#holdings.all) this.#holdings.close(holding);
    }
    this.#mustClose = mustClose;
  }

  /** A virtual position's question, to the model where there is one. */
  #ask(question: VirtualQuestion, ts: EpochMs): void {
    const { positionId, kind, instrument, direction } = question;
    const input = this.#inputOf(instrument, direction);
    if (input === null) this.#book.answer(positionId, kind, null, ts, this.#events);
    else this.#asks.set(this.#desk.predict(0, instrument, input), { kind: 'question', question });
  }

  #hearSources(ts: EpochMs): void {
    const [alone] = this.#said;
    const outcome = this.#vote === null ? null : this.#vote.cast(this.#said, this.#frame);
    const draft = this.#vote === null ? alone : (outcome?.draft ?? null);
    if (draft === null) return;
    const change = this.#guard.observeVolatility(draft.instrument, ts, draft.volatilityRatio);
    if (change !== null) this.#desk.conclude(change);
    const candidate: Candidate = { signalId: ++this.#lastSignal, draft, confidence: draft.confidence, probability: null };
    this.#desk.conclude(raisedMessage(candidate, ts));
    const threshold = this.#setup.vote?.threshold ?? -1;
    if (outcome !== null && !(outcome.vote >= threshold)) {
      this.#reject(candidate, refusal('outvoted', outcome.vote, threshold), ts);
      return;
    }
    if (!this.#desk.mayEnter(draft.instrument)) {
      this.#reject(candidate, { reason: 'not_in_universe', value: null, limit: null }, ts);
      return;
    }
    const problem = signalRefusal(draft, this.#setup.params, this.#desk.instrument(draft.instrument).fees.taker);
    if (problem !== null) this.#reject(candidate, problem, ts);
    else this.#raised.push(candidate);
  }

  /** Every signal that is good by itself gets its virtual position, whatever model and risk say of it (VIRT-1). */
  #openAndScore(ts: EpochMs): void {
    const raised = this.#raised;
    this.#raised = [];
    for (const candidate of raised) {
      const { instrument, direction, entry, stop, target } = candidate.draft;
      if (this.#book.openOf(instrument, direction) > 0) {
        this.#reject(candidate, { reason: 'already_open', value: null, limit: null }, ts);
        continue;
      }
      // Its last close is what a position is closed at by force.
      const view = this.#views[instrument];
      if (view !== null && !this.#isMirrored(instrument)) this.#show(view);
      this.#book.add({ instrument, positionId: candidate.signalId, ts, direction, entry, stop, target }, this.#events);
      if (this.#setup.model === null) {
        this.#answered.push(candidate);
        continue;
      }
      const input = this.#inputOf(instrument, direction);
      if (input === null) this.#reject(candidate, { reason: 'model_failed', value: null, limit: null }, ts);
      else {
        this.#waiting += 1;
        this.#asks.set(this.#desk.predict(0, instrument, input), { kind: 'signal', candidate });
      }
    }
    if (this.#waiting === 0) this.#enterAll(ts);
  }

  /** Null where there is no model, or one of its inputs has no value. */
  #inputOf(instrument: InstrumentId, direction: 1 | -1): readonly number[] | null {
    const view = this.#views[instrument];
    if (this.#setup.model === null || view === null) return null;
    const input = this.#setup.model.inputOf(view, direction);
    return input.every(Number.isFinite) ? input : null;
  }

  #answer(requestId: number, probability: number, ts: EpochMs): void {
    const ask = this.#asks.get(requestId);
    if (ask === undefined) return;
    this.#asks.delete(requestId);
    if (ask.kind === 'question') {
      const { positionId, kind } = ask.question;
      this.#book.answer(positionId, kind, probability >= 0 && probability <= 1 ? probability : null, ts, this.#events);
      return;
    }
    this.#waiting -= 1;
    this.#score(ask.candidate, probability, ts);
    if (this.#waiting === 0) this.#enterAll(ts);
  }

  #score(candidate: Candidate, probability: number, ts: EpochMs): void {
    const { model } = this.#setup;
    if (model === null) return;
    const problem = modelRefusal(candidate.confidence, probability, model.limits);
    if (problem !== null) {
      this.#reject(candidate, problem, ts);
      return;
    }
    candidate.confidence = recalibrated(candidate.confidence, probability, model.limits.weight);
    candidate.probability = probability;
    this.#answered.push(candidate);
  }

  /** The most confident first, so that limits leave out the weakest; equals in the order in which they were raised. */
  #enterAll(ts: EpochMs): void {
    const candidates = this.#answered;
    this.#answered = [];
    candidates.sort((a, b) => b.confidence - a.confidence);
    for (const candidate of candidates) this.#enter(candidate, ts);
  }

  #enter(candidate: Candidate, ts: EpochMs): void {
    const { draft, confidence, probability, signalId } = candidate;
    const { instrument: id, direction, entry } = draft;
    if (this.#holdings.isTaken(id, direction)) {
      this.#reject(candidate, { reason: 'already_open', value: null, limit: null }, ts);
      return;
    }
    const instrument = this.#desk.instrument(id);
    const decision = this.#guard.check(
      { instrument: id, direction, confidence: probability ?? confidence, entry },
      {
        equity: this.#desk.equity(),
        gross: Math.round(this.#holdings.gross()) as Sats,
        openPositions: this.#holdings.all,
        winRate: this.#book.winRate,
        instrument,
      },
    );
    if (decision.kind === 'reject') {
      this.#reject(candidate, decision, ts);
      return;
    }
    const { qty, leverage, marginShare } = decision;
    if (this.#leverage[id] !== leverage) {
      this.#leverage[id] = leverage;
      this.#desk.setLeverage(id, leverage);
    }
    if (!this.#holdings.enter(draft, signalId, qty)) {
      this.#reject(candidate, { reason: 'denied', value: null, limit: null }, ts);
      return;
    }
    this.#desk.conclude({
      type: 'SignalAccepted',
      ts,
      instrument: id,
      signalId,
      confidence: toE8(confidence),
      probability: probability === null ? null : toE8(probability),
      leverage,
      marginShare,
      qty,
    });
  }

  #reject({ signalId, draft }: Candidate, { reason, value, limit }: Refusal, ts: EpochMs): void {
    this.#desk.conclude({ type: 'SignalRejected', ts, instrument: draft.instrument, signalId, reason, value, limit });
  }

  /** Journals a virtual position's event, and lets the real one follow it. */
  #follow(event: VirtualPositionEvent): void {
    this.#desk.conclude(event);
    const { kind, cause, positionId } = event;
    if (kind === 'PRICE_UPDATED' && cause === 'none') return;
    const holding = this.#holdings.all.length === 0 ? null : this.#holdings.of(positionId);
    if (holding === null) return;
    if (cause === 'breakeven' || cause === 'trailed') this.#holdings.move(holding, event.stop, event.target, 'stop');
    else if (cause === 'target_extended') this.#holdings.move(holding, event.stop, event.target, 'target');
    else if (kind === 'EXPIRED' || kind === 'FORCED_CLOSE') this.#holdings.close(holding);
    else if (kind === 'CLOSED') holding.orphaned = 0;
  }
}

function raisedMessage({ signalId, draft }: Candidate, ts: EpochMs): SignalRaised {
  const { instrument, source, direction, entry, stop, target, confidence, parts, quality, reasonBits } = draft;
  return {
    type: 'SignalRaised',
    ts,
    instrument,
    signalId,
    source,
    direction: direction === 1 ? 'long' : 'short',
    entry,
    stop,
    target,
    confidence: toE8(confidence),
    parts,
    quality,
    reasons: reasonsText(reasonBits),
  };
}
