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
/** Trades of all symbols together: 20,000 take about 1 MB. */
const MARKED_TRADES_IN_ALL = 20_000;
/** Marked even then. */
const FEWEST_TRADES = 20;

/** The first trades of each symbol, in the order of the symbols. */
export function encodeTrades(symbols: readonly string[], trades: readonly TradeRow[]): readonly EncodedTrades[] {
  const share = Math.max(FEWEST_TRADES, Math.floor(MARKED_TRADES_IN_ALL / Math.max(1, symbols.length)));
  const most = Math.min(MARKED_TRADES_PER_SYMBOL, share);
  return symbols.map((symbol) => {
    const own = trades.filter((trade) => trade.symbol === symbol).sort((a, b) => a.entryTime - b.entryTime || a.id - b.id);
    const marked = own.slice(0, most);
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
