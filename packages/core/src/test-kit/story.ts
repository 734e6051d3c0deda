import { formatQuantity } from '../market/instrument.ts';
import type { Lots } from '../units.ts';
import type { Market } from './market.ts';
import { messageWords } from './message-words.ts';
import { OrderStates } from './order-states.ts';
import type { Session } from './session.ts';

/** What stands beside one candle. */
export interface Told {
  /** Position after the candle's frame, as text; empty while there never was one. */
  readonly position: string;
  readonly did: string;
}
/** What a run did, by close time and symbol. */
export type Story = (ts: number, symbol: number) => Told;

/** @param brokenAt position of the schedule whose frame is marked */
export function storyOf(market: Market, session: Session, brokenAt?: number): Story {
  const { schedule, tapes } = session;
  const timeAt = (pos: number): number => tapes[schedule.instrument[pos - 1]].closeTs[schedule.row[pos - 1]];
  const told = new Map<string, { words: string[]; lots: number | null }>();
  const at = (ts: number, symbol: number): { words: string[]; lots: number | null } => {
    const key = `${ts} ${symbol}`;
    const cell = told.get(key) ?? { words: [], lots: null };
    told.set(key, cell);
    return cell;
  };
  const held = market.symbols.map(() => 0);
  const states = new OrderStates();
  for (const entry of session.entries) {
    const { pos, message } = entry;
    const counts = states.note(entry);
    const id = 'instrument' in message ? (message.instrument ?? 0) : 0;
    const cell = at(timeAt(pos), id);
    const words = messageWords(message, market.symbols[id].instrument);
    if (words !== null) cell.words.push(counts || message.type !== 'OrderFilled' ? words : `${words} (changes nothing)`);
    if (message.type === 'OrderFilled' && counts) cell.lots = held[id] += message.qty;
  }
  const brokenTs = brokenAt === undefined ? NaN : timeAt(brokenAt);
  const last = new Map<number, number>();
  return (ts, symbol) => {
    const cell = at(ts, symbol);
    if (cell.lots !== null) last.set(symbol, cell.lots);
    const lots = last.get(symbol);
    const { instrument } = market.symbols[symbol];
    return {
      position: lots === undefined ? '' : `${lots < 0 ? '-' : ''}${formatQuantity(instrument, Math.abs(lots) as Lots)}`,
      did: `${cell.words.join('; ')}${ts === brokenTs ? `${cell.words.length > 0 ? ' ' : ''}<< broken here` : ''}`,
    };
  };
}
