import { existsSync } from 'node:fs';
import {
  FoldError,
  foldJournal,
  isExternalToOutbox,
  isExternalToSimulation,
  type JournalEntry,
  type RequestPrediction,
} from '@orrery/core';
import { InputError } from '@orrery/data';
import { readJournal, type ChainEnd, type JournalRead } from '@orrery/data/journal';
import { Machine, type MachineOptions } from '../session/machine.ts';
import { readFrames } from '../storage/frame-file.ts';
import type { FrameRecord } from '../storage/frame-record.ts';
import { LIVE_MEND, type LiveFiles } from '../storage/live-folder.ts';

/** What the files of a live run hold. */
export interface LiveHistory {
  readonly frames: readonly FrameRecord[];
  readonly entries: readonly JournalEntry[];
  /** Where each file ends; absent for one that is not there. */
  readonly framesEnd: ChainEnd | undefined;
  readonly journalEnd: JournalRead | undefined;
}

/**
 * Reads frames and journal. A last line that was cut off is left out.
 * @throws InputError naming file and line when one was changed
 */
export async function readHistory(files: LiveFiles): Promise<LiveHistory> {
  const frames = existsSync(files.frames) ? await readFrames(files.frames) : undefined;
  const journal = existsSync(files.journal) ? await readJournal(files.journal, LIVE_MEND) : undefined;
  return { frames: frames?.entries ?? [], entries: journal?.entries ?? [], framesEnd: frames, journalEnd: journal };
}

/** A machine where its files end. */
export interface Folded {
  readonly machine: Machine;
  /** The last frame where it is recorded and perhaps not decided on: the process ended between the two. Not on the tapes yet. */
  readonly undecided: FrameRecord | null;
  /** Asked of a model and not answered. */
  readonly unanswered: readonly RequestPrediction[];
}

/** Room for what is there and as much again. */
export function capacityFor(frames: number, least: number): number {
  return Math.max(least, 2 * frames);
}

/**
 * Brings a machine to where a run's files end (JRN-5).
 * @param keepsLast leave the last frame undecided unless the journal speaks of it. A frame is recorded only once the one before it
 *   was decided, so of the last alone nobody knows, and what happened before it may still have to be asked of the venue.
 * @throws InputError with the first entry that came out differently and what led up to it, when journal and strategy part
 */
export function foldHistory(options: MachineOptions, frames: readonly FrameRecord[], files: LiveFiles, keepsLast: boolean): Folded {
  const machine = new Machine(options);
  const { engine, check, schedule } = machine;
  const history = frames.filter(({ isHistory }) => isHistory);
  for (const frame of history) machine.append(frame);
  if (history.length > 0) engine.observe(schedule.length);
  const rows = frames.reduce((sum, frame) => sum + frame.rows.length, 0);
  const last = frames.length > history.length ? frames.at(-1) : undefined;
  const isKept = keepsLast && last !== undefined && (options.entries.at(-1)?.pos ?? 0) <= rows - last.rows.length;
  for (const frame of frames.slice(history.length, isKept ? -1 : undefined)) machine.append(frame);
  try {
    const isExternal = machine.outbox === null ? isExternalToSimulation : isExternalToOutbox;
    const unanswered = [...foldJournal(engine, { entries: options.entries, rows: schedule.length, check, isExternal })];
    // Frames behind the last entry were decided without a word: deciding again says the same.
    while (engine.pos < schedule.length) {
      if (engine.advance(schedule.length) === 'frame-predictions') unanswered.push(...engine.takeRequests());
    }
    return { machine, undecided: isKept ? last : null, unanswered };
  } catch (error) {
    throw refused(error, files);
  }
}

/** A fold that failed, in one line with what led up to it behind. */
function refused(error: unknown, files: LiveFiles): unknown {
  if (!(error instanceof FoldError)) return error;
  const before = error.divergence?.before.map((entry) => `after ${entry.seq} ${entry.lane} ${entry.message.type}`).join(', ') ?? '';
  return new InputError(
    `${files.journal}: does not follow from frames and strategy: ${error.message}${before === '' ? '' : ` (${before})`}; ` +
      'go on with the strategy and the version that the run was begun with, or begin a new run',
    { cause: error },
  );
}
