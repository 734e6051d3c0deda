import { parseSats, type TradeRow } from '@orrery/core';

/** Entries and exits of one symbol for the candle chart, oldest first. Times in seconds UTC. */
export interface EncodedTrades {
  readonly symbol: string;
  readonly total: number;
  readonly id: readonly number[];
  readonly entry: readonly number[];
  /** −1 while the position is still open at the end. */
  readonly exit: readonly number[];
  /** 1 long, −1 short. */
  readonly side: readonly number[];
  /** Sats. */
  readonly pnl: readonly number[];
}

/** Trades of a symbol beyond it are left off the chart, and the chart says so. */
const MARKED_TRADES_PER_SYMBOL = 2000;

/** The first {@link MARKED_TRADES_PER_SYMBOL} trades of each symbol, in the order of the symbols. */
export function encodeTrades(symbols: readonly string[], trades: readonly TradeRow[]): readonly EncodedTrades[] {
  return symbols.map((symbol) => {
    const own = trades.filter((trade) => trade.symbol === symbol).sort((a, b) => a.entryTime - b.entryTime || a.id - b.id);
    const marked = own.slice(0, MARKED_TRADES_PER_SYMBOL);
    return {
      symbol,
      total: own.length,
      id: marked.map((trade) => trade.id),
      entry: marked.map((trade) => Math.floor(trade.entryTime / 1000)),
      exit: marked.map((trade) => (trade.exitTime === null ? -1 : Math.floor(trade.exitTime / 1000))),
      side: marked.map((trade) => (trade.side === 'long' ? 1 : -1)),
      pnl: marked.map((trade) => parseSats(trade.pnl)),
    };
  });
}
