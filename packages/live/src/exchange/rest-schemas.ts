import { z } from 'zod';

/** Decimal text, or a number where the venue writes one. */
const text = z.string();
/** Ids are compared as texts: ccxt turns large ones into them. */
const id = z.union([z.string(), z.number()]).transform(String);
const time = z.coerce.number().int();

export const timeSchema: z.ZodType<{ readonly serverTime: number }> = z.object({ serverTime: time });

/** GET klines: open time, open, high, low, close, volume, close time; the rest is not used. */
export const klinesSchema: z.ZodType<readonly (readonly unknown[])[]> = z.array(
  z.tuple([time, text, text, text, text, text, time], z.unknown()),
);

export interface FundingRateRow {
  readonly symbol: string;
  readonly fundingTime: number;
  readonly fundingRate: string;
  readonly markPrice: string;
}
export const fundingRatesSchema: z.ZodType<readonly FundingRateRow[]> = z.array(
  z.object({ symbol: text, fundingTime: time, fundingRate: text, markPrice: text }),
);

/** A symbol of exchangeInfo, as far as it is read. */
export interface ExchangeSymbol {
  readonly symbol: string;
  readonly status: string;
  readonly filters: readonly Readonly<Record<string, unknown>>[];
  readonly triggerProtect?: string | undefined;
  readonly marketTakeBound?: string | undefined;
  readonly liquidationFee?: string | undefined;
}
export const exchangeInfoSchema: z.ZodType<{ readonly symbols: readonly ExchangeSymbol[] }> = z.object({
  symbols: z.array(
    z.object({
      symbol: text,
      status: text,
      filters: z.array(z.record(z.string(), z.unknown())),
      triggerProtect: text.optional(),
      marketTakeBound: text.optional(),
      liquidationFee: text.optional(),
    }),
  ),
});

export const accountConfigSchema: z.ZodType<{
  readonly dualSidePosition: boolean;
  readonly multiAssetsMargin?: boolean | undefined;
  readonly canTrade?: boolean | undefined;
}> = z.object({ dualSidePosition: z.boolean(), multiAssetsMargin: z.boolean().optional(), canTrade: z.boolean().optional() });

export const balanceSchema: z.ZodType<readonly { readonly asset: string; readonly availableBalance: string }[]> = z.array(
  z.object({ asset: text, availableBalance: text }),
);

export const symbolConfigSchema: z.ZodType<readonly { readonly symbol: string; readonly marginType: string; readonly leverage: number }[]> =
  z.array(z.object({ symbol: text, marginType: text, leverage: z.coerce.number() }));

/** GET positionRisk (v3): a row for each symbol with a position or an open order. */
export interface PositionRow {
  readonly symbol: string;
  readonly positionSide: string;
  readonly positionAmt: string;
  /** Margin that open orders take, USDT; orders against a position may take none. */
  readonly openOrderInitialMargin?: string | undefined;
}
export const positionsSchema: z.ZodType<readonly PositionRow[]> = z.array(
  z.object({ symbol: text, positionSide: text, positionAmt: text, openOrderInitialMargin: text.optional() }),
);

/** An order as POST, GET and DELETE of `order` and GET `openOrders` answer it. avgPrice and cumQuote are not relied on. */
export interface OrderRow {
  readonly orderId: string;
  readonly clientOrderId: string;
  readonly symbol: string;
  readonly status: string;
  readonly executedQty: string;
  readonly updateTime: number;
  /** Whole quantity and limit price, as an amendment may have left them. */
  readonly origQty?: string | undefined;
  readonly price?: string | undefined;
}
export const orderSchema: z.ZodType<OrderRow> = z.object({
  orderId: id,
  clientOrderId: text,
  symbol: text,
  status: text,
  executedQty: text,
  updateTime: time,
  origQty: text.optional(),
  price: text.optional(),
});
export const ordersSchema: z.ZodType<readonly OrderRow[]> = z.array(orderSchema);

/** A conditional order as POST and GET of `algoOrder` and GET `openAlgoOrders` answer it. */
export interface AlgoOrderRow {
  readonly algoId: string;
  readonly clientAlgoId: string;
  readonly symbol: string;
  readonly algoStatus: string;
  readonly updateTime: number;
  /** Id of the order that it has placed; empty before it was triggered. */
  readonly actualOrderId?: string | undefined;
}
export const algoOrderSchema: z.ZodType<AlgoOrderRow> = z.object({
  algoId: id,
  clientAlgoId: text,
  symbol: text,
  algoStatus: text,
  updateTime: time,
  actualOrderId: id.optional(),
});
export const algoOrdersSchema: z.ZodType<readonly AlgoOrderRow[]> = z.array(algoOrderSchema);

export interface TradeRow {
  readonly id: string;
  readonly orderId: string;
  readonly price: string;
  readonly qty: string;
  readonly commission: string;
  readonly commissionAsset: string;
  readonly maker: boolean;
  readonly time: number;
  /** BUY or SELL; BOTH, LONG or SHORT. */
  readonly side?: string | undefined;
  readonly positionSide?: string | undefined;
}
export const tradesSchema: z.ZodType<readonly TradeRow[]> = z.array(
  z.object({
    id,
    orderId: id,
    price: text,
    qty: text,
    commission: text,
    commissionAsset: text,
    maker: z.boolean(),
    time,
    side: text.optional(),
    positionSide: text.optional(),
  }),
);

/** GET forceOrders: the account's own orders by which the venue closed positions. */
export interface ForceOrderRow {
  readonly orderId: string;
  readonly clientOrderId: string;
  readonly updateTime: number;
}
export const forceOrdersSchema: z.ZodType<readonly ForceOrderRow[]> = z.array(
  z.object({ orderId: id, clientOrderId: text, updateTime: time }),
);

/** The answer to POST leverage. */
export const leverageSchema: z.ZodType<{ readonly leverage: number }> = z.object({ leverage: z.coerce.number() });

/** GET leverageBracket of one symbol, which the venue answers with a list or with its only element. */
export interface BracketsRow {
  readonly symbol: string;
  readonly brackets: readonly { readonly initialLeverage: number }[];
}
const bracketsRow = z.object({ symbol: text, brackets: z.array(z.object({ initialLeverage: z.coerce.number() })).min(1) });
export const bracketsSchema: z.ZodType<readonly BracketsRow[]> = z.union([z.array(bracketsRow), bracketsRow.transform((row) => [row])]);

export interface IncomeRow {
  readonly symbol: string;
  readonly income: string;
  readonly asset: string;
  readonly time: number;
}
export const incomeSchema: z.ZodType<readonly IncomeRow[]> = z.array(z.object({ symbol: text, income: text, asset: text, time }));

export const listenKeySchema: z.ZodType<{ readonly listenKey: string }> = z.object({ listenKey: z.string().min(1) });
/** For answers whose content does not matter. */
export const anySchema: z.ZodType = z.unknown();
