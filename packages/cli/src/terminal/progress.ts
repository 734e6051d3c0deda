import process from 'node:process';
import { durationText } from './duration.ts';

/** How far a long job is. */
export interface Progress {
  /** @param done parts finished, of `total`; a total may grow while the job learns about itself */
  readonly update: (done: number, total: number, note?: string) => void;
  /** Takes the bar off the screen. */
  readonly finish: () => void;
}
/** Where progress is shown, and the clock in ms; a test brings its own. */
export interface ProgressScreen {
  readonly stream: { readonly isTTY?: boolean; readonly columns?: number; readonly write: (text: string) => unknown };
  readonly now: () => number;
}

const QUIET_MS = 1_000;
const REDRAW_MS = 100;
/** Without a terminal each report is a line that stays, so they are rare. */
const LINE_MS = 5_000;
const BAR_WIDTH = 24;

/** Progress on stderr with an estimate of the time left; a job of less than a second shows nothing. */
export function createProgress(label: string, screen: ProgressScreen = { stream: process.stderr, now: () => performance.now() }): Progress {
  const { stream, now } = screen;
  const isTerminal = stream.isTTY === true;
  const started = now();
  let shown = Number.NEGATIVE_INFINITY;
  let isDrawn = false;
  return {
    update(done, total, note) {
      const time = now();
      const elapsed = time - started;
      if (elapsed < QUIET_MS || time - shown < (isTerminal ? REDRAW_MS : LINE_MS)) return;
      shown = time;
      const share = total > 0 ? Math.min(1, done / total) : 0;
      const left = share > 0 && share < 1 ? `, ${durationText((elapsed / 1000) * (1 / share - 1))} left` : '';
      const text = `${label} ${Math.floor(share * 100)} % (${done}/${total}${left})${note === undefined ? '' : ` ${note}`}`;
      if (!isTerminal) {
        stream.write(`${text}\n`);
        return;
      }
      const filled = Math.round(share * BAR_WIDTH);
      const bar = `${'█'.repeat(filled)}${'░'.repeat(BAR_WIDTH - filled)} ${text}`;
      // A line that wraps cannot be drawn over.
      stream.write(`\r\u001B[2K${bar.slice(0, (stream.columns ?? 80) - 1)}`);
      isDrawn = true;
    },
    finish() {
      if (isDrawn) stream.write('\r\u001B[2K');
    },
  };
}
