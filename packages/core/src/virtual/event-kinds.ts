/** The eleven events of a virtual position's life, in its order (VIRT-2); a kind's number in the journal is its place (append only). */
export const VIRTUAL_EVENT_KINDS = [
  'CREATED',
  'PRICE_UPDATED',
  'MAX_PNL_UPDATED',
  'MIN_PNL_UPDATED',
  'NEAR_TAKE_PROFIT',
  'NEAR_STOP_LOSS',
  'TAKE_PROFIT_HIT',
  'STOP_LOSS_HIT',
  'EXPIRED',
  'FORCED_CLOSE',
  'CLOSED',
] as const;
export type VirtualEventKind = (typeof VIRTUAL_EVENT_KINDS)[number];
