import { ABSORBED, COST, FEES, formatSats, FUNDING, LIQUIDATION_FEES, REALIZED, SLIPPAGE, type Sats } from '@orrery/core';
import type { FaultInjector } from './faults/injector.ts';
import type { RequestCounts } from './http/request-counts.ts';
import type { Waiting } from './pace/run-market.ts';
import type { SocketsState, StreamHub } from './stream/hub.ts';
import { algoQuery, orderQuery, tradeAnswer } from './venue/order-answers.ts';
import { positionsV3 } from './venue/account-answers.ts';
import type { Exchange } from './venue/exchange.ts';
import type { OrderEntry } from './venue/order-entry.ts';

type Json = Readonly<Record<string, unknown>>;

/** What `GET /emulator/v1/state` tells: schema `orrery.emulator-state/1`. Amounts are decimal texts in USDT, times ms UTC. */
export interface EmulatorState {
  readonly schema: 'orrery.emulator-state/1';
  /** Close time of the last frame shown, or 0. */
  readonly frame: number;
  readonly framesShown: number;
  readonly framesTotal: number;
  readonly marketTime: number;
  readonly waiting: Waiting;
  /** E of the last account event. */
  readonly lastEventTime: number;
  readonly ledger: {
    readonly start: string;
    readonly wallet: string;
    /** Positive is paid. */
    readonly fees: string;
    /** Positive is received. */
    readonly funding: string;
    readonly realized: string;
    readonly slippage: string;
    /** Clearance fees, and what the insurance fund took over. */
    readonly liquidationFees: string;
    readonly absorbed: string;
    /** What the open positions were entered for, signed. */
    readonly cost: string;
    readonly unrealized: string;
    readonly equity: string;
  };
  /** Rows as of GET /fapi/v3/positionRisk, of symbols with a position. */
  readonly positions: readonly Json[];
  /** Rows as of GET order and GET algoOrder: all there ever were, in the order of their placing. */
  readonly orders: readonly Json[];
  readonly algoOrders: readonly Json[];
  readonly openOrders: readonly Json[];
  readonly openAlgoOrders: readonly Json[];
  /** Rows as of GET userTrades. */
  readonly trades: readonly Json[];
  readonly requests: {
    readonly total: number;
    /** By method and path. */
    readonly byPath: Readonly<Record<string, number>>;
    /** Refused requests by the venue's code. */
    readonly refused: Readonly<Record<string, number>>;
    /** Orders whose client id was already open. */
    readonly duplicates: number;
  };
  readonly sockets: SocketsState;
  /** How many faults there have been, by kind. */
  readonly faults: Readonly<Record<string, number>>;
}

/** Where the state is gathered from. */
export interface StateSources {
  readonly exchange: Exchange;
  readonly entry: OrderEntry;
  readonly counts: RequestCounts;
  readonly faults: FaultInjector;
  readonly hub: StreamHub;
}

/** Looks at everything at once. */
export function emulatorState({ exchange, entry, counts, faults, hub }: StateSources, waiting: Waiting): EmulatorState {
  const { board, book, account } = exchange;
  const { ledger } = account;
  const { unrealized } = account.totals();
  const text = (sats: number): string => formatSats(sats as Sats);
  return {
    schema: 'orrery.emulator-state/1',
    frame: board.frame,
    framesShown: board.framesShown,
    framesTotal: board.framesTotal,
    marketTime: board.now,
    waiting,
    lastEventTime: exchange.lastEventTime,
    ledger: {
      start: text(ledger.start),
      wallet: text(account.wallet()),
      fees: text(ledger.totals[FEES]),
      funding: text(ledger.totals[FUNDING]),
      realized: text(ledger.totals[REALIZED]),
      slippage: text(ledger.totals[SLIPPAGE]),
      liquidationFees: text(ledger.totals[LIQUIDATION_FEES]),
      absorbed: text(ledger.totals[ABSORBED]),
      cost: text(ledger.totals[COST]),
      unrealized: text(unrealized),
      equity: text(account.wallet() + unrealized),
    },
    positions: board.instruments.filter(({ id }) => account.isHolding(id)).flatMap((instrument) => positionsV3(exchange, instrument)),
    orders: book.orders.map((order) => orderQuery(board.instruments[order.instrument], order)),
    algoOrders: book.algos.map((algo) => algoQuery(board.instruments[algo.instrument], algo)),
    openOrders: [...book.openOrders].map((order) => orderQuery(board.instruments[order.instrument], order)),
    openAlgoOrders: [...book.openAlgos].map((algo) => algoQuery(board.instruments[algo.instrument], algo)),
    trades: book.trades.map((trade) => tradeAnswer(board.instruments[trade.order.instrument], trade)),
    requests: {
      total: counts.total,
      byPath: Object.fromEntries(counts.byPath),
      refused: Object.fromEntries(counts.refused),
      duplicates: entry.duplicates,
    },
    sockets: hub.describe(),
    faults: Object.fromEntries(faults.counts),
  };
}
