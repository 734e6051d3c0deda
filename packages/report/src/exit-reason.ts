import type { ExitReason } from '@orrery/core';

const TEXTS: Readonly<Record<ExitReason, string>> = {
  signal: 'Signal',
  stop: 'Stop',
  take_profit: 'Take profit',
  trailing_stop: 'Trailing stop',
  limit: 'Limit',
  liquidation: 'Liquidation',
  adl: 'Auto-deleveraging',
  delisted: 'Delisted',
  end_of_data: 'End of data',
};

/** Reason of an exit in words. */
export function exitReasonText(reason: ExitReason): string {
  return TEXTS[reason];
}
