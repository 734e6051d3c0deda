import type { ListenKeys } from '../stream/listen-keys.ts';
import type { Pace } from '../options.ts';
import type { Exchange } from '../venue/exchange.ts';
import type { Barrier } from './barrier.ts';

/** What market time waits for. */
export type Waiting = 'first-idle' | 'event' | 'frame' | 'clock' | 'nothing';

/** What moves the market along. */
export interface MarketRun {
  readonly exchange: Exchange;
  readonly barrier: Barrier;
  readonly listenKeys: ListenKeys;
  /** Sockets that hear the user data stream now. */
  readonly listeners: () => number;
  /** Tells the subscribers that a frame has closed. */
  readonly publish: (frame: number) => void;
  readonly signal: AbortSignal;
  waiting: Waiting;
}

/** Plays all frames that are not shown yet; ends after the last, or when the signal is aborted. */
export async function runMarket(run: MarketRun, pace: Pace): Promise<void> {
  await (pace.kind === 'follow' ? follow(run, pace.patienceMs) : playAtSpeed(run, pace.factor));
  run.waiting = 'nothing';
}

async function follow(run: MarketRun, patienceMs: number): Promise<void> {
  const { exchange, barrier } = run;
  const { board } = exchange;
  await until(run, 'first-idle', () => barrier.hasReport);
  for (let frame = board.framesShown; frame < board.framesTotal && !run.signal.aborted; frame++) {
    for (let isTold = exchange.enter(frame, true); isTold && !run.signal.aborted; isTold = exchange.goOn())
      await untilHandled(run, patienceMs);
    exchange.show(frame);
    run.publish(frame);
    await until(run, 'frame', () => barrier.frame >= board.frame);
  }
}

async function until(run: MarketRun, waiting: Waiting, isMet: () => boolean): Promise<void> {
  run.waiting = waiting;
  while (!isMet() && !run.signal.aborted) await run.barrier.change();
}

/**
 * Waits until the client has handled all account events. Its patience runs only while a socket listens: a client that was cut off
 * gets the whole of it again after it has come back, and one that means to listen is waited for.
 */
async function untilHandled(run: MarketRun, patienceMs: number): Promise<void> {
  const { barrier, exchange, listenKeys } = run;
  const event = exchange.lastEventTime;
  let deadline: number | null = null;
  run.waiting = 'event';
  while (barrier.event < event && listenKeys.isAwaited && !run.signal.aborted) {
    if (run.listeners() === 0) deadline = null;
    else deadline ??= performance.now() + patienceMs;
    const isChanged = await barrier.change(deadline === null ? Infinity : deadline - performance.now());
    if (!isChanged) return;
  }
}

async function playAtSpeed(run: MarketRun, factor: number): Promise<void> {
  const { exchange, barrier } = run;
  const { board } = exchange;
  const [started, from] = [performance.now(), board.now];
  run.waiting = 'clock';
  for (let frame = board.framesShown; frame < board.framesTotal; frame++) {
    const due = started + (board.closeOf(frame) - from) / factor;
    while (performance.now() < due && !run.signal.aborted) await barrier.change(due - performance.now());
    if (run.signal.aborted) return;
    exchange.enter(frame, false);
    exchange.show(frame);
    run.publish(frame);
  }
}
