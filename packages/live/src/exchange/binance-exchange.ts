import { classifyAnswer } from './classify-answer.ts';
import { loadCcxt, type CcxtClient, type CcxtExchange } from './load-ccxt.ts';
import type { Keys } from '@orrery/data';
import type { VenueUrls } from './binance-options.ts';

/** The main venue. */
const MAIN_REST = 'https://fapi.binance.com';
const MAIN_STREAM = 'wss://fstream.binance.com';
/** Nothing may be sent to another service of the company, whatever ccxt would do with keys in hand. */
const NOWHERE = 'http://127.0.0.1:9';
/** ccxt pings at this pace and gives a connection up after two missed answers, ms. */
const PING_MS = 20_000;

/** What the exchange hands on as it comes in. */
export interface ExchangeHooks {
  readonly onMessage: (client: CcxtClient, message: unknown) => void;
  /** Request weight used in this minute, as the venue counts it. */
  readonly onWeight: (used: number) => void;
}

/** What is set up once. */
export interface ExchangeSettings {
  readonly urls: VenueUrls | undefined;
  readonly keys: Keys | undefined;
  readonly recvWindow: number;
  readonly timeoutMs: number;
}

/**
 * ccxt's exchange with its own error mapping and message handling replaced: the first depends on the host's name, the second
 * drops `listenKeyExpired`, `MARGIN_CALL` and a candle's closed flag. Neither markets nor currencies are loaded through it.
 */
export async function createExchange(settings: ExchangeSettings, hooks: ExchangeHooks): Promise<CcxtExchange> {
  const Base = await loadCcxt();
  class Exchange extends Base {
    override handleMessage(client: CcxtClient, message: unknown): void {
      hooks.onMessage(client, message);
    }
    override handleErrors(
      status: number,
      _reason: string,
      url: string,
      method: string,
      headers: Readonly<Record<string, string>>,
      body: string,
      response: unknown,
    ): true | undefined {
      const used = Number(headers['X-Mbx-Used-Weight-1m'] ?? Number.NaN);
      if (Number.isFinite(used)) hooks.onWeight(used);
      const error = classifyAnswer({
        endpoint: `${method} ${new URL(url).pathname}`,
        status,
        retryAfter: headers['Retry-After'] ?? null,
        body: body.slice(0, 400),
        ...codeOf(response),
      });
      if (error !== null) throw error;
      return undefined;
    }
  }
  const exchange = new Exchange({
    ...(settings.keys === undefined ? {} : { apiKey: settings.keys.apiKey, secret: settings.keys.secret }),
    timeout: settings.timeoutMs,
    enableRateLimit: false,
    verbose: false,
    streaming: { keepAlive: PING_MS, maxPingPongMisses: 2 },
    options: {
      fetchCurrencies: false,
      recvWindow: settings.recvWindow,
      timeDifference: 0,
      maxRetriesOnFailure: 0,
      // The loops that dial have their own pauses.
      ws: { backoff: { base: 0, factor: 1, max: 0 } },
    },
  });
  // ccxt prints a damaged frame together with its address, and that holds the listen key.
  exchange.log = () => {};
  pointAt(exchange, settings.urls ?? { rest: MAIN_REST, stream: MAIN_STREAM });
  // Without it ccxt refuses addresses that begin with ws://.
  await exchange.loadHttpProxyAgent();
  return exchange;
}

function pointAt(exchange: CcxtExchange, urls: VenueUrls): void {
  const { api } = exchange.urls;
  const rest = urls.rest.replace(/\/+$/, '');
  for (const [name, url] of Object.entries(api)) {
    if (typeof url !== 'string') continue;
    api[name] = url.startsWith(MAIN_REST) ? url.replace(MAIN_REST, rest) : NOWHERE;
  }
}

function codeOf(response: unknown): { readonly code: number | null; readonly text: string | null } {
  if (typeof response !== 'object' || response === null) return { code: null, text: null };
  const { code, msg } = response as { readonly code?: unknown; readonly msg?: unknown };
  const number = typeof code === 'number' || typeof code === 'string' ? Number(code) : Number.NaN;
  return { code: Number.isInteger(number) ? number : null, text: typeof msg === 'string' ? msg : null };
}
