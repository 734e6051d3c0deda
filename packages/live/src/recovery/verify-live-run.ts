import { EntryList, entryToLine, type JournalEntry, type Strategy } from '@orrery/core';
import { InputError } from '@orrery/data';
import { DigestRecorder } from '@orrery/data/journal';
import { HaltList } from '../storage/halt-list.ts';
import { liveFiles } from '../storage/live-folder.ts';
import { readSession, type SessionRecord } from '../storage/session-record.ts';
import { capacityFor, foldHistory, readHistory } from './fold-files.ts';

/** What a fold of a live run's files gave. */
export interface LiveVerification {
  readonly session: SessionRecord;
  readonly frames: number;
  readonly entries: number;
  /** Of the journal as it is stored. */
  readonly digest: string;
  /** Of what the strategy says to the recorded frames and facts. */
  readonly fresh: string;
  readonly isSame: boolean;
  /** Entries that follow from the frames and are not in the journal, as lines; at most ten. A process that was killed leaves some. */
  readonly behind: readonly string[];
}

/**
 * Folds a live run from its own files: recorded frames and facts from outside, through the strategy, must leave the journal again.
 * In a paper run nothing but predictions comes from outside, so this is a plain rerun.
 * @throws InputError with the first entry that came out differently, or when a file is damaged
 */
export async function verifyLiveRun(
  folder: string,
  strategyOf: (session: SessionRecord) => Promise<Strategy<unknown>>,
): Promise<LiveVerification> {
  const files = liveFiles(folder);
  const session = readSession(files);
  const strategy = await strategyOf(session);
  const { frames, entries } = await readHistory(files);
  const halts = new HaltList(files);
  const tail = new EntryList();
  const capacity = capacityFor(frames.length, 1);
  foldHistory({ session, strategy, entries, recorder: tail, capacity, isHalted: (ts) => halts.isHalted(ts) }, frames, files, false);
  const fresh = [...entries, ...tail.entries];
  if (frames.length === 0) throw new InputError(`${files.frames}: holds no frame yet; nothing to verify`);
  return {
    session,
    frames: frames.length,
    entries: entries.length,
    digest: digestOf(entries),
    fresh: digestOf(fresh),
    isSame: tail.entries.length === 0,
    behind: tail.entries.slice(0, 10).map(entryToLine),
  };
}

function digestOf(entries: readonly JournalEntry[]): string {
  const digest = new DigestRecorder();
  for (const { seq, pos, lane, message } of entries) digest.record(seq, pos, lane, message);
  return digest.digest();
}
