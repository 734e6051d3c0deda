import path from 'node:path';

/** The files of a live run's folder. */
export interface LiveFiles {
  readonly folder: string;
  /** What was fixed when the run began. */
  readonly session: string;
  /** The promotion that it was started from, as it was. */
  readonly promotion: string;
  /** Every frame, before it was decided. */
  readonly frames: string;
  readonly journal: string;
  /** When and why entries were halted, and when somebody lifted that. */
  readonly halts: string;
  readonly lock: string;
}

/** What is done about a damaged file of a live run. */
export const LIVE_MEND = 'restore it from a copy, or begin a new run';

/** Names the files of a live run. */
export function liveFiles(folder: string): LiveFiles {
  const at = (name: string): string => path.join(folder, name);
  return {
    folder,
    session: at('session.json'),
    promotion: at('promotion.json'),
    frames: at('frames.jsonl'),
    journal: at('journal.jsonl'),
    halts: at('halts.json'),
    lock: at('.lock'),
  };
}
