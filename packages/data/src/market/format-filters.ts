import { z } from 'zod';
import { InputError } from '../input-error.ts';
import { FILTER_FIELDS, FILTER_SCHEMA } from './filter-snapshot.ts';
import { formatSnapshot } from './format-snapshot.ts';

const text = z.string();
const filterSchema = z.object({
  filterType: text,
  tickSize: text.optional(),
  minPrice: text.optional(),
  maxPrice: text.optional(),
  stepSize: text.optional(),
  minQty: text.optional(),
  maxQty: text.optional(),
  notional: text.optional(),
  multiplierUp: text.optional(),
  multiplierDown: text.optional(),
  limit: z.int().nonnegative().optional(),
});
type Filter = z.infer<typeof filterSchema>;
const symbolSchema = z.object({
  symbol: text,
  status: text,
  onboardDate: z.int(),
  triggerProtect: text.optional(),
  marketTakeBound: text.optional(),
  liquidationFee: text.optional(),
  filters: z.array(filterSchema),
});
type SymbolInfo = z.infer<typeof symbolSchema>;
const exchangeInfoSchema = z.object({ serverTime: z.int(), symbols: z.array(symbolSchema).min(1) });

const MEND = 'give the whole answer of the endpoint';

/**
 * The snapshot file's text for an answer of GET /fapi/v1/exchangeInfo, one line a symbol, in name order.
 * @throws InputError when the answer lacks a field or a filter.
 */
export function formatFilterSnapshot(exchangeInfo: unknown): string {
  const parsed = exchangeInfoSchema.safeParse(exchangeInfo);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new InputError(`exchangeInfo: field ${issue?.path.join('.') ?? '?'}: ${issue?.message ?? 'invalid'}; ${MEND}`);
  }
  const { serverTime, symbols } = parsed.data;
  const head = { schema: FILTER_SCHEMA, source: 'GET https://fapi.binance.com/fapi/v1/exchangeInfo', serverTime, fields: FILTER_FIELDS };
  return formatSnapshot(head, new Map(symbols.map((symbol) => [symbol.symbol, rowOf(symbol)])));
}

function rowOf(symbol: SymbolInfo): readonly (string | number | null)[] {
  const own = (field: 'triggerProtect' | 'marketTakeBound' | 'liquidationFee'): string => {
    const value = symbol[field];
    if (value === undefined) throw missing(symbol, field);
    return value;
  };
  const find = (type: string, field: Exclude<keyof Filter, 'limit' | 'filterType'>): string => {
    const value = filterOf(symbol, type)?.[field];
    if (value === undefined) throw missing(symbol, `${type}.${field}`);
    return value;
  };
  const orders = (): number | null => {
    const limit = filterOf(symbol, 'MAX_NUM_ORDERS')?.limit;
    if (limit === undefined) throw missing(symbol, 'MAX_NUM_ORDERS.limit');
    // 0 stands for contracts that no longer take orders: no limit is stated.
    return limit === 0 ? null : limit;
  };
  return [
    find('PRICE_FILTER', 'tickSize'),
    find('LOT_SIZE', 'stepSize'),
    find('LOT_SIZE', 'minQty'),
    find('LOT_SIZE', 'maxQty'),
    find('MARKET_LOT_SIZE', 'maxQty'),
    find('MIN_NOTIONAL', 'notional'),
    find('PRICE_FILTER', 'minPrice'),
    find('PRICE_FILTER', 'maxPrice'),
    find('PERCENT_PRICE', 'multiplierUp'),
    find('PERCENT_PRICE', 'multiplierDown'),
    orders(),
    own('triggerProtect'),
    own('marketTakeBound'),
    own('liquidationFee'),
    symbol.onboardDate,
    symbol.status,
  ];
}

function filterOf({ filters }: SymbolInfo, type: string): Filter | undefined {
  return filters.find(({ filterType }) => filterType === type);
}

function missing({ symbol }: SymbolInfo, field: string): InputError {
  return new InputError(`exchangeInfo: ${symbol} has no ${field}; ${MEND}`);
}
