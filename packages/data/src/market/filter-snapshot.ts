import type { SymbolFilters } from '@orrery/core';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { InputError } from '../input-error.ts';

/** Filters of one symbol on the day of the snapshot, when it was listed, and whether it was trading. */
export interface SnapshotFilters extends SymbolFilters {
  /** Listing, ms UTC. */
  readonly onboardDate: number;
  /** `TRADING`, `SETTLING`, `PENDING_TRADING` … */
  readonly status: string;
}
/** The venue's filters as one answer of GET /fapi/v1/exchangeInfo stated them. */
export interface FilterSnapshot {
  /** `serverTime` of the answer, ms UTC. */
  readonly serverTime: number;
  readonly symbols: ReadonlyMap<string, SnapshotFilters>;
}

/** The snapshot that ships with the project, found from this file wherever the process was started. */
export const DEFAULT_SNAPSHOT: string = fileURLToPath(new URL('../../../../datasets/filters/binance-um-2025-12-24.json', import.meta.url));

const text = z.string();
const row = z.tuple([text, text, text, text, text, text, z.int(), text]);
const snapshotSchema = z.object({ schema: z.literal('orrery.filters/1'), serverTime: z.int(), symbols: z.record(text, row) });

/** Reads a snapshot written by {@link formatFilterSnapshot}. */
export async function readFilterSnapshot(path: string = DEFAULT_SNAPSHOT): Promise<FilterSnapshot> {
  const parsed = snapshotSchema.safeParse(JSON.parse(await readFile(path, 'utf8')));
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new InputError(`${path}: field ${issue?.path.join('.') ?? '?'}: ${issue?.message ?? 'invalid'}; restore the file`);
  }
  const symbols = Object.entries(parsed.data.symbols).map(([symbol, fields]): [string, SnapshotFilters] => {
    const [tickSize, stepSize, minQty, maxQty, marketMaxQty, minNotional, onboardDate, status] = fields;
    return [symbol, { symbol, tickSize, stepSize, minQty, maxQty, marketMaxQty, minNotional, onboardDate, status }];
  });
  return { serverTime: parsed.data.serverTime, symbols: new Map(symbols) };
}

const filterSchema = z.object({
  filterType: text,
  tickSize: text.optional(),
  stepSize: text.optional(),
  minQty: text.optional(),
  maxQty: text.optional(),
  notional: text.optional(),
});
const symbolSchema = z.object({ symbol: text, status: text, onboardDate: z.int(), filters: z.array(filterSchema) });
const exchangeInfoSchema = z.object({ serverTime: z.int(), symbols: z.array(symbolSchema) });

/**
 * The snapshot file's text for an answer of GET /fapi/v1/exchangeInfo, one line a symbol, in name order.
 * @throws InputError when the answer lacks a field or a filter.
 */
export function formatFilterSnapshot(exchangeInfo: unknown): string {
  const parsed = exchangeInfoSchema.safeParse(exchangeInfo);
  if (!parsed.success)
    throw new InputError(`exchangeInfo: ${parsed.error.issues[0]?.message ?? 'invalid'}; give the whole answer of the endpoint`);
  const { serverTime, symbols } = parsed.data;
  const lines = [...symbols]
    .sort((a, b) => (a.symbol < b.symbol ? -1 : 1))
    .map(({ symbol, status, onboardDate, filters }) => {
      const find = (type: string, field: 'tickSize' | 'stepSize' | 'minQty' | 'maxQty' | 'notional'): string => {
        const value = filters.find(({ filterType }) => filterType === type)?.[field];
        if (value === undefined)
          throw new InputError(`exchangeInfo: ${symbol} has no ${type}.${field}; give the whole answer of the endpoint`);
        return value;
      };
      const lot = ['stepSize', 'minQty', 'maxQty'] as const;
      const sizes = lot.map((field) => find('LOT_SIZE', field));
      const fields = [find('PRICE_FILTER', 'tickSize'), ...sizes, find('MARKET_LOT_SIZE', 'maxQty'), find('MIN_NOTIONAL', 'notional')];
      return `  ${JSON.stringify(symbol)}: ${JSON.stringify([...fields, onboardDate, status])}`;
    });
  const head = { schema: 'orrery.filters/1', source: 'GET https://fapi.binance.com/fapi/v1/exchangeInfo', serverTime };
  const order = ['tickSize', 'stepSize', 'minQty', 'maxQty', 'marketMaxQty', 'minNotional', 'onboardDate', 'status'];
  const top = Object.entries({ ...head, fields: order }).map(([name, value]) => ` ${JSON.stringify(name)}: ${JSON.stringify(value)},`);
  return `{\n${top.join('\n')}\n "symbols": {\n${lines.join(',\n')}\n }\n}\n`;
}
