import { BARE, WHOLE } from './cases.ts';
import type { CaseReport } from './run-case.ts';

const HEAD = ['case', 'rows', 'M rows/s', 'ns CPU', 'ns clock', 'of bare', 'peak MB', 'result'];

/** The reports as aligned text, with each speed as a part of the bare loop's. */
export function formatTable(reports: readonly CaseReport[]): string {
  const bare = reports.find(({ name }) => name === BARE)?.cpuNsPerRow ?? NaN;
  const body = reports.map((report) => [
    report.name,
    report.rows.toLocaleString('en'),
    (1000 / report.cpuNsPerRow).toFixed(1),
    report.cpuNsPerRow.toFixed(1),
    report.wallNsPerRow.toFixed(1),
    /^(?:import|load):/.test(report.name) ? '' : (bare / report.cpuNsPerRow).toFixed(2),
    report.peakMb.toFixed(0),
    report.hash,
  ]);
  const rows = [HEAD, ...body];
  const widths = HEAD.map((_, column) => Math.max(...rows.map((row) => row[column].length)));
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
