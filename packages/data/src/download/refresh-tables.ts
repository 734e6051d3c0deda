import { createHmac } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import { MARKET_FOLDER } from '../dataset/key.ts';
import { dayOf } from '../dataset/time.ts';
import { InputError } from '../input-error.ts';
import { readBracketSnapshot } from '../market/bracket-snapshot.ts';
import { readFilterSnapshot } from '../market/filter-snapshot.ts';
import { formatBracketSnapshot } from '../market/format-brackets.ts';
import { formatFilterSnapshot } from '../market/format-filters.ts';
import { snapshotPath, type SnapshotKind } from '../market/nearest-snapshot.ts';
import type { Keys } from '../secrets/keys.ts';
import { commit, recoverCommits, removeLeftovers, stage } from '../store/commit.ts';
import { HttpError, type HttpOptions } from './http-client.ts';
import { fetchJson, fetchServerTime } from './rest.ts';

/** Where to fetch one of the venue's tables from, and where to keep it. */
export interface RefreshOptions {
  readonly root: string;
  /** Default https://fapi.binance.com */
  readonly restUrl?: string | undefined;
  /** Tries after the first. Default 5. */
  readonly retries?: number | undefined;
  /** Default 30,000. */
  readonly idleTimeoutMs?: number | undefined;
  /** First pause before a retry, ms. Default 500. */
  readonly backoffMs?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}
/** A table that was written. */
export interface RefreshedTable {
  readonly kind: SnapshotKind;
  readonly file: string;
  /** What the venue's clock said, ms UTC. */
  readonly time: number;
  readonly symbols: number;
  readonly sha256: string;
}

const DEFAULT_URL = 'https://fapi.binance.com';
/** How old a signed request may be when it arrives, ms: the most that the venue takes, as a table can wait. */
const RECEIVE_WINDOW_MS = 60_000;
/** Answers that another key would mend: -1022 signature, -2014 form of the key, -2015 key, address or permission. */
const KEY_FAULTS = /"code":\s*(?:-1022|-2014|-2015)\b/;

/**
 * Writes `filters-YYYY-MM-DD.json` under the data root from GET /fapi/v1/exchangeInfo: whole, or not at all.
 * @throws InputError when the address or the answer cannot be used; Error when the network fails for good
 */
export async function refreshFilters(options: RefreshOptions): Promise<RefreshedTable> {
  const { restUrl, http } = connection(options);
  const text = formatFilterSnapshot(await ask(`${restUrl}/fapi/v1/exchangeInfo`, http));
  const { serverTime } = z.object({ serverTime: z.int() }).parse(JSON.parse(text));
  const file = await write(options, 'filters', serverTime, text);
  const { sha256, symbols } = await readFilterSnapshot(file);
  return { kind: 'filters', file, time: serverTime, symbols: symbols.size, sha256 };
}

/**
 * Writes `brackets-YYYY-MM-DD.json` under the data root from GET /fapi/v1/leverageBracket, which the venue answers to a signed
 * request only (HMAC-SHA256 of the query, X-MBX-APIKEY): whole, or not at all. The keys are in no message and no file.
 * @throws InputError when the address, the keys or the answer cannot be used; Error when the network fails for good
 */
export async function refreshBrackets(options: RefreshOptions, keys: Keys): Promise<RefreshedTable> {
  const { restUrl, http } = connection(options);
  const time = await fetchServerTime(restUrl, http);
  if (time === 0) throw notThere(`${restUrl}/fapi/v1/time`);
  const ahead = time - Date.now();
  const query = (): string => {
    const signed = `timestamp=${Date.now() + ahead}&recvWindow=${RECEIVE_WINDOW_MS}`;
    return `${signed}&signature=${createHmac('sha256', keys.secret).update(signed).digest('hex')}`;
  };
  const address = `${restUrl}/fapi/v1/leverageBracket`;
  const answer = await ask(address, { ...http, query, headers: { 'X-MBX-APIKEY': keys.apiKey } }).catch((cause: unknown) => {
    if (!(cause instanceof HttpError) || !KEY_FAULTS.test(cause.body)) throw cause;
    throw new InputError(
      `${address}: the venue refused the key (${cause.body.slice(0, 200).replaceAll(/\s+/g, ' ')}); give one that may read`,
    );
  });
  const text = formatBracketSnapshot(answer, { source: `GET ${address}`, time });
  const file = await write(options, 'brackets', time, text);
  const { sha256, symbols } = await readBracketSnapshot(file);
  return { kind: 'brackets', file, time, symbols: symbols.size, sha256 };
}

function connection(options: RefreshOptions): { readonly restUrl: string; readonly http: HttpOptions } {
  const { retries = 5, idleTimeoutMs = 30_000, backoffMs = 500, signal } = options;
  const restUrl = (options.restUrl ?? DEFAULT_URL).replace(/\/+$/, '');
  if (!/^https?:\/\//.test(restUrl)) throw new InputError(`address ${restUrl} must begin with http:// or https://`);
  return { restUrl, http: { retries, idleTimeoutMs, backoffMs, signal } };
}

async function ask(address: string, http: HttpOptions): Promise<unknown> {
  const answer = await fetchJson(address, z.unknown(), http);
  if (answer === null) throw notThere(address);
  return answer;
}

function notThere(address: string): InputError {
  return new InputError(`${address}: there is no such interface; check --rest-url`);
}

async function write({ root, signal }: RefreshOptions, kind: SnapshotKind, time: number, text: string): Promise<string> {
  const file = snapshotPath(root, kind, dayOf(time));
  await recoverCommits(root);
  await removeLeftovers(join(root, MARKET_FOLDER));
  await commit(root, [await stage(file, text)], signal);
  return file;
}
