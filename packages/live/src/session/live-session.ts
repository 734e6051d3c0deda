import { INTERVAL_MS, type AmendOrder, type Fact, type JournalEntry, type RequestPrediction, type SubmitOrder } from '@orrery/core';
import type { Frame } from '../barrier/candle-barrier.ts';
import type { FrameSource } from '../barrier/frame-source.ts';
import { fetchCandles } from '../barrier/fetch-candles.ts';
import type { ExecutionGateway } from '../gateway/execution-gateway.ts';
import { knownAccount, openRequests } from '../recovery/known-account.ts';
import type { FrameFileWriter } from '../storage/frame-file.ts';
import type { FrameRecord } from '../storage/frame-record.ts';
import type { HaltList } from '../storage/halt-list.ts';
import type { SessionRecord } from '../storage/session-record.ts';
import { advance, answerRequests } from './advance.ts';
import { equityOf, ordersOf, positionsOf } from './describe.ts';
import { isAgainst } from './exits.ts';
import type { FundingSource } from './funding-source.ts';
import { historyFrames, recordOf } from './history.ts';
import type { Inbox } from './inbox.ts';
import type { Machine } from './machine.ts';
import type { LiveSessionOptions, SessionEnd } from './options.ts';
import { OrderSender } from './order-sender.ts';
import { isHalting, problemOf, type SessionProblem } from './problem.ts';
import type { RunRecorder } from './run-recorder.ts';

/** Everything that a session works with, opened and recovered. */
export interface SessionParts {
  readonly options: LiveSessionOptions;
  readonly session: SessionRecord;
  readonly inbox: Inbox;
  readonly frames: FrameFileWriter;
  readonly recorder: RunRecorder;
  readonly halts: HaltList;
  readonly source: FrameSource;
  readonly gateway: ExecutionGateway | null;
  readonly funding: FundingSource | null;
  /** The machine again with more room, from the run's own files. */
  readonly rebuild: () => Promise<Machine>;
  /** Newest venue time seen, ms UTC. */
  readonly marketTime: () => number;
}

/** The one consumer: takes what came in, decides, makes it durable, sends, and waits until all is quiet. */
export class LiveSession {
  readonly #parts: SessionParts;
  readonly #sender: OrderSender | null;
  #machine: Machine;
  /** Frames decided. */
  #decided: number;
  #told: { frame: number; event: number } | null = null;
  /** True while the account could not be compared with the venue's: then nothing is opened. */
  #isUnchecked = false;

  constructor(parts: SessionParts, machine: Machine, decided: number) {
    this.#parts = parts;
    this.#machine = machine;
    this.#decided = decided;
    const { gateway, inbox, marketTime } = parts;
    this.#sender =
      gateway === null
        ? null
        : new OrderSender({
            gateway,
            refusal: (command) => this.refusal(command),
            refusesAmendment: (command) => this.#refusesAmendment(command),
            now: marketTime,
            onFact: (fact) => inbox.fact(fact),
            onProblem: (problem) => inbox.problem(problem),
          });
  }

  /** Why an order that opens may not be sent now, or null. */
  refusal(command: Pick<SubmitOrder, 'ts'>): 'too_late' | 'halted' | null {
    const { halts, marketTime, options, session } = this.#parts;
    if (halts.current !== null || this.#isUnchecked) return 'halted';
    return marketTime() - command.ts > (options.maxOrderAgeMs ?? INTERVAL_MS[session.interval]) ? 'too_late' : null;
  }

  /** An amendment that waited is as good as a new order: where that would not be sent, the order stays as it is. */
  #refusesAmendment({ ts, instrument, orderId }: AmendOrder): boolean {
    const order = this.#machine.engine.orders.find(instrument, orderId);
    if (order === undefined || order.reduceOnly || isAgainst(order.qty < 0 ? 'sell' : 'buy', order.positionSide)) return false;
    return this.refusal({ ts }) !== null;
  }

  /**
   * Settles what an earlier process left: orders that it may have sent, cancels, a frame that it did not decide, questions to models.
   * @param entries all that the run has written
   * @param began when the run began by the venue's time, ms UTC
   */
  async begin(
    entries: readonly JournalEntry[],
    undecided: FrameRecord | null,
    unanswered: readonly RequestPrediction[],
    began: number,
  ): Promise<void> {
    const { gateway, recorder } = this.#parts;
    const { engine, outbox } = this.#machine;
    const all = [...entries, ...recorder.takeFresh()];
    recorder.flush();
    // Everything in it belongs to orders that the gateway is told of here.
    outbox?.take();
    if (gateway !== null) {
      await gateway.start(knownAccount(engine, all, began));
      await this.#settle();
      await this.#sender?.send(openRequests(engine, all));
    }
    if (unanswered.length > 0) await answerRequests(engine, unanswered, this.#predicting());
    await this.#settle();
    if (undecided !== null) await this.#decide(undecided, true);
  }

  /** Works until the signal ends it. The feed has been started: what is told of here may make the next candle come. */
  async work(): Promise<void> {
    const { inbox, options, source } = this.#parts;
    await this.#idle();
    while (!options.signal.aborted) {
      await inbox.next();
      this.#handleProblems();
      if (inbox.takeReconnected()) await this.#reconcile();
      await this.#settle();
      for (let frame = source.take(); frame !== null; frame = options.signal.aborted ? null : source.take()) await this.#frame(frame);
      await this.#idle();
    }
  }

  /** Closes the files and says how it ended. */
  end(): SessionEnd {
    const { frames, recorder, session, halts } = this.#parts;
    frames.close();
    return {
      runId: session.runId,
      frames: this.#decided,
      entries: recorder.entries,
      digest: recorder.close(),
      equity: equityOf(this.#machine),
      positions: positionsOf(this.#machine),
      orders: ordersOf(this.#machine),
      halted: halts.current?.message ?? null,
    };
  }

  /** Gives the files up as they are after a failure: what is not durable yet was not acted on either. */
  abandon(): void {
    this.#parts.frames.abandon();
    this.#parts.recorder.abandon();
  }

  async #frame(frame: Frame): Promise<void> {
    const { session, options, recorder } = this.#parts;
    await this.#settle();
    const isFirst = this.#machine.schedule.length === 0;
    if (isFirst && session.history > 0 && recorder.entries === 0) await this.#observe(frame);
    await this.#check();
    const open = frame.closeTime - INTERVAL_MS[session.interval] + 1;
    const before = this.#machine.lastClose - INTERVAL_MS[session.interval] + 1;
    const funding = isFirst ? [] : ((await this.#parts.funding?.between(before, open)) ?? []);
    await this.#decide(recordOf(frame, funding), false);
    options.onFrame?.({
      frame: frame.closeTime,
      equity: equityOf(this.#machine),
      positions: positionsOf(this.#machine),
      openOrders: ordersOf(this.#machine).length,
      lagMs: Math.max(0, this.#parts.marketTime() - frame.closeTime),
      halted: this.#parts.halts.current?.message ?? null,
    });
    await this.#idle();
  }

  /** Takes the candles before the first frame as history, so that features are warm. */
  async #observe(first: Frame): Promise<void> {
    const { options, session, frames } = this.#parts;
    const step = INTERVAL_MS[session.interval];
    const open = first.closeTime - step + 1;
    const candles = await Promise.all(
      session.symbols.map((symbol) => fetchCandles(options.feed, symbol, open - session.history * step, open - 1)),
    );
    const records = historyFrames(candles);
    for (const record of records) {
      frames.append(record);
      this.#machine.append(record);
    }
    frames.flush();
    if (records.length > 0) this.#machine.engine.observe(this.#machine.schedule.length);
    if (records.length < session.history) {
      const message = `history holds ${records.length} of ${session.history} candles: the venue has no more`;
      this.#tell({ kind: 'missing_candle', message });
    }
  }

  async #decide(record: FrameRecord, isRecorded: boolean): Promise<void> {
    const { frames, recorder } = this.#parts;
    if (!this.#machine.hasRoom(record)) {
      recorder.flush();
      this.#machine = await this.#parts.rebuild();
    }
    const write = (complete: FrameRecord): void => {
      if (isRecorded) return;
      frames.append(complete);
      frames.flush();
    };
    await advance(this.#machine, record, write, this.#predicting());
    this.#decided += 1;
    await this.#settle();
  }

  /** Accepts what came in, makes it and what follows from it durable, sends that, until nothing more comes. */
  async #settle(): Promise<void> {
    const { inbox, recorder, gateway } = this.#parts;
    for (;;) {
      const facts = inbox.takeFacts();
      for (const fact of facts) this.#machine.engine.accept(fact);
      recorder.flush();
      const commands = this.#machine.outbox?.take() ?? [];
      if (commands.length > 0) await this.#sender?.send(commands);
      this.#handleProblems();
      if (facts.length > 0 || commands.length > 0) continue;
      await gateway?.idle();
      const more: readonly Fact[] = inbox.takeFacts();
      if (more.length === 0) return;
      for (const fact of more) this.#machine.engine.accept(fact);
    }
  }

  /** Before a decision on money: does the venue know what we know? */
  async #check(): Promise<void> {
    const { gateway } = this.#parts;
    if (gateway === null) return;
    const isQuiet = Object.keys(positionsOf(this.#machine)).length === 0 && ordersOf(this.#machine).length === 0;
    if (isQuiet && !this.#isUnchecked) return;
    try {
      if (!(await gateway.check())) await gateway.reconcile();
      this.#isUnchecked = false;
    } catch (error) {
      this.#isUnchecked = true;
      this.#tell(problemOf(error, 'unreachable'));
    }
    await this.#settle();
  }

  async #reconcile(): Promise<void> {
    try {
      await this.#parts.gateway?.reconcile();
    } catch (error) {
      this.#isUnchecked = true;
      this.#tell(problemOf(error, 'unreachable'));
    }
  }

  #handleProblems(): void {
    for (const problem of this.#parts.inbox.takeProblems()) this.#tell(problem);
  }
  #tell(problem: SessionProblem): void {
    const isForgiven = problem.kind === 'liquidation' && this.#parts.options.goesOnAfterLiquidation === true;
    const isHalt = isHalting(problem.kind) && !isForgiven;
    if (isHalt) this.#parts.halts.halt(problem.kind, problem.message, this.#machine.lastClose);
    this.#parts.options.onProblem?.(problem, isHalt);
  }

  #predicting(): Parameters<typeof answerRequests>[2] {
    const { options, inbox } = this.#parts;
    return {
      predictions: options.predictions ?? null,
      deadlineMs: options.predictionDeadlineMs ?? 5000,
      onProblem: (problem) => inbox.problem(problem),
    };
  }

  async #idle(): Promise<void> {
    const { options, gateway } = this.#parts;
    const idle = { frame: this.#decided === 0 ? 0 : this.#machine.lastClose, event: gateway?.lastEventTime ?? 0 };
    if (this.#told !== null && this.#told.frame === idle.frame && this.#told.event === idle.event) return;
    this.#told = idle;
    await options.onIdle?.(idle);
  }
}
