import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

/** A WebSocket connection of ccxt, as far as it is used. */
export interface CcxtClient {
  readonly url: string;
  readonly connected: Promise<unknown>;
  readonly connection?: { terminate?: () => void } | undefined;
  resolve(result: unknown, messageHash: string): unknown;
  reject(error: Error, messageHash?: string): unknown;
}

/** ccxt's Binance USDⓈ-M exchange, as far as it is used: signing, transport, sockets. */
export interface CcxtExchange {
  readonly clients: Readonly<Record<string, CcxtClient>>;
  readonly urls: { readonly api: Record<string, unknown> };
  readonly options: Record<string, unknown>;
  verbose: boolean;
  log: (...parts: readonly unknown[]) => void;
  milliseconds(): number;
  loadHttpProxyAgent(): Promise<unknown>;
  client(url: string): CcxtClient;
  watch(url: string, messageHash: string, message: unknown, subscribeHash: string): Promise<unknown>;
  handleMessage(client: CcxtClient, message: unknown): void;
  handleErrors(
    status: number,
    reason: string,
    url: string,
    method: string,
    headers: Readonly<Record<string, string>>,
    body: string,
    response: unknown,
  ): true | undefined;
  request(path: string, api: string, method: string, params: Readonly<Record<string, string | number>>): Promise<unknown>;
  close(): Promise<void>;
}

/** A class of it. */
export type CcxtConstructor = new (config: Readonly<Record<string, unknown>>) => CcxtExchange;

/**
 * The `pro` class of Binance USDⓈ-M alone: the whole library takes a second and 60 MB more. Its package exports no deep path,
 * so the file is found from the place of the package itself.
 */
export async function loadCcxt(): Promise<CcxtConstructor> {
  const main = createRequire(import.meta.url).resolve('ccxt');
  const file = new URL('../js/src/pro/binanceusdm.js', pathToFileURL(main));
  const loaded = (await import(file.href)) as { readonly default: CcxtConstructor };
  return loaded.default;
}
