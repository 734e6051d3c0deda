import { describe, expect, it } from 'vitest';
import {
  amendReasonOf,
  leverageReasonOf,
  refusalOfAmendment,
  refusalOfLeverage,
  refusalOfOrder,
  rejectReasonOf,
  REFUSAL_CODES,
} from '../../src/order/reject-codes.ts';

describe('the venue’s refusals', () => {
  it.each([
    [-2019, 'insufficient_margin'],
    [-2021, 'would_trigger'],
    [-2022, 'reduce_only'],
    [-2023, 'in_liquidation'],
    [-2025, 'max_orders'],
    [-2027, 'max_position'],
    [-4016, 'price_band'],
    [-4024, 'price_band'],
    [-4131, 'price_band'],
    [-4045, 'max_conditional_orders'],
    [-4061, 'position_side'],
    [-4164, 'filter'],
    [-5021, 'fok_not_filled'],
    [-5022, 'post_only_would_take'],
    [-4120, 'venue'],
    [null, 'venue'],
  ] as const)('of an order: %s is %s (BINANCE USDⓈ-M error codes)', (code, reason) => {
    expect(rejectReasonOf(code)).toBe(reason);
  });
  it('of an amendment and of a leverage', () => {
    expect([-5025, -5027, -1111, -5029, -4016, -4024, -2019, -5024, -5026].map(amendReasonOf)).toEqual([
      'not_a_limit_order',
      'unchanged',
      'filter',
      'filter',
      'price_band',
      'price_band',
      'insufficient_margin',
      'venue',
      'venue',
    ]);
    expect([-4028, -2027, -2028, -4161, -4203].map(leverageReasonOf)).toEqual([
      'out_of_range',
      'position_too_large',
      'position_too_large',
      'position_too_large',
      'venue',
    ]);
  });
  it('are said as they are read', () => {
    for (const { code, order, amend, leverage } of REFUSAL_CODES) {
      if (order !== undefined) expect(rejectReasonOf(refusalOfOrder(order)?.code ?? 0), String(code)).toBe(order);
      if (amend !== undefined) expect(amendReasonOf(refusalOfAmendment(amend).code), String(code)).toBe(amend);
      if (leverage !== undefined) expect(leverageReasonOf(refusalOfLeverage(leverage).code), String(code)).toBe(leverage);
    }
    expect([refusalOfOrder('price_band'), refusalOfOrder('venue')].map((row) => row?.code)).toEqual([-4016, -2010]);
    expect([refusalOfAmendment('venue').code, refusalOfLeverage('venue').code]).toEqual([-5024, -4206]);
    expect([refusalOfOrder('too_late'), refusalOfOrder('halted')]).toEqual([null, null]);
    expect(new Set(REFUSAL_CODES.map(({ code }) => code)).size).toBe(REFUSAL_CODES.length);
  });
});
