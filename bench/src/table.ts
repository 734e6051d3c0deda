import { BARE, WHOLE, type AbsentCase } from './cases.ts';
import type { CaseReport } from './run-case.ts';

const HEAD = ['case', 'rows', 'M rows/s', 'ns CPU', 'ns clock', 'of bare', 'peak MB', 'result'];

/** The reports as aligned text, with each speed as a part of the bare loop's, and what could not be measured here. */
export function formatTable(reports: readonly CaseReport[], absent: readonly AbsentCase[]): string {
  const bare = reports.find(({ name }) => name === BARE)?.cpuNsPerRow ?? NaN;
  const body = reports
    .filter(({ name }) => !name.startsWith(PREDICT) && !name.startsWith(LIVE) && !name.startsWith(VIRTUAL))
    .map((report) => [
      report.name,
      report.rows.toLocaleString('en'),
      (1000 / report.cpuNsPerRow).toFixed(1),
      report.cpuNsPerRow.toFixed(1),
      report.wallNsPerRow.toFixed(1),
      /^(?:import|load|ict):/.test(report.name) ? '' : (bare / report.cpuNsPerRow).toFixed(2),
      report.peakMb.toFixed(0),
      report.hash,
    ]);
  return [
    aligned([HEAD, ...body]),
    ...formatPredictions(reports),
    ...formatLive(reports),
    ...formatVirtual(reports),
    ...formatAbsent(absent),
  ].join('\n\n');
}

/** Predictions apart: what counts there is the time of a call and how many come out of it. */
function formatPredictions(reports: readonly CaseReport[]): readonly string[] {
  const body = reports.flatMap(({ name, rows, cpuNsPerRow, hash }) => {
    if (!name.startsWith(PREDICT)) return [];
    const batch = Number(/batch (\d+)$/.exec(name)?.[1] ?? NaN);
    return [
      [
        name,
        rows.toLocaleString('en'),
        ((cpuNsPerRow * batch) / 1000).toFixed(1),
        (cpuNsPerRow / 1000).toFixed(1),
        Math.round(1e9 / cpuNsPerRow).toLocaleString('en'),
        hash,
      ],
    ];
  });
  return body.length === 0 ? [] : [aligned([['case', 'rows', 'us CPU a call', 'us CPU a row', 'predictions/s', 'result'], ...body])];
}
const PREDICT = 'predict: ';

/** Live sessions: how long after its frame an order reaches the venue. */
function formatLive(reports: readonly CaseReport[]): readonly string[] {
  const body = reports.flatMap(({ name, rows, cpuNsPerRow, latency, hash }) => {
    if (latency === undefined) return [];
    const { p50, p99 } = latency;
    return [[name, rows.toLocaleString('en'), p50.toFixed(1), p99.toFixed(1), (cpuNsPerRow / 1e6).toFixed(1), hash]];
  });
  return body.length === 0 ? [] : [aligned([['case', 'orders', 'p50 ms', 'p99 ms', 'ms CPU an order', 'result'], ...body])];
}
const LIVE = 'live: ';

/** Virtual positions: what one pass over all of them takes, and how many looks it made and spared. */
function formatVirtual(reports: readonly CaseReport[]): readonly string[] {
  const body = reports.flatMap(({ name, rows, cpuNsPerRow, virtual, hash }) => {
    if (virtual === undefined) return [];
    const positions = Number(/: ([\d,]+) in/.exec(name)?.[1].replaceAll(',', '') ?? NaN);
    const counts = [virtual.looks, virtual.spared].map((count) => count.toLocaleString('en'));
    return [[name, (rows / positions).toFixed(0), ((cpuNsPerRow * positions) / 1e6).toFixed(1), cpuNsPerRow.toFixed(1), ...counts, hash]];
  });
  return body.length === 0 ? [] : [aligned([['case', 'passes', 'ms CPU a pass', 'ns a position', 'looks', 'spared', 'result'], ...body])];
}
const VIRTUAL = 'virtual positions: ';

function formatAbsent(absent: readonly AbsentCase[]): readonly string[] {
  return absent.length === 0 ? [] : [absent.map(({ name, reason }) => `${name}  absent: ${reason}`).join('\n')];
}

function aligned(rows: readonly (readonly string[])[]): string {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  const line = (row: readonly string[]): string =>
    row.map((cell, column) => (column === 0 ? cell.padEnd(widths[column]) : cell.padStart(widths[column]))).join('  ');
  return rows.map(line).join('\n');
}

/** The two figures that the suite is about. */
export function formatVerdict(reports: readonly CaseReport[]): string {
  const of = (name: string): number => reports.find((report) => report.name === name)?.cpuNsPerRow ?? NaN;
  const ratio = of(BARE) / of(WHOLE);
  return `whole engine: ${(1000 / of(WHOLE)).toFixed(1)} million candles a second, ${ratio.toFixed(2)} of the bare loop's speed; both accounts agree to the sat`;
}
