import type { RawParams } from './params.ts';

/** What a request has to carry: nothing, the key, or a signature over its parameters too. */
export type Security = 'none' | 'key' | 'signed';

/** One endpoint. */
export interface Route {
  /** What it counts against the minute's weight. */
  readonly weight: number | ((params: RawParams) => number);
  readonly security: Security;
  /** What it counts against the limits of orders. */
  readonly orders?: number;
  /** Returns what is answered as JSON. @throws VenueError */
  readonly handle: (params: RawParams) => unknown;
}

/** Endpoints by method and path, e.g. `GET /fapi/v1/time`. */
export type Routes = Readonly<Record<string, Route>>;
