import { onGrid } from '../dataset/candle-span.ts';
import { gridOf } from '../dataset/grid.ts';
import type { DatasetKey } from '../dataset/key.ts';
import { CLOSE, HIGH, LOW, OPEN, VOLUME, type Rows } from '../dataset/rows.ts';
import { isoTime, roundToMinute } from '../dataset/time.ts';
import type { Problem } from './problem.ts';

/** Candles without a trade are legal; so many in a row may mean a delisted symbol or a halt. */
const QUIET_ROWS = 12;

/** Checks of the rows of one file: order, duplicates, grid, prices, quiet stretches. One problem for each kind, with its count. */
export function checkRows(key: DatasetKey, file: string, rows: Rows): Problem[] {
  const found = new Map<string, { problem: Problem; count: number }>();
  const report = (severity: Problem['severity'], code: Problem['code'], row: number, what: string): void => {
    const before = found.get(code);
    if (before === undefined) found.set(code, { problem: { severity, code, file, time: rows.time[row], message: what }, count: 1 });
    else before.count++;
  };
  const grid = key.interval === null ? null : gridOf(key.interval, rows.time[0] ?? 0);
  for (let r = 0; r < rows.length; r++) {
    const time = rows.time[r];
    if (grid !== null && !onGrid(grid, time))
      report('error', 'off-grid', r, `${isoTime(time)} is not on the grid of ${key.interval} candles`);
    if (grid !== null) checkCandle(rows, r, report);
    if (r === 0) continue;
    const [now, before] = grid === null ? [roundToMinute(time), roundToMinute(rows.time[r - 1])] : [time, rows.time[r - 1]];
    if (now === before) report('error', 'duplicate', r, `${isoTime(time)} is there twice`);
    if (now < before) report('error', 'order', r, `${isoTime(time)} follows ${isoTime(rows.time[r - 1])}`);
  }
  // Most seconds of most symbols are without a trade.
  if (key.kind === 'klines' && key.interval !== '1s') checkQuiet(rows, report);
  return [...found.values()].map(({ problem, count }) =>
    count === 1 ? problem : { ...problem, message: `${problem.message}, and ${count - 1} more like it` },
  );
}

type Report = (severity: Problem['severity'], code: Problem['code'], row: number, what: string) => void;

function checkCandle({ columns, time }: Rows, r: number, report: Report): void {
  const open = columns[OPEN][r];
  const high = columns[HIGH][r];
  const low = columns[LOW][r];
  const close = columns[CLOSE][r];
  const isSane = low > 0 && low <= open && low <= close && high >= open && high >= close && high < Infinity && columns[VOLUME][r] >= 0;
  if (!isSane)
    report(
      'error',
      'prices',
      r,
      `${isoTime(time[r])}: open ${open}, high ${high}, low ${low}, close ${close}, volume ${columns[VOLUME][r]} cannot be`,
    );
}

function checkQuiet({ columns, length, time }: Rows, report: Report): void {
  let start = 0;
  for (let r = 0; r <= length; r++) {
    if (r < length && columns[VOLUME][r] === 0) continue;
    if (r - start >= QUIET_ROWS) report('info', 'no-volume', start, `${r - start} candles without volume from ${isoTime(time[start])}`);
    start = r + 1;
  }
}
