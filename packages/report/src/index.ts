export { renderReport } from './render-report.ts';
export type { ReportCandles, ReportInput } from './report-input.ts';
export { renderSummary } from './summary.ts';
export { type LoadCandles, writeReport, type WriteReportOptions } from './write-report.ts';
