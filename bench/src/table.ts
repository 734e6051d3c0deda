import { BARE, WHOLE } from './cases.ts';
import type { CaseReport } from './run-case.ts';

const HEAD = ['case', 'rows', 'M rows/s', 'ns CPU', 'ns clock', 'of bare', 'peak MB', 'result'];

/** The reports as aligned text, with each speed as a part of the bare loop's. */
export function formatTable(reports: readonly CaseReport[]): string {
  const bare = reports.find(({ name }) => name === BARE)?.cpuNsPerRow ?? NaN;
  const body = reports
    .filter(({ name }) => !name.startsWith(PREDICT))
    .map((report) => [
      report.name,
      report.rows.toLocaleString('en'),
      (1000 / report.cpuNsPerRow).toFixed(1),
      report.cpuNsPerRow.toFixed(1),
      report.wallNsPerRow.toFixed(1),
      /^(?:import|load):/.test(report.name) ? '' : (bare / report.cpuNsPerRow).toFixed(2),
      report.peakMb.toFixed(0),
      report.hash,
    ]);
  return [aligned([HEAD, ...body]), ...formatPredictions(reports)].join('\n\n');
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
        Math.round(1e9 / cpuNsPerRow).toLocaleString('en'),
        hash,
      ],
    ];
  });
  return body.length === 0 ? [] : [aligned([['case', 'rows', 'us CPU a call', 'predictions/s', 'result'], ...body])];
}
const PREDICT = 'predict: ';

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
