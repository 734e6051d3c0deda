/** Texts of the venue's error codes (its error code page and recorded answers). */
const TEXTS = {
  [-1000]: 'An unknown error occurred while processing the request.',
  [-1003]: 'Too many requests.',
  [-1008]: 'Request throttled by system-level protection. Reduce-only/close-position orders are exempt. Please try again.',
  [-1015]: 'Too many new orders.',
  [-1020]: 'This operation is not supported.',
  [-1021]: 'Timestamp for this request is outside of the recvWindow.',
  [-1022]: 'Signature for this request is not valid.',
  [-1023]: 'Start time is greater than end time.',
  [-1100]: 'Illegal characters found in a parameter.',
  [-1111]: 'Precision is over the maximum defined for this asset.',
  [-1115]: 'Invalid timeInForce.',
  [-1116]: 'Invalid orderType.',
  [-1117]: 'Invalid side.',
  [-1120]: 'Invalid interval.',
  [-1121]: 'Invalid symbol.',
  [-1125]: 'This listenKey does not exist.',
  [-1131]: 'recvWindow must be less than 60000',
  [-2011]: 'Unknown order sent.',
  [-2013]: 'Order does not exist.',
  [-2014]: 'API-key format invalid.',
  [-2015]: 'Invalid API-key, IP, or permissions for action.',
  [-2019]: 'Margin is insufficient.',
  [-2021]: 'Order would immediately trigger.',
  [-2022]: 'ReduceOnly Order is rejected.',
  [-2025]: 'Reach max open order limit.',
  [-4001]: 'Price less than 0.',
  [-4002]: 'Price greater than max price.',
  [-4003]: 'Quantity less than or equal to zero.',
  [-4004]: 'Quantity less than min quantity.',
  [-4005]: 'Quantity greater than max quantity.',
  [-4013]: 'Price less than min price.',
  [-4014]: 'Price not increased by tick size.',
  [-4015]: 'Client order id is not valid.',
  [-4016]: 'Limit price can not be higher than the multiplier cap.',
  [-4023]: 'Qty not increased by step size.',
  [-4024]: 'Limit price can not be lower than the multiplier floor.',
  [-4028]: 'Leverage is not valid.',
  [-4045]: 'Reach max stop order limit.',
  [-4046]: 'No need to change margin type.',
  [-4047]: 'Margin type cannot be changed if there exists open orders.',
  [-4048]: 'Margin type cannot be changed if there exists position.',
  [-4059]: 'No need to change position side.',
  [-4061]: "Order's position side does not match user's setting.",
  [-4116]: 'ClientOrderId is duplicated.',
  [-4120]: 'Order type not supported for this endpoint. Please use the Algo Order API endpoints instead.',
  [-4136]: 'Target strategy invalid for this order type; closePosition is for STOP_MARKET and TAKE_PROFIT_MARKET.',
  [-4137]: 'Quantity must be zero with closePosition equals true.',
  [-4138]: 'Reduce only must be true with closePosition equals true.',
  [-4164]: "Order's notional must be no smaller than the minimum (unless you choose reduce only).",
  [-5021]: 'Due to the order could not be filled immediately, the FOK order has been rejected.',
  [-5022]: 'Due to the order could not be executed as maker, the Post Only order will be rejected.',
} as const;

/** A code that {@link refusal} knows the text of. */
export type VenueCode = keyof typeof TEXTS;

/** What the venue answers instead of doing as it was asked: a client's fault, never a defect of the emulator. */
export class VenueError extends Error {
  override readonly name = 'VenueError';
  /** The venue's number, negative. */
  readonly code: number;
  /** HTTP status. */
  readonly status: number;

  constructor(code: number, text: string, status = 400) {
    super(text);
    this.code = code;
    this.status = status;
  }
}

/** The refusal with the venue's own text. */
export function refusal(code: VenueCode, status = 400): VenueError {
  return new VenueError(code, TEXTS[code], status);
}
