import { type ExitReason, formatDecimal, type TradeRow } from '@orrery/core';
import type { ReportCandles } from '../src/index.ts';
import { SATS } from './sample-series.ts';

/** A trade with the parts of its money that its row does not name, in sats. */
export interface SampleTrade {
  readonly row: TradeRow;
  readonly slippage: number;
  readonly liquidationFee: number;
  readonly absorbed: number;
}

const REASONS = ['signal', 'stop', 'take_profit', 'limit'] as const;
const FORCED = ['liquidation', 'adl', 'delisted'] as const;

/** Trades one after another over the whole time; the last two stay open. */
export function sampleTrades(candles: readonly ReportCandles[], count: number, forced: boolean, random: () => number): SampleTrade[] {
  return Array.from({ length: count }, (_, n) => {
    const own = candles[Math.floor(random() * candles.length)];
    const last = own.time.length - 1;
    const entry = Math.min(last - 1, Math.floor((n / count) * last));
    const exit = Math.min(last, entry + 1 + Math.floor(random() ** 3 * 400));
    const open = n >= count - 2;
    const usual = REASONS[Math.floor(random() * REASONS.length)];
    const ended = forced && n % 40 === 20 ? FORCED[Math.floor(n / 40) % 3] : usual;
    return tradeOf(own, { id: n + 1, entry, exit, open, reason: open ? 'end_of_data' : ended }, random);
  });
}

interface Plan {
  readonly id: number;
  readonly entry: number;
  readonly exit: number;
  readonly open: boolean;
  readonly reason: ExitReason;
}

function tradeOf(own: ReportCandles, plan: Plan, random: () => number): SampleTrade {
  const { entry, exit } = plan;
  const side = random() < 0.55 ? 'long' : 'short';
  const direction = side === 'long' ? 1 : -1;
  const liquidated = plan.reason === 'liquidation';
  const price = own.open[entry];
  const quantity = (800 + random() * 2400) / price;
  const exitPrice = liquidated ? price * (1 - direction * 0.04) : own.close[exit] + direction * 0.0021 * price;
  const fees = Math.round(quantity * (price + (liquidated ? 0 : own.close[exit])) * 0.0005 * SATS);
  const funding = Math.round((random() - 0.6) * 0.4 * SATS);
  const liquidationFee = liquidated ? Math.round(quantity * exitPrice * 0.0125 * SATS) : 0;
  const absorbed = liquidated ? Math.round(quantity * exitPrice * 0.003 * SATS) : 0;
  const gross = Math.round(direction * quantity * (exitPrice - price) * SATS);
  const lows = own.low.slice(entry, exit + 1).reduce((low, value) => Math.min(low, value), exitPrice);
  const highs = own.high.slice(entry, exit + 1).reduce((high, value) => Math.max(high, value), exitPrice);
  const [down, up] = [Math.max(0, 1 - lows / price), Math.max(0, highs / price - 1)];
  const row: TradeRow = {
    id: plan.id,
    symbol: own.symbol,
    side,
    quantity: quantity.toFixed(3),
    entryTime: own.time[entry],
    entryPrice: String(price),
    exitTime: plan.open ? null : own.time[exit],
    exitPrice: exitPrice.toFixed(4),
    fees: formatDecimal(fees, 8),
    funding: formatDecimal(funding, 8),
    pnl: formatDecimal(gross - fees + funding - liquidationFee + absorbed, 8),
    exitReason: plan.reason,
    maxAdverse: side === 'long' ? down : up,
    maxFavourable: side === 'long' ? up : down,
  };
  return { row, slippage: Math.round(fees / 3), liquidationFee, absorbed };
}
