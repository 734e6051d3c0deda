import { REFUSAL_CODES } from '@orrery/core';

/** Texts of the venue's error codes (its error code page and recorded answers), beside those of the core's own table. */
const TEXTS: ReadonlyMap<number, string> = new Map([
  [-1000, 'An unknown error occurred while processing the request.'],
  [-1003, 'Too many requests.'],
  [-1008, 'Request throttled by system-level protection. Reduce-only/close-position orders are exempt. Please try again.'],
  [-1015, 'Too many new orders.'],
  [-1020, 'This operation is not supported.'],
  [-1021, 'Timestamp for this request is outside of the recvWindow.'],
  [-1022, 'Signature for this request is not valid.'],
  [-1023, 'Start time is greater than end time.'],
  [-1100, 'Illegal characters found in a parameter.'],
  [-1115, 'Invalid timeInForce.'],
  [-1116, 'Invalid orderType.'],
  [-1117, 'Invalid side.'],
  [-1120, 'Invalid interval.'],
  [-1121, 'Invalid symbol.'],
  [-1125, 'This listenKey does not exist.'],
  [-1131, 'recvWindow must be less than 60000'],
  [-2011, 'Unknown order sent.'],
  [-2013, 'Order does not exist.'],
  [-2014, 'API-key format invalid.'],
  [-2015, 'Invalid API-key, IP, or permissions for action.'],
  [-4015, 'Client order id is not valid.'],
  [-4046, 'No need to change margin type.'],
  [-4047, 'Margin type cannot be changed if there exists open orders.'],
  [-4048, 'Margin type cannot be changed if there exists position.'],
  [-4059, 'No need to change position side.'],
  [-4067, 'Position side cannot be changed if there exists open orders.'],
  [-4068, 'Position side cannot be changed if there exists position.'],
  [-4116, 'ClientOrderId is duplicated.'],
  [-4120, 'Order type not supported for this endpoint. Please use the Algo Order API endpoints instead.'],
  [-4136, 'Target strategy invalid for this order type; closePosition is for STOP_MARKET and TAKE_PROFIT_MARKET.'],
  [-4137, 'Quantity must be zero with closePosition equals true.'],
  [-4138, 'Reduce only must be true with closePosition equals true.'],
  [-5040, 'The goodTillDate timestamp must be greater than the current time plus 600 seconds and smaller than 253402300799000'],
]);

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
export function refusal(code: number, status = 400): VenueError {
  const text = TEXTS.get(code) ?? REFUSAL_CODES.find((row) => row.code === code)?.text;
  if (text === undefined) throw new RangeError(`${code} is no code of the list`);
  return new VenueError(code, text, status);
}
