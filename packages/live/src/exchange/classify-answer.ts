import type { ProblemKind } from '../gateway/execution-gateway.ts';
import { VenueError, type VenueErrorKind } from './venue-error.ts';

/** An HTTP answer, as far as its error is concerned. */
export interface HttpAnswer {
  /** Method and path, e.g. `POST /fapi/v1/order`. */
  readonly endpoint: string;
  readonly status: number;
  /** Seconds, or null. */
  readonly retryAfter: string | null;
  readonly body: string;
  /** Binance's `code` and `msg`, or null where the body has none. */
  readonly code: number | null;
  readonly text: string | null;
}

const KINDS: ReadonlyMap<number, VenueErrorKind> = new Map<number, VenueErrorKind>([
  ...kind('unknown', [-1000, -1001, -1006, -1007]),
  ...kind('unavailable', [-1008, -1016, -1112, -2012]),
  ...kind('limited', [-1003, -1015]),
  ...kind('clock', [-1021, -5028]),
  ...kind('not_found', [-2011, -2013]),
  ...kind('halt', [-1002, -1022, -1099, -2014, -2015, -2017, -4192]),
]);
/** The rest of the `halt` codes are about the keys. */
const PROBLEMS: ReadonlyMap<number, ProblemKind> = new Map<number, ProblemKind>([[-4192, 'account']]);

/**
 * The error that an answer is, or null when it is none. By numeric code alone, so that it does not depend on the host.
 * Source: Binance USDⓈ-M error codes; HTTP 503 has three meanings, told apart by its text.
 */
export function classifyAnswer(answer: HttpAnswer): VenueError | null {
  const { status, code } = answer;
  const isError = status >= 400 || (code !== null && code < 0);
  if (!isError) return null;
  const message = `${answer.endpoint}: ${sayAnswer(answer)}`;
  const retryAfterMs = secondsToMs(answer.retryAfter);
  const byStatus = statusProblem(status);
  if (byStatus !== null) return new VenueError('halt', message, { code, problem: byStatus, retryAfterMs });
  if (status === 429) return new VenueError('limited', message, { code, retryAfterMs });
  // In the third meaning of 503 the request has certainly failed, whatever code stands beside it.
  if (status === 503 && /service unavailable/i.test(answer.text ?? answer.body))
    return new VenueError('unavailable', message, { code, retryAfterMs });
  if (code !== null && code < 0) {
    const kind = KINDS.get(code) ?? 'refused';
    return new VenueError(kind, message, { code, retryAfterMs, problem: PROBLEMS.get(code) ?? 'authentication' });
  }
  return new VenueError(bareKind(answer), message, { code, retryAfterMs, problem: 'authentication' });
}

function kind(name: VenueErrorKind, codes: readonly number[]): readonly (readonly [number, VenueErrorKind])[] {
  return codes.map((code) => [code, name]);
}

function statusProblem(status: number): ProblemKind | null {
  if (status === 451) return 'region';
  return status === 418 || status === 403 ? 'banned' : null;
}

/** An error without a code: 401 is about keys; any other 5xx or 408 may have worked. */
function bareKind({ status }: HttpAnswer): VenueErrorKind {
  if (status === 401) return 'halt';
  return status >= 500 || status === 408 ? 'unknown' : 'refused';
}

function sayAnswer({ status, code, text }: HttpAnswer): string {
  if (status === 451) return 'not served to your region (HTTP 451); run from a region that the venue serves';
  const said = text === null ? '' : ` "${text.slice(0, 160).replaceAll(/\s+/g, ' ')}"`;
  return code === null ? `HTTP ${status}` : `${code}${said} (HTTP ${status})`;
}

function secondsToMs(text: string | null): number | null {
  const seconds = Number(text ?? Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : null;
}
