import {
  createInstrument,
  type Instrument,
  type InstrumentId,
  type LeverageBracket,
  type MarginMode,
  type PositionSide,
  type RateE8,
  type Sats,
  type SymbolFilters,
  type VenueAssumptions,
} from '../../src/index.ts';
import { FEES, MINUTE, ROOMY_VENUE, WHOLE } from '../engine/fixture.ts';
import { percent } from './table-candles.ts';

/** Lots that a case begins with. */
export interface Holding {
  readonly instrument: InstrumentId;
  /** Signed. */
  readonly qty: number;
  readonly price: number;
  readonly side: PositionSide;
}
export interface Settings {
  readonly instruments: readonly Instrument[];
  readonly assumptions: VenueAssumptions;
  readonly holdings: readonly Holding[];
  /** By instrument; ms. */
  readonly delisted: readonly number[];
}

interface Draft {
  filters: Partial<SymbolFilters>;
  assumptions: VenueAssumptions;
  holdings: Holding[];
  fees: { readonly maker: RateE8; readonly taker: RateE8 };
  delisted: number[];
}

/** Words that take another one behind them. */
const VALUED: Readonly<Record<string, (draft: Draft, value: string) => void>> = {
  wallet: (draft, value) => assume(draft, { startWallet: (Number(value) * 100_000_000) as Sats }),
  slip: (draft, value) => assume(draft, { slippage: percent(value) as RateE8 }),
  half: (draft, value) => assume(draft, { halfSpread: percent(value) as RateE8 }),
  impact: (draft, value) => assume(draft, { impact: percent(value) as RateE8 }),
  cap: (draft, value) => assume(draft, { maxVolumeShare: percent(value) as RateE8 }),
  late: (draft, value) => assume(draft, { latencyMin: Number(value) * 1000, latencyMax: Number(value) * 1000 }),
  mmr: (draft, value) => filter(draft, { brackets: [bracket(0, BROAD, value, 125)] }),
  brackets: (draft, value) => filter(draft, { brackets: bracketsOf(value) }),
  clear: (draft, value) => filter(draft, { liquidationFee: part(value) }),
  up: (draft, value) => filter(draft, { multiplierUp: part(value) }),
  down: (draft, value) => filter(draft, { multiplierDown: part(value) }),
  tolerate: (draft, value) => filter(draft, { triggerProtect: part(value) }),
  bound: (draft, value) => filter(draft, { marketTakeBound: part(value) }),
  most: (draft, value) => filter(draft, { maxNumOrders: Number(value) }),
  fees: (draft, value) => {
    const [maker = '', taker = ''] = value.split('/');
    draft.fees = { maker: percent(maker) as RateE8, taker: percent(taker) as RateE8 };
  },
  ends: (draft, value) => void (draft.delisted[0] = Number(value) * MINUTE),
};
const PLAIN: Readonly<Record<string, (draft: Draft) => void>> = {
  hedge: (draft) => assume(draft, { hedgeMode: true }),
  isolated: (draft) => assume(draft, { marginMode: 'isolated' as MarginMode }),
  touch: (draft) => assume(draft, { limitFill: 'touch' }),
  free: (draft) => void (draft.fees = { maker: 0 as RateE8, taker: 0 as RateE8 }),
  pessimistic: (draft) => assume(draft, { fills: 'pessimistic' }),
  heuristic: (draft) => assume(draft, { fills: 'heuristic' }),
  optimistic: (draft) => assume(draft, { fills: 'optimistic' }),
};
const BROAD = 90_000_000;

/**
 * What a case is played on. Lots that are held: `10`, `-10@90`, `B:5@50` (at 100 where it is not said), in hedge mode `L10 S4@90`.
 * Leverage `20x` (default 125x), `wallet 1000`, `hedge`, `isolated`, `touch`; `free` of trading fees or `fees 0.02%/0.05%` (maker, taker); `slip`, `half` (spread), `impact`,
 * `cap` (of the volume) as `1%`; `late 20` seconds. Of both symbols: `mmr 10%`, `clear 1%` (clearance fee), `brackets 10%x10<1000<20%x5`,
 * `up 110%`, `down 90%` (PERCENT_PRICE), `tolerate 5%` (triggerProtect), `bound 5%` (marketTakeBound), `most 3` (orders). `ends 3`: the
 * first symbol is delisted at minute 3.
 */
export function settingsOf(text: string): Settings {
  const draft: Draft = { filters: {}, assumptions: ROOMY_VENUE, holdings: [], fees: FEES, delisted: [] };
  const words = text.split(/\s+/).filter((word) => word !== '');
  for (let k = 0; k < words.length; k++) {
    const word = words[k]!;
    if (VALUED[word] !== undefined) VALUED[word](draft, words[++k]!);
    else if (PLAIN[word] !== undefined) PLAIN[word](draft);
    else if (/^\d+x$/.test(word)) assume(draft, { leverage: Number.parseInt(word, 10) });
    else hold(draft, word);
  }
  const instruments = [0, 1].map((id) =>
    createInstrument(id as InstrumentId, { ...WHOLE, symbol: `T${id}USDT`, ...draft.filters }, draft.fees),
  );
  return { instruments, assumptions: draft.assumptions, holdings: draft.holdings, delisted: draft.delisted };
}

function hold(draft: Draft, word: string): void {
  const found = /^(B:)?([LS]?)(-?\d+)(?:@(\d+))?$/.exec(word);
  if (found === null) throw new Error(`"${word}" is no setting of a table`);
  const [, second, letter, lots, price = '100'] = found;
  const qty = Number(lots) * (letter === 'S' ? -1 : 1);
  if (qty === 0) return;
  const side = letter === 'L' ? 'long' : letter === 'S' ? 'short' : 'both';
  draft.holdings.push({ instrument: (second === undefined ? 0 : 1) as InstrumentId, qty, price: Number(price), side });
}
function assume(draft: Draft, changed: Partial<VenueAssumptions>): void {
  draft.assumptions = { ...draft.assumptions, ...changed };
}
function filter(draft: Draft, changed: Partial<SymbolFilters>): void {
  draft.filters = { ...draft.filters, ...changed };
}

/** `10%x10<1000<20%x5`: 10 % and 10× up to 1,000 USDT, 20 % and 5× from there on. */
function bracketsOf(text: string): readonly LeverageBracket[] {
  const words = text.split('<');
  return words.flatMap((word, k) => {
    if (k % 2 === 1) return [];
    const [rate = '', leverage = ''] = word.split('x');
    return [bracket(k === 0 ? 0 : Number(words[k - 1]), k + 1 < words.length ? Number(words[k + 1]) : BROAD, rate, Number(leverage))];
  });
}
function bracket(floor: number, cap: number, rate: string, leverage: number): LeverageBracket {
  return { notionalFloor: String(floor), notionalCap: String(cap), maintMarginRatio: part(rate), initialLeverage: leverage };
}
/** `12.5%` as the decimal text "0.125". */
function part(text: string): string {
  return String(percent(text) / 100_000_000);
}
