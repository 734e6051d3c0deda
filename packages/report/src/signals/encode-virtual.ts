import type { VirtualPosition } from './virtual-position.ts';

/** Virtual positions of one symbol, oldest first. Times in seconds UTC. */
export interface EncodedVirtual {
  readonly symbol: string;
  /** All of them; those beyond a limit, the oldest, are left out below. */
  readonly total: number;
  /** 1 long, −1 short; twice that where it won. */
  readonly outcome: readonly number[];
  readonly opened: readonly number[];
  /** Seconds after it was opened. */
  readonly held: readonly number[];
  readonly entry: readonly number[];
  readonly exit: readonly number[];
}

const POSITIONS_PER_SYMBOL = 5000;
/** Positions of all symbols together: 20,000 take about 1 MB. */
const POSITIONS_IN_ALL = 20_000;
const FEWEST_POSITIONS = 20;

/** The last virtual positions of each symbol, in the order of the symbols. */
export function encodeVirtual(symbols: readonly string[], positions: readonly VirtualPosition[]): readonly EncodedVirtual[] {
  const share = Math.floor(POSITIONS_IN_ALL / Math.max(1, symbols.length));
  const most = Math.max(FEWEST_POSITIONS, Math.min(POSITIONS_PER_SYMBOL, share));
  return symbols.map((symbol) => {
    const own = positions.filter((one) => one.symbol === symbol).sort((a, b) => a.openedAt - b.openedAt || a.closedAt - b.closedAt);
    const drawn = own.slice(Math.max(0, own.length - most));
    return {
      symbol,
      total: own.length,
      outcome: drawn.map(({ direction, won }) => (direction === 'long' ? 1 : -1) * (won ? 2 : 1)),
      opened: drawn.map(({ openedAt }) => Math.floor(openedAt / 1000)),
      held: drawn.map(({ openedAt, closedAt }) => Math.floor(closedAt / 1000) - Math.floor(openedAt / 1000)),
      entry: drawn.map(({ entryPrice }) => entryPrice),
      exit: drawn.map(({ exitPrice }) => exitPrice),
    };
  });
}
