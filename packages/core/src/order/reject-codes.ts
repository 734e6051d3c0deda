import type { AmendReason, LeverageReason, RejectReason } from '../messages.ts';

/** A refusal of the venue: its number, its text, and what it means to whoever asked. */
export interface RefusalCode {
  /** Below 0. */
  readonly code: number;
  /** As the venue's list of error codes has it; what stands in an answer may say more. */
  readonly text: string;
  /** Of an order, of an amendment, of a leverage; absent: 'venue'. */
  readonly order?: RejectReason;
  readonly amend?: AmendReason;
  readonly leverage?: LeverageReason;
}

const MARGIN = { order: 'insufficient_margin', amend: 'insufficient_margin' } as const;
const FILTER = { order: 'filter', amend: 'filter' } as const;
const BAND = { order: 'price_band', amend: 'price_band' } as const;

/**
 * What the venue's refusals mean, the one place for both directions: an adapter reads a code, a venue made of this core says one. Where
 * several codes share a reason, the first is the plainest. Source: BINANCE USDⓈ-M, “Error Codes”.
 */
export const REFUSAL_CODES: readonly RefusalCode[] = [
  { code: -2019, text: 'Margin is insufficient.', ...MARGIN },
  { code: -2018, text: 'Balance is insufficient.', ...MARGIN },
  { code: -4050, text: 'Cross balance insufficient.', ...MARGIN },
  { code: -4051, text: 'Isolated balance insufficient.', ...MARGIN },
  { code: -2021, text: 'Order would immediately trigger.', order: 'would_trigger' },
  { code: -4142, text: 'REJECT: take profit or stop order will be triggered immediately', order: 'would_trigger' },
  { code: -2022, text: 'ReduceOnly Order is rejected.', order: 'reduce_only' },
  { code: -2024, text: 'Position is not sufficient.', order: 'reduce_only' },
  { code: -4118, text: 'ReduceOnly Order Failed. Please check your existing position and open orders', order: 'reduce_only' },
  { code: -2023, text: 'User in liquidation mode now.', order: 'in_liquidation' },
  { code: -2025, text: 'Reach max open order limit.', order: 'max_orders' },
  { code: -4045, text: 'Reach max stop order limit.', order: 'max_conditional_orders' },
  {
    code: -2027,
    text: 'Exceeded the maximum allowable position at current leverage.',
    order: 'max_position',
    leverage: 'position_too_large',
  },
  { code: -2028, text: 'Leverage is smaller than permitted: insufficient margin balance.', leverage: 'position_too_large' },
  {
    code: -4161,
    text: 'Leverage reduction is not supported in Isolated Margin Mode with open positions',
    leverage: 'position_too_large',
  },
  { code: -4028, text: 'Leverage is not valid', leverage: 'out_of_range' },
  { code: -4209, text: 'Leverage adjustment failed. The symbol has a lower maximum', leverage: 'out_of_range' },
  { code: -1111, text: 'Precision is over the maximum defined for this asset.', ...FILTER },
  { code: -1013, text: 'Invalid message.', ...FILTER },
  { code: -4001, text: 'Price less than 0.', ...FILTER },
  { code: -4002, text: 'Price greater than max price.', ...FILTER },
  { code: -4003, text: 'Quantity less than zero.', ...FILTER },
  { code: -4004, text: 'Quantity less than min quantity.', ...FILTER },
  { code: -4005, text: 'Quantity greater than max quantity.', ...FILTER },
  { code: -4006, text: 'Stop price less than zero.', ...FILTER },
  { code: -4007, text: 'Stop price greater than max price.', ...FILTER },
  { code: -4013, text: 'Price less than min price.', ...FILTER },
  { code: -4014, text: 'Price not increased by tick size.', ...FILTER },
  { code: -4023, text: 'Qty not increased by step size.', ...FILTER },
  { code: -4135, text: 'Invalid activation price', ...FILTER },
  { code: -4164, text: "Order's notional must be no smaller than the minimum (unless you choose reduce only)", ...FILTER },
  { code: -5029, text: "Order's notional must be no smaller than the minimum", ...FILTER },
  { code: -4016, text: 'Price is higher than mark price multiplier cap.', ...BAND },
  { code: -4024, text: 'Price is lower than mark price multiplier floor.', ...BAND },
  { code: -4131, text: "The counterparty's best price does not meet the PERCENT_PRICE filter limit", ...BAND },
  { code: -4183, text: 'Price is higher than stop price multiplier cap.', ...BAND },
  { code: -4184, text: 'Price is lower than stop price multiplier floor.', ...BAND },
  { code: -4210, text: 'Stop price is higher than price multiplier cap.', ...BAND },
  { code: -4211, text: 'Stop price is lower than price multiplier floor.', ...BAND },
  { code: -4061, text: "Order's position side does not match user's setting.", order: 'position_side' },
  { code: -4060, text: 'Invalid position side.', order: 'position_side' },
  { code: -4062, text: 'Invalid or improper reduceOnly value.', order: 'position_side' },
  {
    code: -5021,
    text: 'Due to the order could not be filled immediately, the FOK order has been rejected.',
    order: 'fok_not_filled',
  },
  {
    code: -5022,
    text: 'Due to the order could not be executed as maker, the Post Only order will be rejected.',
    order: 'post_only_would_take',
  },
  { code: -5025, text: 'Only limit order is supported.', amend: 'not_a_limit_order' },
  { code: -5027, text: 'No need to modify the order.', amend: 'unchanged' },
  { code: -5024, text: 'Symbol is not in trading status. Order amendment is not permitted.' },
  { code: -5026, text: 'Exceed maximum modify order limit.' },
  { code: -4206, text: 'Users in this country has limited adjust leverage.' },
  { code: -2010, text: 'NEW_ORDER_REJECTED' },
];

const BY_CODE: ReadonlyMap<number, RefusalCode> = new Map(REFUSAL_CODES.map((row) => [row.code, row]));

/** Why an order was refused; null: without a code. */
export function rejectReasonOf(code: number | null): RejectReason {
  return BY_CODE.get(code ?? 0)?.order ?? 'venue';
}
/** Why an amendment was refused. */
export function amendReasonOf(code: number | null): AmendReason {
  return BY_CODE.get(code ?? 0)?.amend ?? 'venue';
}
/** Why a leverage was refused. */
export function leverageReasonOf(code: number | null): LeverageReason {
  return BY_CODE.get(code ?? 0)?.leverage ?? 'venue';
}

/** The plainest code for a reason, with its text; null for the reasons that no venue gives: `too_late`, `halted`. */
export function refusalOfOrder(reason: RejectReason): RefusalCode | null {
  if (reason === 'venue') return plain(-2010);
  return REFUSAL_CODES.find(({ order }) => order === reason) ?? null;
}
export function refusalOfAmendment(reason: AmendReason): RefusalCode {
  return REFUSAL_CODES.find(({ amend }) => amend === reason) ?? plain(-5024);
}
export function refusalOfLeverage(reason: LeverageReason): RefusalCode {
  return REFUSAL_CODES.find(({ leverage }) => leverage === reason) ?? plain(-4206);
}

function plain(code: number): RefusalCode {
  const row = BY_CODE.get(code);
  if (row === undefined) throw new RangeError(`${code} is no code of the list`);
  return row;
}
