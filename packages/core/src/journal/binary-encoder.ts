import type { Recorder } from '../engine/recorder.ts';
import { InvariantError } from '../engine/invariant.ts';
import type { Message, OrderAccepted, OrderFilled, OrderTerms, SignalVerdict, SubmitOrder, VirtualPositionEvent } from '../messages.ts';
import { MESSAGE_SCHEMAS, MESSAGE_TYPES, SUBMIT_WITH_TERMS, TERMS_SCHEMA } from './schema.ts';

type VenueMessage = Extract<
  Message,
  {
    readonly type:
      | 'PositionLiquidated'
      | 'OrderAmended'
      | 'AmendOrder'
      | 'AmendRejected'
      | 'SetLeverage'
      | 'LeverageChanged'
      | 'LeverageRejected';
  }
>;

/** Room that the longest message without text or numbers needs. */
const LONGEST = 24;

/**
 * The journal's canonical binary form, which the digest is taken over: each entry is seq, pos, 2 · type + (1 for the out
 * lane), then the fields in the schema's order, every one a little-endian float64: words by their number, null as −1 (no field that may
 * be null is ever negative), booleans as 0 and 1, texts and lists behind their length. Injective, because every entry says what follows.
 */
export class BinaryEncoder implements Recorder {
  readonly #words: Float64Array;
  readonly #flush: (words: Float64Array) => void;
  #length = 0;

  /** @param flush takes the words so far, and must have used them before it returns. */
  constructor(flush: (words: Float64Array) => void, capacity = 8192) {
    this.#words = new Float64Array(Math.max(capacity, LONGEST));
    this.#flush = flush;
  }

  /** The three messages of an ordinary order are written straight; the words of the others are looked up. */
  record(seq: number, pos: number, lane: 'in' | 'out', message: Message): void {
    if (this.#length + LONGEST > this.#words.length) this.flush();
    const words = this.#words;
    const at = this.#length;
    words[at] = seq;
    words[at + 1] = pos;
    // −0 becomes 0, as it does in the text.
    words[at + 3] = message.ts + 0;
    const side = lane === 'out' ? 1 : 0;
    switch (message.type) {
      case 'OrderAccepted':
        words[at + 2] = ACCEPTED + side;
        words[at + 4] = message.instrument + 0;
        words[at + 5] = message.orderId + 0;
        this.#length = at + 6;
        return;
      case 'OrderFilled':
        words[at + 2] = FILLED + side;
        this.#length = putFilled(words, at + 4, message);
        return;
      case 'SubmitOrder':
        words[at + 2] = (message.terms === null ? SUBMIT : TERMED) + side;
        this.#length = putSubmit(words, at + 4, message);
        if (message.terms !== null) this.#terms(message.terms);
        return;
      case 'VirtualPositionEvent':
        words[at + 2] = VIRTUAL + side;
        this.#length = putVirtual(words, at + 4, message);
        return;
      default:
        words[at + 2] = 2 * TYPE_CODE[message.type] + side;
        this.#length = at + 4;
        this.#rare(message);
    }
  }

  /** Hands over what is buffered. Call at the end. */
  flush(): void {
    this.#flush(this.#words.subarray(0, this.#length));
    this.#length = 0;
  }

  /** One branch a type, with direct field access: a loop over the schema costs ten times as much. A test holds both equal. */
  #rare(message: Exclude<Message, OrderAccepted | OrderFilled | SubmitOrder | VirtualPositionEvent>): void {
    switch (message.type) {
      case 'CancelOrder':
      case 'OrderRejected':
      case 'OrderCanceled':
      case 'OrderExpired':
        this.#orderEnd(message);
        return;
      case 'FundingCharged':
        this.#put(message.instrument);
        this.#put(message.time);
        this.#put(message.rate);
        this.#put(message.mark);
        this.#put(message.amount);
        return;
      case 'PositionLiquidated':
      case 'OrderAmended':
      case 'AmendOrder':
      case 'AmendRejected':
      case 'SetLeverage':
      case 'LeverageChanged':
      case 'LeverageRejected':
        this.#ofVenue(message);
        return;
      case 'PredictionReady':
        this.#request(message);
        this.#text(message.modelHash);
        this.#numbers(message.values);
        return;
      case 'PredictionFailed':
        this.#request(message);
        this.#text(message.reason);
        return;
      case 'RequestPrediction':
        this.#request(message);
        this.#text(message.modelId);
        this.#numbers(message.input);
        return;
      case 'TimerFired':
        this.#put(message.instrument);
        this.#put(message.timerId);
        return;
      case 'SetTimer':
        this.#put(message.instrument);
        this.#put(message.timerId);
        this.#put(message.due);
        return;
      case 'OrderDenied':
        this.#put(message.instrument);
        this.#put(DENY_CODE[message.reason] ?? -1);
        this.#put(message.side === 'buy' ? 0 : 1);
        this.#put(message.qty);
        return;
      case 'TradingHalted':
        this.#put(HALT_CODE[message.reason] ?? -1);
        return;
      case 'SignalRaised':
      case 'SignalRejected':
      case 'SignalAccepted':
      case 'BreakerChanged':
        this.#ofSignal(message);
        return;
      default:
        throw new InvariantError(`unknown message ${String(message satisfies never)}`);
    }
  }

  /** Amendments, leverage, and what the venue closed by itself. */
  #ofVenue(message: VenueMessage): void {
    switch (message.type) {
      case 'PositionLiquidated':
        this.#put(message.instrument);
        this.#put(CAUSE_CODE[message.cause] ?? -1);
        this.#put(POSITION_SIDE_CODE[message.positionSide] ?? -1);
        this.#put(message.qty);
        this.#put(message.price);
        this.#put(message.mark);
        this.#put(message.fee);
        this.#put(message.absorbed);
        return;
      case 'OrderAmended':
      case 'AmendOrder':
        this.#order(message);
        this.#put(message.qty);
        this.#put(message.price);
        return;
      case 'AmendRejected':
        this.#order(message);
        this.#put(AMEND_CODE[message.reason] ?? -1);
        return;
      case 'SetLeverage':
      case 'LeverageChanged':
        this.#put(message.instrument);
        this.#put(message.leverage);
        return;
      case 'LeverageRejected':
        this.#put(message.instrument);
        this.#put(message.leverage);
        this.#put(LEVERAGE_CODE[message.reason] ?? -1);
        return;
      default:
        throw new InvariantError(`unknown message ${String(message satisfies never)}`);
    }
  }

  #orderEnd(message: Extract<Message, { readonly type: 'CancelOrder' | 'OrderRejected' | 'OrderCanceled' | 'OrderExpired' }>): void {
    this.#order(message);
    if (message.type === 'OrderRejected') this.#put(REJECT_CODE[message.reason] ?? -1);
    else if (message.type === 'OrderCanceled') this.#put(CANCEL_CODE[message.reason] ?? -1);
    else if (message.type === 'OrderExpired') this.#put(EXPIRE_CODE[message.reason] ?? -1);
  }

  /** Signals, and the breakers that stand before them. */
  #ofSignal(message: Exclude<SignalVerdict, VirtualPositionEvent>): void {
    switch (message.type) {
      case 'SignalRaised':
        this.#signal(message);
        this.#text(message.source);
        this.#put(message.direction === 'long' ? 0 : 1);
        this.#put(message.entry);
        this.#put(message.stop);
        this.#put(message.target);
        this.#put(message.confidence);
        this.#numbers(message.parts);
        this.#numbers(message.quality);
        this.#text(message.reasons);
        return;
      case 'SignalRejected':
        this.#signal(message);
        this.#put(REFUSAL_CODE[message.reason] ?? -1);
        this.#put(message.value ?? -1);
        this.#put(message.limit ?? -1);
        return;
      case 'SignalAccepted':
        this.#signal(message);
        this.#put(message.confidence);
        this.#put(message.probability ?? -1);
        this.#put(message.leverage);
        this.#put(message.marginShare);
        this.#put(message.qty);
        return;
      case 'BreakerChanged':
        this.#put(message.instrument ?? -1);
        this.#put(BREAKER_CODE[message.breaker] ?? -1);
        this.#put(message.from);
        this.#put(message.to);
        this.#put(BREAKER_CAUSE_CODE[message.cause] ?? -1);
        this.#put(message.value);
        return;
      default:
        throw new InvariantError(`unknown message ${String(message satisfies never)}`);
    }
  }

  #signal(message: { readonly instrument: number; readonly signalId: number }): void {
    this.#put(message.instrument);
    this.#put(message.signalId);
  }
  #order(message: { readonly instrument: number; readonly orderId: number }): void {
    this.#put(message.instrument);
    this.#put(message.orderId);
  }
  #request(message: { readonly instrument: number; readonly requestId: number }): void {
    this.#put(message.instrument);
    this.#put(message.requestId);
  }
  #terms(terms: OrderTerms): void {
    this.#put(POSITION_SIDE_CODE[terms.positionSide] ?? -1);
    this.#put(WORKING_TYPE_CODE[terms.workingType] ?? -1);
    this.#put(terms.priceProtect ? 1 : 0);
    this.#put(terms.closePosition ? 1 : 0);
    this.#put(terms.callbackRate ?? -1);
    this.#put(terms.goodTillDate ?? -1);
  }
  #numbers(values: readonly number[]): void {
    this.#put(values.length);
    // A NaN has many bit patterns; one stands for all of them.
    for (const value of values) this.#put(Number.isNaN(value) ? NaN : value);
  }
  #text(text: string): void {
    this.#put(text.length);
    for (let k = 0; k < text.length; k++) this.#put(text.charCodeAt(k));
  }
  #put(word: number): void {
    if (this.#length === this.#words.length) this.flush();
    // −0 becomes 0, as it does in the text.
    this.#words[this.#length] = word + 0;
    this.#length += 1;
  }
}

/** Writes the fields behind the time; returns where the next entry begins. */
function putFilled(words: Float64Array, at: number, message: OrderFilled): number {
  words[at] = message.instrument + 0;
  words[at + 1] = message.orderId + 0;
  words[at + 2] = message.fill + 0;
  words[at + 3] = message.qty + 0;
  words[at + 4] = message.price + 0;
  words[at + 5] = message.reference + 0;
  words[at + 6] = message.fee + 0;
  words[at + 7] = message.isMaker ? 1 : 0;
  words[at + 8] = message.isDone ? 1 : 0;
  return at + 9;
}
function putSubmit(words: Float64Array, at: number, message: SubmitOrder): number {
  words[at] = message.instrument + 0;
  words[at + 1] = message.orderId + 0;
  words[at + 2] = message.side === 'buy' ? 0 : 1;
  words[at + 3] = message.orderType === 'market' ? MARKET : (ORDER_TYPE_CODE[message.orderType] ?? -1);
  words[at + 4] = message.qty + 0;
  words[at + 5] = (message.price ?? -1) + 0;
  words[at + 6] = (message.trigger ?? -1) + 0;
  words[at + 7] = message.timeInForce === 'gtc' ? GOOD_TILL_CANCEL : (TIME_IN_FORCE_CODE[message.timeInForce] ?? -1);
  words[at + 8] = message.reduceOnly ? 1 : 0;
  words[at + 9] = (message.parent ?? -1) + 0;
  return at + 10;
}
function putVirtual(words: Float64Array, at: number, message: VirtualPositionEvent): number {
  words[at] = message.instrument + 0;
  words[at + 1] = message.positionId + 0;
  words[at + 2] = VIRTUAL_KIND_CODE[message.kind] ?? -1;
  words[at + 3] = VIRTUAL_CAUSE_CODE[message.cause] ?? -1;
  words[at + 4] = message.direction === 'long' ? 0 : 1;
  words[at + 5] = message.price + 0;
  words[at + 6] = message.pnl + 0;
  words[at + 7] = message.stop + 0;
  words[at + 8] = message.target + 0;
  return at + 9;
}

type Codes = Readonly<Record<string, number>>;
const codes = (words: readonly string[]): Codes => Object.fromEntries(words.map((word, k) => [word, k]));
const TYPE_CODE = codes(MESSAGE_TYPES) as Readonly<Record<Message['type'], number>>;
const REJECT_CODE = codes(MESSAGE_SCHEMAS.OrderRejected.reason as readonly string[]);
const CANCEL_CODE = codes(MESSAGE_SCHEMAS.OrderCanceled.reason as readonly string[]);
const EXPIRE_CODE = codes(MESSAGE_SCHEMAS.OrderExpired.reason as readonly string[]);
const ORDER_TYPE_CODE = codes(MESSAGE_SCHEMAS.SubmitOrder.orderType as readonly string[]);
const TIME_IN_FORCE_CODE = codes(MESSAGE_SCHEMAS.SubmitOrder.timeInForce as readonly string[]);
const DENY_CODE = codes(MESSAGE_SCHEMAS.OrderDenied.reason as readonly string[]);
const CAUSE_CODE = codes(MESSAGE_SCHEMAS.PositionLiquidated.cause as readonly string[]);
const AMEND_CODE = codes(MESSAGE_SCHEMAS.AmendRejected.reason as readonly string[]);
const LEVERAGE_CODE = codes(MESSAGE_SCHEMAS.LeverageRejected.reason as readonly string[]);
const POSITION_SIDE_CODE = codes(TERMS_SCHEMA.positionSide as readonly string[]);
const WORKING_TYPE_CODE = codes(TERMS_SCHEMA.workingType as readonly string[]);
const HALT_CODE = codes(MESSAGE_SCHEMAS.TradingHalted.reason as readonly string[]);
const REFUSAL_CODE = codes(MESSAGE_SCHEMAS.SignalRejected.reason as readonly string[]);
const BREAKER_CODE = codes(MESSAGE_SCHEMAS.BreakerChanged.breaker as readonly string[]);
const BREAKER_CAUSE_CODE = codes(MESSAGE_SCHEMAS.BreakerChanged.cause as readonly string[]);
const VIRTUAL_KIND_CODE = codes(MESSAGE_SCHEMAS.VirtualPositionEvent.kind as readonly string[]);
const VIRTUAL_CAUSE_CODE = codes(MESSAGE_SCHEMAS.VirtualPositionEvent.cause as readonly string[]);
const VIRTUAL = 2 * TYPE_CODE.VirtualPositionEvent;
const ACCEPTED = 2 * TYPE_CODE.OrderAccepted;
const FILLED = 2 * TYPE_CODE.OrderFilled;
const SUBMIT = 2 * TYPE_CODE.SubmitOrder;
const TERMED = 2 * SUBMIT_WITH_TERMS;
const MARKET = ORDER_TYPE_CODE['market'] ?? -1;
const GOOD_TILL_CANCEL = TIME_IN_FORCE_CODE['gtc'] ?? -1;
