import type { InstrumentId } from '@orrery/core';
import { markText } from '../venue/decimal-text.ts';
import { bookTicker } from '../venue/book-ticker.ts';
import { klineRow, type KlineRow } from '../venue/klines.ts';
import type { MarketBoard } from '../venue/market-board.ts';
import { dayStatistics, fundingState } from '../venue/market-figures.ts';
import type { StreamHub } from './hub.ts';

/** Tells the subscribers that a frame has closed: its candles (first open, then closed) and what follows from them. */
export function publishFrame(hub: StreamHub, board: MarketBoard, frame: number): void {
  const time = board.now;
  const marks: { readonly id: InstrumentId; readonly message: unknown }[] = [];
  for (const { instrument: id, row } of board.rowsOf(frame)) {
    const { symbol } = board.instruments[id];
    const name = symbol.toLowerCase();
    const candle = klineRow(board, id, row);
    const kline = `${name}@kline_${board.interval}`;
    const [openTime, open] = candle;
    // The first glimpse of the candle, as of its opening: a client that acts on it has not looked at `x`.
    const glimpse: KlineRow = [openTime, open, open, open, open, '0', candle[6], '0', 0, '0', '0', '0'];
    hub.publish('market', kline, 'kline', () => klineMessage(symbol, board.interval, glimpse, false, time));
    hub.publish('market', kline, 'kline', () => klineMessage(symbol, board.interval, candle, true, time));
    const message = markMessage(board, id, time);
    marks.push({ id, message });
    for (const stream of [`${name}@markPrice`, `${name}@markPrice@1s`]) hub.publish('market', stream, 'markPriceUpdate', () => message);
    hub.publish('market', `${name}@miniTicker`, '24hrMiniTicker', () => miniTicker(board, id, time));
    hub.publish('public', `${name}@bookTicker`, 'bookTicker', () => bookMessage(board, id, time));
  }
  for (const stream of ['!markPrice@arr', '!markPrice@arr@1s']) {
    hub.publish('market', stream, 'markPriceUpdate', () => marks.map(({ message }) => message));
  }
}

function klineMessage(symbol: string, interval: string, row: KlineRow, isClosed: boolean, time: number): unknown {
  const [t, o, h, l, c, v, T, q, n, V, Q, B] = row;
  return { e: 'kline', E: time, s: symbol, k: { t, T, s: symbol, i: interval, f: -1, L: -1, o, c, h, l, v, n, x: isClosed, q, V, Q, B } };
}

function markMessage(board: MarketBoard, id: InstrumentId, time: number): unknown {
  const instrument = board.instruments[id];
  const price = markText(board.mark(id));
  const { rate, next } = fundingState(board, id);
  return { e: 'markPriceUpdate', E: time, s: instrument.symbol, p: price, i: price, P: price, r: rate, ap: price, T: next, st: 1 };
}

function miniTicker(board: MarketBoard, id: InstrumentId, time: number): unknown {
  const { symbol, lastPrice, openPrice, highPrice, lowPrice, volume, quoteVolume } = dayStatistics(board, id);
  return {
    e: '24hrMiniTicker',
    E: time,
    s: symbol,
    c: lastPrice,
    o: openPrice,
    h: highPrice,
    l: lowPrice,
    v: volume,
    q: quoteVolume,
    ps: symbol,
    st: 1,
  };
}

function bookMessage(board: MarketBoard, id: InstrumentId, time: number): unknown {
  const { symbol, bidPrice, bidQty, askPrice, askQty } = bookTicker(board.instruments[id], board.last(id), time);
  return { e: 'bookTicker', u: board.framesShown + 1, s: symbol, b: bidPrice, B: bidQty, a: askPrice, A: askQty, T: time, E: time };
}
