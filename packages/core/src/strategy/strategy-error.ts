/** A strategy threw, or asked for what is no number. Says which strategy, on which symbol and candle. */
export class StrategyError extends Error {
  override readonly name = 'StrategyError';
}
