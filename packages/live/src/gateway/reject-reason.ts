import type { RejectReason } from '@orrery/core';

const REASONS: ReadonlyMap<number, RejectReason> = new Map<number, RejectReason>([
  ...because('insufficient_margin', [-2018, -2019, -4050, -4051]),
  ...because('would_trigger', [-2021, -4142]),
  ...because('reduce_only', [-2022, -2024, -4118]),
  ...because('post_only_would_take', [-5022]),
  ...because('filter', [-1013, -1111, -4001, -4002, -4003, -4004, -4005, -4006, -4007, -4013, -4014, -4016, -4023, -4024]),
  ...because('filter', [-4131, -4164, -4183, -4184, -4210, -4211]),
]);

/** What a refusal means to the core (BINANCE USDⓈ-M error codes). */
export function rejectReason(code: number | null): RejectReason {
  return REASONS.get(code ?? 0) ?? 'venue';
}

function because(reason: RejectReason, codes: readonly number[]): readonly (readonly [number, RejectReason])[] {
  return codes.map((code) => [code, reason]);
}
