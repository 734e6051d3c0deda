import type { JournalEntry, Message } from '../../messages.ts';
import type { InstrumentId, OrderId } from '../../units.ts';
import { difference } from '../compare.ts';
import type { LawCheck } from '../law-check.ts';
import { pickSymbols, type Market } from '../market.ts';
import { runOf, type Said } from '../runs.ts';

/** The order in which symbols are listed is no market information. For strategies that look at each symbol by itself. */
export const RELABELLING: LawCheck = {
  name: 'relabelling: listing the symbols in another order leaves the same journal for each',
  hint: 'what is done with one symbol depends on its number or on another symbol, though the scope is instrument',
  runs: 2,
  check(subject, market) {
    const count = market.symbols.length;
    if (count < 2) return null;
    const order = market.symbols.map((_, k) => count - 1 - k);
    const plain = runOf(subject, market);
    const turned = runOf(subject, pickSymbols(market, order));
    if (plain.error !== null || turned.error !== null) return bothFailed(plain, turned);
    for (let id = 0; id < count; id++) {
      const fault = difference('listed order', ofSymbol(plain, id), 'reversed order', ofSymbol(turned, order.indexOf(id)));
      if (fault !== null) return `${symbolOf(market, id)}, its entries alone, ids counted anew; ${fault}`;
    }
    return null;
  },
};

/** Where it fails is on another law; here only that it fails in both. */
function bothFailed(plain: Said, turned: Said): string | null {
  if (plain.error !== null && turned.error !== null) return null;
  return `only one order of the symbols ends in an error: ${(plain.error ?? turned.error)?.message ?? ''}`;
}

function symbolOf(market: Market, id: number): string {
  return market.symbols[id].instrument.symbol;
}

/** One symbol's entries with positions and ids counted within it, so that they do not depend on the others' numbers. */
function ofSymbol(said: Said, id: number): Said {
  const ids = new Map<string, number>();
  const renumbered = (kind: string, value: number): number => {
    const key = `${kind} ${value}`;
    const known = ids.get(key) ?? ids.size + 1;
    ids.set(key, known);
    return known;
  };
  const entries: JournalEntry[] = [];
  for (const { lane, message } of said.entries) {
    if ('instrument' in message && message.instrument !== id) continue;
    const entry = { seq: entries.length + 1, pos: 0, lane, message: relabelled(message, renumbered) };
    entries.push(entry);
  }
  return { entries: inTime(entries), error: null };
}

function relabelled(message: Message, renumbered: (kind: string, value: number) => number): Message {
  if (!('instrument' in message)) return message;
  const instrument = 0 as InstrumentId;
  if ('timerId' in message) return { ...message, instrument, timerId: renumbered('timer', message.timerId) };
  if ('requestId' in message) return { ...message, instrument, requestId: renumbered('request', message.requestId) };
  if (!('orderId' in message)) return { ...message, instrument };
  const orderId = renumbered('order', message.orderId) as OrderId;
  if (message.type !== 'SubmitOrder') return { ...message, instrument, orderId };
  return { ...message, instrument, orderId, parent: message.parent === null ? null : (renumbered('order', message.parent) as OrderId) };
}

/** A verdict on the account has no symbol and may stand before or after what a symbol did at the same moment. */
function inTime(entries: readonly JournalEntry[]): readonly JournalEntry[] {
  const rank = (entry: JournalEntry): number => (entry.message.type === 'TradingHalted' ? 0 : 1);
  const sorted = entries.map((entry, k) => ({ entry, k }));
  sorted.sort((a, b) => a.entry.message.ts - b.entry.message.ts || rank(a.entry) - rank(b.entry) || a.k - b.k);
  return sorted.map(({ entry }, k) => ({ ...entry, seq: k + 1 }));
}
