import type { Instrument } from '@orrery/core';
import type { EmulatorOptions } from '../options.ts';
import type { ListenKeys } from '../stream/listen-keys.ts';
import type { Exchange } from '../venue/exchange.ts';
import type { OrderEntry } from '../venue/order-entry.ts';

/** What the endpoints work on. */
export interface RouteContext {
  readonly exchange: Exchange;
  readonly entry: OrderEntry;
  readonly listenKeys: ListenKeys;
  readonly options: EmulatorOptions;
  /** Time of requests: the machine's clock and the fault plan's skew, ms UTC. */
  readonly requestTime: () => number;
}

/** The instruments that a request means: the one it names, or all. @throws VenueError -1121 */
export function instrumentsOf(context: RouteContext, symbol: string | undefined): readonly Instrument[] {
  return symbol === undefined ? context.exchange.board.instruments : [context.entry.instrument(symbol)];
}
