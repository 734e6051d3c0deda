import { parseSats, type TradeRow } from '@orrery/core';
import { HOUR_MS } from './calendar.ts';

/** A finished trade in numbers. */
export interface ClosedTrade {
  readonly side: 'long' | 'short';
  /** Sats, after fees and funding. */
  readonly pnl: number;
  /** Profit over entry value (largest size × entry price), a fraction; null where that value is zero. */
  readonly profitShare: number | null;
  readonly hours: number;
  /** How far the price went against and for it, parts of the entry price; null where that is not known. */
  readonly adverse: number | null;
  readonly favourable: number | null;
}

/** The finished trades in order of exit, then of id: the order that winning and losing streaks are counted in. */
export function closedTrades(trades: readonly TradeRow[]): readonly ClosedTrade[] {
  return trades
    .flatMap((trade) => (trade.exitTime === null ? [] : [{ trade, exitTime: trade.exitTime }]))
    .sort((a, b) => a.exitTime - b.exitTime || a.trade.id - b.trade.id)
    .map(({ trade, exitTime }) => {
      const pnl = parseSats(trade.pnl);
      const value = Number(trade.quantity) * Number(trade.entryPrice) * 1e8;
      return {
        side: trade.side,
        pnl,
        profitShare: value > 0 ? pnl / value : null,
        hours: (exitTime - trade.entryTime) / HOUR_MS,
        adverse: trade.maxAdverse,
        favourable: trade.maxFavourable,
      };
    });
}
