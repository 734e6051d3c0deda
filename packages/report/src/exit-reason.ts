import type { ExitReason } from '@orrery/core';

const TEXTS: Readonly<Record<ExitReason, string>> = {
  signal: 'Signal',
  stop: 'Stop',
  take_profit: 'Take profit',
  limit: 'Limit',
  end_of_data: 'End of data',
};

/** Reason of an exit in words. */
export function exitReasonText(reason: ExitReason): string {
  return TEXTS[reason];
}
