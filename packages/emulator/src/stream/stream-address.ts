import type { StreamRoute } from './connection.ts';

/** What a socket's address asks for. */
export interface StreamAddress {
  readonly route: StreamRoute;
  /** Messages are wrapped as `{stream, data}`. */
  readonly isCombined: boolean;
  readonly streams: readonly string[];
  readonly listenKey: string | null;
  readonly events: ReadonlySet<string> | null;
}

const PATH = /^(?:\/(public|market|private))?\/(ws|stream)(?:\/(.*))?$/;
const MARKET_STREAM = /@(?:kline|markPrice|aggTrade|miniTicker|ticker|continuousKline|forceOrder)|^!(?!bookTicker)/;

/** Whether a name can be a stream: `btcusdt@kline_5m`, `!markPrice@arr@1s`. */
export function isStreamName(name: string): boolean {
  return /^(?:[^@\s]+@[^\s]+|![A-Za-z]+(?:@[^\s]+)?)$/u.test(name);
}

/**
 * Reads `/market/ws/btcusdt@kline_5m`, `/market/ws/0`, `/market/stream?streams=a/b`, `/private/ws?listenKey=…&events=…`,
 * `/private/ws/<listenKey>` and the like. An address without a route serves public streams only, as the venue's does.
 * @returns null for another path, or a key that is not valid (which the venue itself would let in, and never send anything)
 */
export function parseStreamAddress(url: string, isKey: (key: string) => boolean): StreamAddress | null {
  const { pathname, searchParams } = new URL(url, 'ws://127.0.0.1');
  const match = PATH.exec(pathname);
  if (match === null) return null;
  const [, route = 'public', mode, rest = ''] = match;
  const named = [...decodeURIComponent(rest).split('/'), ...(searchParams.get('streams') ?? '').split('/')];
  const streams = named.filter(isStreamName);
  const isCombined = mode === 'stream';
  if (route === 'private') {
    const listenKey = searchParams.get('listenKey') ?? named.find((name) => name !== '') ?? '';
    if (!isKey(listenKey)) return null;
    const events = searchParams.get('events');
    return { route, isCombined, streams: [], listenKey, events: events === null ? null : new Set(events.split('/')) };
  }
  const own = streams.filter((name) => MARKET_STREAM.test(name) === (route === 'market'));
  return { route: route === 'market' ? 'market' : 'public', isCombined, streams: own, listenKey: null, events: null };
}
