import { parseSats } from '@orrery/core';
import { type CurveData, curveData } from './data/curve-data.ts';
import { type EncodedCandles, encodeCandles } from './data/encode-candles.ts';
import { type EncodedTrades, encodeTrades } from './data/encode-trades.ts';
import { resampleCandles } from './data/resample-candles.ts';
import type { ReportInput } from './report-input.ts';

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
}

/** Candles of one symbol that a screen can still tell apart. */
const CANDLES_PER_SYMBOL = 5000;
/** Candles of all symbols together: 100,000 take about 2 MB. */
const CANDLES_IN_ALL = 100_000;
/** Below it a chart shows no shape; pages of very many symbols grow instead. */
const FEWEST_CANDLES = 150;

/** Collects the page's data; candles are merged until they fit. */
export function pageData(input: ReportInput): PageData {
  const { result, series } = input;
  const candles = input.candles?.filter((one) => result.config.symbols.includes(one.symbol)) ?? null;
  const limit = Math.max(FEWEST_CANDLES, Math.min(CANDLES_PER_SYMBOL, Math.floor(CANDLES_IN_ALL / Math.max(1, candles?.length ?? 1))));
  return {
    schema: 'orrery.page/1',
    runId: result.runId,
    digest: result.digest,
    synthetic: result.dataset.synthetic,
    startEquity: parseSats(result.account.startEquity),
    endEquity: parseSats(result.account.endEquity),
    metrics: result.metrics,
    curve: curveData(result, series),
    candles: candles?.map((one) => encodeCandles(resampleCandles(one, limit))) ?? null,
    trades:
      candles === null
        ? []
        : encodeTrades(
            candles.map((one) => one.symbol),
            result.trades,
          ),
  };
}
