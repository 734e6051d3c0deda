import type { Desk } from '../../strategy/desk.ts';
import { StrategyError } from '../../strategy/strategy-error.ts';
import type { Strategy } from '../../strategy/strategy.ts';
import type { LawCheck } from '../law-check.ts';
import { runOf } from '../runs.ts';
import { WatchingDesk } from '../watching-desk.ts';

/** NaN in a command is a feature that was read before it had a value, or a division by nothing. */
export const FINITE_COMMANDS: LawCheck = {
  name: 'finite commands: nothing is asked for with NaN or Infinity',
  hint: 'a size, price or model input was computed from a value that is not there yet, or by dividing by 0',
  runs: 1,
  check(subject, market) {
    const watched = watch(subject.build(market));
    const { error, entries } = runOf(subject, market, { strategy: watched.strategy });
    if (watched.fault() !== null) return watched.fault();
    // The desk in shares and prices refuses by itself before anything is passed on.
    if (error instanceof StrategyError && error.cause instanceof StrategyError) return error.message;
    for (const { lane, message } of entries) {
      const wrong = Object.entries(message).find(([, value]) => typeof value === 'number' && !Number.isFinite(value));
      if (lane === 'out' && wrong !== undefined) return `${message.type}.${wrong[0]} is ${String(wrong[1])} at ${message.ts} ms`;
    }
    return null;
  },
};

function watch(inner: Strategy<unknown>): { readonly strategy: Strategy<unknown>; readonly fault: () => string | null } {
  let watching: WatchingDesk | null = null;
  const around = (desk: Desk): WatchingDesk => (watching ??= new WatchingDesk(desk));
  const { onFact } = inner;
  return {
    fault: () => watching?.fault ?? null,
    strategy: {
      ...inner,
      decide: (state, candle, desk) => inner.decide(state, candle, around(desk)),
      ...(onFact === undefined ? {} : { onFact: (state, fact, desk) => onFact(state, fact, around(desk)) }),
    },
  };
}
