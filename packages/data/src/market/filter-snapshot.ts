import type { SymbolFilters } from '@orrery/core';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { readSnapshotFile } from './snapshot-file.ts';

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
  /** SHA-256 of the file's bytes. */
  readonly sha256: string;
  readonly symbols: ReadonlyMap<string, SnapshotFilters>;
}

/** The snapshot that ships with the project, found from this file wherever the process was started. */
export const DEFAULT_SNAPSHOT: string = fileURLToPath(new URL('../../../../datasets/filters/binance-um-2025-12-24.json', import.meta.url));

/** What a line of the snapshot holds, in this order. */
export const FILTER_FIELDS = [
  'tickSize',
  'stepSize',
  'minQty',
  'maxQty',
  'marketMaxQty',
  'minNotional',
  'minPrice',
  'maxPrice',
  'multiplierUp',
  'multiplierDown',
  'maxNumOrders',
  'triggerProtect',
  'marketTakeBound',
  'liquidationFee',
  'onboardDate',
  'status',
] as const;
export const FILTER_SCHEMA = 'orrery.filters/2';

const text = z.string();
const row = z.tuple([
  text,
  text,
  text,
  text,
  text,
  text,
  text,
  text,
  text,
  text,
  z.int().positive().nullable(),
  text,
  text,
  text,
  z.int(),
  text,
]);
const schema = z.object({ schema: z.literal(FILTER_SCHEMA), serverTime: z.int(), symbols: z.record(text, row) });

/**
 * Reads a snapshot written by `formatFilterSnapshot`.
 * @throws InputError when the file is none, or one of the older schema `orrery.filters/1`.
 */
export async function readFilterSnapshot(path: string = DEFAULT_SNAPSHOT): Promise<FilterSnapshot> {
  const { content, sha256 } = await readSnapshotFile(path, schema, 'filters');
  const symbols = Object.entries(content.symbols).map(([symbol, fields]): [string, SnapshotFilters] => {
    const [tickSize, stepSize, minQty, maxQty, marketMaxQty, minNotional, minPrice, maxPrice, multiplierUp, multiplierDown, ...rest] =
      fields;
    const [maxNumOrders, triggerProtect, marketTakeBound, liquidationFee, onboardDate, status] = rest;
    const sizes = { tickSize, stepSize, minQty, maxQty, marketMaxQty, minNotional };
    const bounds = { minPrice, maxPrice, multiplierUp, multiplierDown, triggerProtect, marketTakeBound, liquidationFee };
    const orders = maxNumOrders === null ? {} : { maxNumOrders };
    return [symbol, { symbol, ...sizes, ...bounds, ...orders, onboardDate, status }];
  });
  return { serverTime: content.serverTime, sha256, symbols: new Map(symbols) };
}
