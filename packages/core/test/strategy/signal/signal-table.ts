import {
  defineSignalStrategy,
  EventLog,
  SIGNAL_CONFIDENCE,
  SIGNAL_DIRECTION,
  SIGNAL_ENTRY,
  SIGNAL_PARTS,
  SIGNAL_QUALITY,
  SIGNAL_REASON_BITS,
  SIGNAL_STOP,
  SIGNAL_STRIDE,
  SIGNAL_TARGET,
  SIGNAL_VOLATILITY_RATIO,
  sma,
  type FeatureGraph,
  type JournalEntry,
  type ModelBindings,
  type Params,
  type SignalStrategyForm,
  type Tape,
  type Universe,
} from '../../../src/index.ts';
import { prepare, tapeOf, type Row, type Run } from '../../engine/fixture.ts';

/** A signal as a test writes it down; what is left out is as in {@link PLAIN}. */
export interface WrittenSignal {
  readonly row: number;
  readonly direction: 1 | -1;
  readonly entry: number;
  readonly stop: number;
  readonly target: number;
  readonly confidence?: number;
  /** All five dimensions alike. */
  readonly quality?: number;
  readonly volatility?: number;
}
const PLAIN = { confidence: 0.6, quality: 0.5, volatility: 1 };

/** A log with these signals, by row. */
export function logOf(signals: readonly WrittenSignal[]): EventLog {
  const log = new EventLog(SIGNAL_STRIDE);
  for (const signal of signals) {
    const { row, direction, entry, stop, target, confidence, quality, volatility } = { ...PLAIN, ...signal };
    const at = log.append();
    log.words[at] = row;
    log.words[at + SIGNAL_DIRECTION] = direction;
    log.words[at + SIGNAL_ENTRY] = entry;
    log.words[at + SIGNAL_STOP] = stop;
    log.words[at + SIGNAL_TARGET] = target;
    log.words[at + SIGNAL_CONFIDENCE] = confidence;
    log.words.fill(confidence, at + SIGNAL_PARTS, at + SIGNAL_PARTS + 5);
    log.words.fill(quality, at + SIGNAL_QUALITY, at + SIGNAL_QUALITY + 5);
    log.words[at + SIGNAL_REASON_BITS] = 1;
    log.words[at + SIGNAL_VOLATILITY_RATIO] = volatility;
  }
  return log;
}

/** Features that were found beforehand: one log a source, and nothing to compute. */
export function foundBefore(logs: readonly EventLog[]): FeatureGraph {
  const nothing = new Float64Array(0);
  return { columns: logs.map(() => nothing), logs, warmups: logs.map(() => 0), advance: () => undefined };
}

const HASH = 'ab'.repeat(32);
export const QUALITY: ModelBindings = { quality: { id: 'm-1', hash: HASH, inputs: ['side'], outputs: ['probability'] } };

export interface SignalRun {
  /** Candles of each instrument. */
  readonly rows: readonly (readonly (Row | null)[])[];
  /** signals[instrument][source] */
  readonly signals: readonly (readonly (readonly WrittenSignal[])[])[];
  readonly params?: Readonly<Record<string, unknown>>;
  readonly form?: Partial<SignalStrategyForm<Params>>;
  /** Answers of the model by request, null for a failure; absent: there is no model. */
  readonly answer?: (input: readonly number[], ask: number) => number | null;
  readonly equity?: number;
  readonly hedgeMode?: boolean;
  readonly maxLeverage?: number;
  readonly universe?: Universe;
}

/** A run of a signal strategy over written candles and signals, on the simulated venue. */
export function runSignals(setup: SignalRun): Run<unknown> & { readonly tapes: readonly Tape[] } {
  const sources = setup.signals[0]?.length ?? 1;
  const definition = defineSignalStrategy<Params>({
    id: 'written',
    description: '',
    params: {},
    sources: () => Array.from({ length: sources }, (_, s) => ({ name: `source-${s}`, feature: sma('close', s + 2), weight: 1 })),
    ...setup.form,
  });
  const strategy = definition.build(setup.params ?? {}, setup.answer === undefined ? undefined : QUALITY);
  const tapes = setup.rows.map((rows, id) => tapeOf(rows, id));
  const features = setup.signals.map((bySource) => foundBefore(bySource.map(logOf)));
  const made = prepare({
    tapes,
    strategy,
    features,
    maxLeverage: setup.maxLeverage ?? 1000,
    ...(setup.equity === undefined ? {} : { equity: setup.equity }),
    ...(setup.universe === undefined ? {} : { universe: setup.universe }),
    ...(setup.hedgeMode === undefined ? {} : { hedgeMode: setup.hedgeMode }),
  });
  let asked = 0;
  while (made.engine.advance(made.length) === 'frame-predictions') {
    for (const { ts, instrument, requestId, input } of made.engine.takeRequests()) {
      const value = setup.answer?.(input, asked++) ?? null;
      made.engine.accept(
        value === null
          ? { type: 'PredictionFailed', ts, instrument, requestId, reason: 'none' }
          : { type: 'PredictionReady', ts, instrument, requestId, modelHash: HASH, values: [value] },
      );
    }
  }
  return { ...made, tapes };
}

/** Row of the candle at whose close an entry was made, and the words of its message. */
export function told(entries: readonly JournalEntry[], instrument = 0): readonly string[] {
  return entries.flatMap(({ message }) => {
    if (!('instrument' in message) || (message.instrument ?? 0) !== instrument) return [];
    const row = (message.ts + 1) / 60_000 - 1;
    switch (message.type) {
      case 'SignalRaised':
        return [`${row} raised ${message.signalId} ${message.direction} ${message.entry}/${message.stop}/${message.target}`];
      case 'SignalRejected':
        return [`${row} rejected ${message.signalId} ${message.reason}`];
      case 'SignalAccepted':
        return [`${row} accepted ${message.signalId} ${message.leverage}x`];
      case 'SubmitOrder':
        return [`${row} order ${message.side} ${message.orderType}${message.trigger === null ? '' : ` ${message.trigger}`}`];
      case 'CancelOrder':
        return [`${row} cancel ${message.orderId}`];
      case 'OrderFilled':
        return [`${row} filled ${message.orderId} ${Math.sign(message.qty)} at ${message.price}`];
      case 'VirtualPositionEvent':
        return message.kind === 'PRICE_UPDATED' && message.cause === 'none' ? [] : [`${row} virtual ${message.positionId} ${message.kind}`];
      default:
        return [];
    }
  });
}
