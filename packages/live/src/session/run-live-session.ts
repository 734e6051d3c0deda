import { existsSync, mkdirSync } from 'node:fs';
import { INTERVAL_MS, parseSats, type Instrument } from '@orrery/core';
import { InputError } from '@orrery/data';
import { CandleBarrier } from '../barrier/candle-barrier.ts';
import { FrameSource } from '../barrier/frame-source.ts';
import { capacityFor, foldHistory, readHistory, type Folded, type LiveHistory } from '../recovery/fold-files.ts';
import { FrameFileWriter } from '../storage/frame-file.ts';
import { lockFolder } from '../storage/folder-lock.ts';
import { HaltList } from '../storage/halt-list.ts';
import { liveFiles, type LiveFiles } from '../storage/live-folder.ts';
import { readSession, writeSession, type SessionRecord } from '../storage/session-record.ts';
import { syncFolder, writeDurably } from '../storage/write-file.ts';
import { isExit } from './exits.ts';
import { FundingSource } from './funding-source.ts';
import { frameOf } from './history.ts';
import { Inbox } from './inbox.ts';
import { LiveSession, type SessionParts } from './live-session.ts';
import type { LiveSessionOptions, SessionEnd } from './options.ts';
import type { SessionProblem } from './problem.ts';
import { RunRecorder } from './run-recorder.ts';

const LEAST_CAPACITY = 2048;
const DEADLINE_MS = 2000;
const REMEMBERED = 256;

/**
 * Runs a live session in this process until the signal ends it or it fails: recovers what the folder holds, follows the feed,
 * decides each frame once and leaves positions and resting orders as they are.
 * @throws InputError for a folder that cannot be gone on with, or that another process runs
 */
export async function runLiveSession(options: LiveSessionOptions): Promise<SessionEnd> {
  const files = liveFiles(options.folder);
  mkdirSync(files.folder, { recursive: true });
  const unlock = lockFolder(files.lock);
  try {
    const session = openFolder(files, options);
    return await runUnlocked(files, session, options);
  } finally {
    unlock();
  }
}

/** The session that the folder holds, or the new one, written down. */
function openFolder(files: LiveFiles, { session, promotion }: LiveSessionOptions): SessionRecord {
  if (session === null) return readSession(files);
  if (existsSync(files.session))
    throw new InputError(`${files.folder}: holds a run already; go on with it (--run), or name another folder`);
  if (promotion !== undefined) writeDurably(files.promotion, promotion);
  writeSession(files, session);
  return session;
}

async function runUnlocked(files: LiveFiles, session: SessionRecord, options: LiveSessionOptions): Promise<SessionEnd> {
  const history = await readHistory(files);
  const halts = new HaltList(files);
  if (options.liftHalt === true && halts.current !== null) halts.lift(history.frames.at(-1)?.close ?? 0);
  const recorder = new RunRecorder(files.journal, history.journalEnd);
  const fold = (from: LiveHistory, keepsLast: boolean): Folded => {
    const capacity = capacityFor(from.frames.length, Math.max(options.capacity ?? LEAST_CAPACITY, session.history + 1));
    const isHalted = (ts: number): boolean => halts.isHalted(ts);
    return foldHistory(
      {
        session,
        strategy: options.strategy,
        entries: from.entries,
        recorder,
        capacity,
        isHalted,
        incrementalCache: options.incrementalCache,
      },
      from.frames,
      files,
      keepsLast,
    );
  };
  const folded = fold(history, session.mode !== 'paper');
  const surroundings = connect(session, options, history, folded.machine.instruments);
  const live = new LiveSession(
    {
      ...surroundings,
      options,
      session,
      frames: new FrameFileWriter(files.frames, history.framesEnd),
      recorder,
      halts,
      rebuild: async () => {
        const { machine } = fold(await readHistory(files), false);
        // What the fold asked for anew was sent when it was asked for first.
        machine.outbox?.take();
        return machine;
      },
    },
    folded.machine,
    history.frames.filter(({ isHistory }) => !isHistory).length - (folded.undecided === null ? 0 : 1),
  );
  syncFolder(files.folder);
  surroundings.attach(live);
  return drive(live, surroundings, options, session, history, folded);
}

/** Follows the feed while the session works, and takes everything down whatever comes. */
async function drive(
  live: LiveSession,
  { inbox, source, gateway, marketSaw }: Surroundings,
  options: LiveSessionOptions,
  session: SessionRecord,
  history: LiveHistory,
  folded: Folded,
): Promise<SessionEnd> {
  const { feed, signal } = options;
  // The first candle's open is the venue's time, whatever clock this machine has.
  const firstClose = history.frames.find(({ isHistory }) => !isHistory)?.close;
  const began = firstClose === undefined ? session.startedAt : firstClose - INTERVAL_MS[session.interval] + 1;
  const stopped = (): void => inbox.wake();
  signal.addEventListener('abort', stopped);
  try {
    await live.begin(history.entries, folded.undecided, folded.unanswered, began);
    await feed.start({
      onCandle: (candle) => {
        marketSaw(candle.closeTime);
        source.offer(candle);
      },
      onConnection: (state) => {
        if (state === 'up') source.catchUp();
      },
      onMarketTime: marketSaw,
    });
    source.catchUp();
    await live.work();
  } catch (error) {
    // Stopped while it waited for the venue: nothing of that frame is written yet.
    if (!signal.aborted || error !== signal.reason) {
      live.abandon();
      throw error;
    }
  } finally {
    signal.removeEventListener('abort', stopped);
    source.stop();
    await feed.stop();
    await gateway?.stop();
  }
  return live.end();
}

/** What lies around the one consumer. */
interface Surroundings extends Pick<SessionParts, 'inbox' | 'source' | 'gateway' | 'funding' | 'marketTime'> {
  readonly marketSaw: (time: number) => void;
  /** Tells the gateway whom to ask what is too late. */
  readonly attach: (live: LiveSession) => void;
}

function connect(
  session: SessionRecord,
  options: LiveSessionOptions,
  history: LiveHistory,
  instruments: readonly Instrument[],
): Surroundings {
  const { feed, signal } = options;
  const { symbols } = session;
  const intervalMs = INTERVAL_MS[session.interval];
  const deadlineMs = options.deadlineMs ?? DEADLINE_MS;
  const inbox = new Inbox();
  const onProblem = (problem: SessionProblem): void => inbox.problem(problem);
  const barrier = new CandleBarrier(symbols, intervalMs, history.frames.at(-1)?.close ?? null);
  for (const frame of history.frames.slice(-REMEMBERED)) barrier.remember(frameOf(frame, symbols, intervalMs));
  let market = 0;
  let live: LiveSession | null = null;
  const gateway =
    session.mode === 'paper'
      ? null
      : (options.gateway?.({
          instruments,
          sessionTag: session.sessionTag,
          // Later, positions and profits are in it.
          leastBalance: history.frames.length === 0 ? parseSats(session.account.equity) : undefined,
          onFact: (fact) => inbox.fact(fact),
          onProblem,
          onConnection: (state) => {
            if (state === 'up') inbox.reconnected();
          },
          onHandled: () => inbox.wake(),
          isTooLate: (command) => live !== null && !isExit(command) && live.refusal(command) !== null,
        }) ?? null);
  if (session.mode !== 'paper' && gateway === null) throw new InputError(`mode ${session.mode} needs a gateway to the venue`);
  const known = history.frames.flatMap(({ funding }) => funding);
  return {
    inbox,
    source: new FrameSource({ feed, symbols, intervalMs, barrier, deadlineMs, onReady: () => inbox.wake(), onProblem }),
    gateway,
    funding: gateway === null ? new FundingSource({ feed, symbols, signal, pauseMs: deadlineMs, onProblem }, known) : null,
    marketTime: () => market,
    marketSaw: (time) => {
      market = Math.max(market, time);
    },
    attach: (session) => {
      live = session;
    },
  };
}
