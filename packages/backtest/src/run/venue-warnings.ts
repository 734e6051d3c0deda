import type { MarketData } from '../market-data.ts';
import { dayText } from './day-text.ts';
import type { WarningInput } from './warnings.ts';

const DAY = 86_400_000;
/** Brackets change by announcements, a few times a year for most symbols (BINANCE USDⓈ-M). */
const FAR_MS = 180 * DAY;
const NAMED = 5;

/** What of the venue's tables and prices the run had to do without; one sentence each. */
export function venueWarnings({ market, venue, request }: WarningInput): readonly (string | null)[] {
  return [
    bracketWarning(venue.withoutBrackets),
    market.synthetic ? null : ageWarning(market, venue.brackets?.time),
    markWarning(venue),
    fineWarning(venue, request.venue.fine),
  ];
}

function bracketWarning(symbols: readonly string[]): string | null {
  if (symbols.length === 0) return null;
  const more = symbols.length > NAMED ? ` and ${symbols.length - NAMED} more` : '';
  return `no margin brackets are known of ${symbols.slice(0, NAMED).join(', ')}${more}: 2.5 % maintenance margin and at most 20x are taken at any size`;
}

/** The further the table is from the candles, the less it says of what was allowed, and liquidated, then. */
function ageWarning({ datasetSymbols }: MarketData, time: number | undefined): string | null {
  if (time === undefined || datasetSymbols.length === 0) return null;
  const first = Math.min(...datasetSymbols.map((symbol) => symbol.first));
  const last = Math.max(...datasetSymbols.map((symbol) => symbol.last));
  if (time - first <= FAR_MS && last - time <= FAR_MS) return null;
  return `the margin brackets are those of ${dayText(time)}, the candles go from ${dayText(first)} to ${dayText(last)}: what was liquidated then may differ`;
}

function markWarning({ markRows, rows }: WarningInput['venue']): string | null {
  if (markRows === rows) return null;
  if (markRows === 0) return 'no mark prices are stored: margin, liquidation and funding look at traded prices, which move further';
  return `${rows - markRows} of ${rows} candles have no mark price: margin, liquidation and funding look at traded prices there`;
}

function fineWarning({ fineCandles, coarseCandles }: WarningInput['venue'], asked: string | null): string | null {
  if (coarseCandles === 0) return null;
  if (fineCandles > 0) {
    return `${coarseCandles} of ${coarseCandles + fineCandles} candles in which something could happen are not wholly covered by finer ones`;
  }
  return asked === null || asked === 'auto' ? null : `no candle in which something could happen is covered by finer ones of ${asked}`;
}
