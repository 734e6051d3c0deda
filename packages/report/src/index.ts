export { renderReport } from './render-report.ts';
export type { ReportCandles, ReportInput } from './report-input.ts';
