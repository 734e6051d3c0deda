import type { Desk } from './desk.ts';
import { SignalDesk, type EntrySignal, type SignalTaker } from './signal-desk.ts';
import type { Strategy } from './strategy.ts';
import type { Fact } from '../messages.ts';

/**
 * The same strategy, telling of its entry signals: every target on another side than the one it is on, every bracket, every order
 * that could open. Nothing else changes, and all signals are carried out. What a filter asks a model about are the very same signals.
 */
export function entrySignals(strategy: Strategy<unknown>, onSignal: (signal: EntrySignal) => void): Strategy<unknown> {
  return intercepted(strategy, (signal) => {
    onSignal(signal);
    return 'forward';
  });
}

/** What a wrapped strategy remembers: its own memory behind the desk that it sees. */
export interface Intercepted {
  readonly inner: unknown;
  desk: SignalDesk | null;
}

/**
 * A strategy behind a {@link SignalDesk}.
 * @param take decides what becomes of each signal
 * @param settle called with each fact first; true keeps it from the strategy
 */
export function intercepted(
  strategy: Strategy<unknown>,
  take: SignalTaker,
  settle: (fact: Fact, signals: SignalDesk, desk: Desk) => boolean = () => false,
): Strategy<unknown> {
  const { decide, onFact } = strategy;
  const deskOf = (state: Intercepted, desk: Desk): SignalDesk => {
    state.desk ??= new SignalDesk(desk, take, (fact) => {
      if (onFact !== undefined && state.desk !== null) onFact(state.inner, fact, state.desk);
    });
    return state.desk;
  };
  return {
    ...strategy,
    initialState: (): Intercepted => ({ inner: strategy.initialState(), desk: null }),
    decide(state, candle, desk) {
      const own = state as Intercepted;
      const signals = own.desk ?? deskOf(own, desk);
      signals.see(candle, desk);
      decide(own.inner, candle, signals);
    },
    onFact(state, fact, desk) {
      const own = state as Intercepted;
      const signals = deskOf(own, desk);
      const heard = signals.hear(fact, desk);
      if (settle(fact, signals, desk)) return;
      onFact?.(own.inner, heard, signals);
    },
  };
}
