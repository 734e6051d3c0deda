import type { EpochMs, Fact, Instrument, InstrumentId, Lots, OutboundCommand, PositionSide, Sats, SubmitOrder, Ticks } from '@orrery/core';

/** What the core knows of an open order when the gateway starts. */
export interface KnownOrder {
  readonly command: SubmitOrder;
  readonly isAccepted: boolean;
  /** Fills booked so far. */
  readonly fills: number;
  /** Lots booked so far, unsigned. */
  readonly filled: number;
  /** True when an earlier process may have sent it and did not live to see the answer. */
  readonly mayHaveBeenSent: boolean;
}

/** What the core knows of the account when the gateway starts. */
export interface KnownAccount {
  /** Every order that is not at its end, in the order of their ids: working, sent, or asleep behind a parent. */
  readonly orders: readonly KnownOrder[];
  /** Signed positions by slot: of each instrument by id, and in hedge mode the shorts behind the longs. */
  readonly positions: readonly Lots[];
  /** Closures by force that the journal holds, so that none is booked twice. It knows no trade ids. */
  readonly liquidations: readonly {
    readonly instrument: InstrumentId;
    readonly time: EpochMs;
    readonly positionSide: PositionSide;
    readonly qty: Lots;
    readonly price: Ticks;
  }[];
  /** Leverage that the run has set itself, by instrument; 0 where it has not. */
  readonly leverage: readonly number[];
  /** Newest time of what the venue has told, or when the run began; ms UTC. */
  readonly heard: EpochMs;
  /** Funding that the journal holds, so that none is booked twice. Times rounded to the hour. */
  readonly funding: readonly { readonly instrument: InstrumentId; readonly time: EpochMs }[];
  /** Funding from this time on is the session's, ms UTC: its start. */
  readonly since: EpochMs;
}

/**
 * Why somebody has to look. The session decides what follows; those of {@link HALTING_PROBLEMS} must end trading.
 *
 * - `authentication`: the venue refuses the keys, their permissions or the address of this machine
 * - `banned`: too many requests, this address is shut out for a while (HTTP 418, 403)
 * - `region`: the venue does not serve this region (HTTP 451)
 * - `account`: the account is not as it must be: position mode, leverage or margin type refused or changed, fees not paid in USDT
 * - `foreign_activity`: an order or a position at the venue that the core does not know of, or an order changed by another hand
 * - `liquidation`: the venue closed a position by force
 * - `margin_call`: the venue warns that it may soon
 * - `disagreement`: what the venue says contradicts the journal or itself
 * - `unreachable`: the venue could not be asked about something that has to be known; it will be asked again
 */
export type ProblemKind =
  | 'authentication'
  | 'banned'
  | 'region'
  | 'account'
  | 'foreign_activity'
  | 'liquidation'
  | 'margin_call'
  | 'disagreement'
  | 'unreachable';

/** Problems after which no order may be sent until a person has looked. */
export const HALTING_PROBLEMS: ReadonlySet<ProblemKind> = new Set<ProblemKind>([
  'authentication',
  'banned',
  'region',
  'account',
  'liquidation',
  'disagreement',
]);

/** One line for a person; free of keys and signatures. */
export interface VenueProblem {
  readonly kind: ProblemKind;
  readonly message: string;
}

/** A session's orders at the venue. Facts leave it in an order that the core can book: accepted, fills, end. */
export interface ExecutionGateway {
  /**
   * Connects, sets position mode, leverage and margin type, opens the user stream, settles the fate of every known order.
   * @throws VenueError for what must halt trading.
   */
  start(known: KnownAccount): Promise<void>;
  /**
   * The command is durable in the journal already. Resolves when the venue has answered; its facts have been handed over by
   * then. Never throws for a venue's refusal (a fact says it).
   * @throws VenueError for what must halt trading, TradingDisabledError when TRADING_ENABLED is not `true`.
   */
  send(command: OutboundCommand): Promise<void>;
  /** Asks the venue about every open order, position and funding payment; hands over what was missed. */
  reconcile(): Promise<void>;
  /** Cheap look before a decision: true when positions and open orders at the venue are those the gateway knows of. */
  check(): Promise<boolean>;
  /** Resolves when all messages received so far are handed over and no request is under way. */
  idle(): Promise<void>;
  /** Newest event time E of the user stream that was handled, ms UTC; 0 before the first. */
  readonly lastEventTime: number;
  /** Ends the user stream; orders at the venue stay as they are. */
  stop(): Promise<void>;
}

/** How a session's gateway works. */
export interface GatewayOptions {
  /** The run's instruments, by id, from the filters of this very host. */
  readonly instruments: readonly Instrument[];
  /** Marks this session's client order ids: 1 to 12 letters or digits, new for each session, kept when it is resumed. */
  readonly sessionTag: string;
  /** Set for every instrument at the start; where a symbol allows less, the most that it allows. */
  readonly leverage: number;
  readonly marginType: 'isolated' | 'crossed';
  /** True: a long and a short position of each instrument. Default: one-way mode. */
  readonly hedgeMode?: boolean | undefined;
  /** USDT that must be available when the gateway starts; absent: not asked. */
  readonly leastBalance?: Sats | undefined;
  readonly onFact: (fact: Fact) => void;
  readonly onProblem: (problem: VenueProblem) => void;
  /** The user stream's state: while it is down, `reconcile` is the only source of facts. */
  readonly onConnection?: ((state: 'up' | 'down') => void) | undefined;
  /** All events of the user stream up to this event time are handled and nothing is under way; ms UTC, rising. */
  readonly onHandled?: ((eventTime: number) => void) | undefined;
  /**
   * Asked before an order that is certainly not at the venue is sent (again): true makes it an OrderRejected `too_late`.
   * Default: never. Exits of an open position should not be too late.
   */
  readonly isTooLate?: ((command: SubmitOrder) => boolean) | undefined;
}
