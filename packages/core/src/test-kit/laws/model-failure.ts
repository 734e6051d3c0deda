import { minimise, sample } from '../arbitrary.ts';
import { drive, type Driven } from '../drive.ts';
import type { LawCheck } from '../law-check.ts';
import type { Market } from '../market.ts';
import { describeModelFaults, modelFaults, type ModelFault } from '../model-faults.ts';
import type { Session } from '../session.ts';
import type { Subject } from '../subject.ts';

/** A model is a file that may be missing and a process that may hang. */
export const MODEL_FAILURE: LawCheck = {
  name: 'model failure: a model that fails, is late or answers nonsense ends no run and leaves no half-entered position',
  hint: 'live, a model can be missing, slow or wrong at any moment; place an entry and its exits together, and test an answer before using it',
  runs: 7,
  check(subject, market) {
    const isProtective = alwaysProtects(subject, market);
    for (const plan of plansOf(market)) {
      const fault = faultOf(driven(subject, market, plan, isProtective));
      if (fault !== null) return `where ${plan.length > 3 ? 'some requests go wrong' : describeModelFaults(plan)}: ${fault}`;
    }
    return null;
  },
  retell(subject, market) {
    const isProtective = alwaysProtects(subject, market);
    const isBroken = (plan: readonly ModelFault[]): boolean => faultOf(driven(subject, market, plan, isProtective)) !== null;
    const found = plansOf(market).find(isBroken) ?? [];
    const plan = minimise(modelFaults(), found, isBroken, 300);
    const run = driven(subject, market, plan, isProtective);
    const { session, broken } = run;
    return {
      fault: `where ${describeModelFaults(plan)}: ${faultOf(run) ?? ''}`,
      session,
      ...(broken === null ? {} : { pos: broken.pos }),
    };
  },
};

/** Each kind of fault all the time, then all kinds mixed. */
function plansOf(market: Market): readonly (readonly ModelFault[])[] {
  const every = 'every';
  return [
    [{ kind: 'fails', request: every }],
    [{ kind: 'silent', request: every }],
    [{ kind: 'late', request: every, frames: 3 }],
    [{ kind: 'out-of-range', request: every, value: NaN }],
    [{ kind: 'out-of-range', request: every, value: 1e9 }],
    sample(modelFaults(), market.seed),
  ];
}

function faultOf({ session, broken }: Driven): string | null {
  if (broken !== null) return broken.fault;
  if (session.error !== null) return session.error.message;
  for (const { lane, message } of session.entries) {
    const wrong = Object.entries(message).find(([, value]) => typeof value === 'number' && !Number.isFinite(value));
    if (lane === 'out' && wrong !== undefined) return `${message.type}.${wrong[0]} is ${String(wrong[1])}`;
  }
  return null;
}

function driven(subject: Subject, market: Market, plan: readonly ModelFault[], isProtective: boolean): Driven {
  return drive(subject, market, { models: plan }, (session) => (isProtective ? bare(session, market) : null));
}

/** Whether a healthy model's run holds positions, and none of them ever without an exit order. */
function alwaysProtects(subject: Subject, market: Market): boolean {
  let hasHeld = false;
  const { broken } = drive(subject, market, {}, (session) => {
    hasHeld ||= session.engine.ledger.qty.some((lots) => lots !== 0);
    return bare(session, market);
  });
  return hasHeld && broken === null;
}

/** A position that no open order would reduce, in words; null when there is none. */
function bare(session: Session, market: Market): string | null {
  const { ledger, orders } = session.engine;
  for (const { instrument } of market.symbols) {
    const held = ledger.qty[instrument.id];
    const isExit = (order: { readonly qty: number; readonly reduceOnly: boolean }): boolean => order.reduceOnly && order.qty * held < 0;
    if (held !== 0 && !orders.of(instrument.id).some(isExit)) {
      return `the position of ${instrument.symbol} has no exit order; with a model that answers it always has one`;
    }
  }
  return null;
}
