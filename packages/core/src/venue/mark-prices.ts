/**
 * Mark prices of an instrument, row by row beside a tape (BINANCE USDⓈ-M markPriceKlines). A row without one is NaN in all four
 * columns: the traded prices then stand for it (MARK-1).
 */
export interface MarkPrices {
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
}
