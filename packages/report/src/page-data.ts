import { parseSats } from '@orrery/core';
import { chartCandles } from './data/chart-candles.ts';
import { type CurveData, curveData } from './data/curve-data.ts';
import type { EncodedCandles } from './data/encode-candles.ts';
import { type EncodedTrades, encodeTrades } from './data/encode-trades.ts';
import type { ReportInput } from './report-input.ts';
import { type EncodedVirtual, encodeVirtual } from './signals/encode-virtual.ts';
import { type PageStructures, pageStructures } from './structure/page-structures.ts';
import type { StructureSpecs } from './structure/structure-specs.ts';

/** What the page's scripts read, and what a tool may read back from the page. Amounts in sats, times in seconds UTC. */
export interface PageData {
  readonly schema: 'orrery.page/1';
  readonly runId: string;
  readonly digest: string;
  readonly synthetic: boolean;
  readonly startEquity: number;
  readonly endEquity: number;
  readonly metrics: Readonly<Record<string, number | null>>;
  readonly curve: CurveData;
  readonly candles: readonly EncodedCandles[] | null;
  readonly trades: readonly EncodedTrades[];
  /** null for a run whose features are made from no structure, or without candles. */
  readonly structures: PageStructures | null;
  /** null where the run has no virtual positions to draw. */
  readonly virtual: readonly EncodedVirtual[] | null;
}

/** Collects the page's data; candles are merged until they fit. */
export function pageData(input: ReportInput, { specs }: StructureSpecs): PageData {
  const { result, series } = input;
  const candles = input.candles?.filter((one) => result.config.symbols.includes(one.symbol)) ?? null;
  const symbols = candles?.map((one) => one.symbol) ?? [];
  const charts = candles === null ? [] : chartCandles(candles, specs.length > 0);
  return {
    schema: 'orrery.page/1',
    runId: result.runId,
    digest: result.digest,
    synthetic: result.dataset.synthetic,
    startEquity: parseSats(result.account.startEquity),
    endEquity: parseSats(result.account.endEquity),
    metrics: result.metrics,
    curve: curveData(result, series),
    candles: candles === null ? null : charts.map(({ encoded }) => encoded),
    trades: encodeTrades(symbols, result.trades),
    structures: pageStructures(charts, specs),
    virtual: input.samples === undefined || input.samples === null || candles === null ? null : encodeVirtual(candles, input.samples),
  };
}
