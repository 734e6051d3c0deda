import { z } from 'zod';
import { INTERVAL_MS } from '@orrery/core';
import type { DatasetKey } from '../dataset/key.ts';
import type { TimeRange } from '../dataset/time.ts';
import { InputError } from '../input-error.ts';
import { parsePart } from '../import/import-files.ts';
import type { SourcedPart } from '../store/write-dataset.ts';
import { fetchBytes, HttpError, type HttpOptions } from './http-client.ts';

const CANDLES_A_CALL = 1000;
const FUNDINGS_A_CALL = 1000;
const HOUR = 3_600_000;
/** Answer of GET /fapi/v1/klines for a symbol that does not exist. */
const INVALID_SYMBOL = -1121;

const field = z.union([z.string(), z.number()]);
const candlesSchema = z.array(z.tuple([z.int(), field, field, field, field, field, z.int(), field, field, field, field, field]));
const fundingSchema = z.array(z.object({ fundingTime: z.int(), fundingRate: z.string() }));
const timeSchema = z.object({ serverTime: z.int() });

/** The venue's clock: GET /fapi/v1/time, ms UTC. */
export async function fetchServerTime(restUrl: string, http: HttpOptions): Promise<number> {
  return (await fetchJson(`${restUrl}/fapi/v1/time`, timeSchema, http))?.serverTime ?? 0;
}

/**
 * Rows of a range from the venue's REST API, none of them the candle that is still open at `serverTime`; null when it has none.
 * @throws InputError when the venue does not know the symbol.
 */
export async function fetchRest(
  restUrl: string,
  key: DatasetKey,
  range: TimeRange,
  serverTime: number,
  http: HttpOptions,
): Promise<SourcedPart | null> {
  const lines =
    key.interval === null ? await fundingLines(restUrl, key.symbol, range, http) : await candleLines(restUrl, key, range, serverTime, http);
  if (lines.length === 0) return null;
  const source = `${restUrl}/fapi/v1/${key.kind}`;
  return parsePart(key, source, new TextEncoder().encode(lines.join('\n')), { name: source, sha256: null });
}

async function candleLines(
  restUrl: string,
  key: DatasetKey & { readonly interval: keyof typeof INTERVAL_MS },
  range: TimeRange,
  serverTime: number,
  http: HttpOptions,
): Promise<string[]> {
  const lines: string[] = [];
  for (let start = range.from; start < range.to;) {
    const query = new URLSearchParams({
      symbol: key.symbol,
      interval: key.interval,
      startTime: String(start),
      endTime: String(range.to - 1),
      limit: String(CANDLES_A_CALL),
    });
    const rows = (await fetchJson(`${restUrl}/fapi/v1/${key.kind}?${query.toString()}`, candlesSchema, http)) ?? [];
    for (const row of rows) if (row[6] < serverTime && row[0] >= start && row[0] < range.to) lines.push(row.join(','));
    const last = rows.at(-1);
    if (last === undefined || rows.length < CANDLES_A_CALL || last[0] < start) break;
    start = last[0] + INTERVAL_MS[key.interval];
  }
  return lines;
}

async function fundingLines(restUrl: string, symbol: string, range: TimeRange, http: HttpOptions): Promise<string[]> {
  const found: { readonly fundingTime: number; readonly fundingRate: string }[] = [];
  for (let start = range.from; start < range.to;) {
    const query = new URLSearchParams({ symbol, startTime: String(start), endTime: String(range.to - 1), limit: String(FUNDINGS_A_CALL) });
    const rows = (await fetchJson(`${restUrl}/fapi/v1/fundingRate?${query.toString()}`, fundingSchema, http)) ?? [];
    found.push(...rows);
    const last = rows.at(-1);
    if (last === undefined || rows.length < FUNDINGS_A_CALL || last.fundingTime < start) break;
    start = last.fundingTime + 1;
  }
  return found.map(({ fundingTime, fundingRate }, f) => `${fundingTime},${hoursAround(found, f)},${fundingRate}`);
}

/** The API does not state the interval, so it is the time since the funding before, for the first one that until the next. */
function hoursAround(rows: readonly { readonly fundingTime: number }[], f: number): number {
  const [before, after] = f > 0 ? [rows[f - 1], rows[f]] : [rows[0], rows[1]];
  if (before === undefined || after === undefined) return 8;
  return Math.min(Math.max(Math.round((after.fundingTime - before.fundingTime) / HOUR), 1), 8);
}

/**
 * The parsed answer of an address; null where there is none.
 * @throws Error for an answer that is not of the schema, and as `fetchBytes` does
 */
export async function fetchJson<T>(url: string, schema: z.ZodType<T>, http: HttpOptions): Promise<T | null> {
  const bytes = await fetchBytes(url, http).catch((cause: unknown) => {
    if (cause instanceof HttpError && cause.body.includes(String(INVALID_SYMBOL))) {
      throw new InputError(`${new URL(url).searchParams.get('symbol') ?? url}: the venue knows no such symbol; check the name`);
    }
    throw cause;
  });
  if (bytes === null) return null;
  const parsed = schema.safeParse(parseJson(url, bytes));
  if (!parsed.success)
    throw new Error(
      `${url}: unexpected answer (${parsed.error.issues[0]?.path.join('.') ?? ''}: ${parsed.error.issues[0]?.message ?? 'invalid'})`,
    );
  return parsed.data;
}

function parseJson(url: string, bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    throw new Error(`${url}: the answer is not JSON`);
  }
}
