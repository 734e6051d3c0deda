import {
  MESSAGE_FAULTS,
  REQUEST_FAULTS,
  type FaultKind,
  type FaultPlan,
  type FaultRule,
  type MessageFault,
  type RequestFault,
} from './plan.ts';

const DEFAULT_DELAY_MS = 50;

/** Draws faults from a plan and a seed: the same requests and messages meet the same faults. */
export class FaultInjector {
  /** How many of each kind there have been. */
  readonly counts: Map<FaultKind, number> = new Map();
  #plan: FaultPlan = {};
  #rules: { readonly rule: FaultRule; seen: number }[] = [];
  #state: number;

  constructor(seed: number, plan: FaultPlan) {
    this.#state = seed >>> 0;
    this.set(plan);
  }
  /** Replaces the plan; its rules count from here. */
  set(plan: FaultPlan): void {
    this.#plan = plan;
    this.#rules = (plan.rules ?? []).map((rule) => ({ rule, seen: 0 }));
  }
  get clockSkewMs(): number {
    return this.#plan.clockSkewMs ?? 0;
  }
  get delayMs(): number {
    return this.#plan.delayMs ?? DEFAULT_DELAY_MS;
  }
  /** What befalls a request such as `POST /fapi/v1/order`. */
  request(on: string): RequestFault | null {
    return this.#draw(on, REQUEST_FAULTS, () => true);
  }
  /** What befalls a message; `on` is its event type. */
  message(on: string, isPrivate: boolean): MessageFault | null {
    return this.#draw(on, MESSAGE_FAULTS, (kind) => isPrivate || !PRIVATE_BY_CHANCE.has(kind));
  }
  /** One of two, from the seed. */
  toss(): boolean {
    return this.#random() < 0.5;
  }

  #draw<Kind extends FaultKind>(on: string, kinds: readonly Kind[], mayChance: (kind: Kind) => boolean): Kind | null {
    let chosen: Kind | null = null;
    for (const planned of this.#rules) {
      const { kind, on: target, nth = 1, times = 1 } = planned.rule;
      const known = kinds.find((other) => other === kind);
      if (known === undefined || (target !== '*' && target !== on)) continue;
      planned.seen += 1;
      if (planned.seen >= nth && planned.seen < nth + times) chosen ??= known;
    }
    for (const kind of kinds) {
      const rate = this.#plan.rates?.[kind] ?? 0;
      if (rate > 0 && mayChance(kind) && this.#random() < rate) chosen ??= kind;
    }
    if (chosen !== null) this.counts.set(chosen, (this.counts.get(chosen) ?? 0) + 1);
    return chosen;
  }

  /** Mulberry32: 32 bits of state are enough to decide what goes wrong. */
  #random(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }
}

/** By chance these befall the user stream alone: a client that never hears of a candle again would not be tested, only stuck. */
const PRIVATE_BY_CHANCE: ReadonlySet<FaultKind> = new Set<FaultKind>(['lose', 'reorder', 'listen-key-expired']);
