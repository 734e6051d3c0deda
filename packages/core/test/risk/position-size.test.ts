import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  leverageWithin,
  marginShareFor,
  maxNotional,
  notionalSats,
  sizePosition,
  type Instrument,
  type RiskDecision,
  type RiskSettings,
  type Sats,
  type SizeRequest,
  type SymbolFilters,
  type Ticks,
} from '../../src/index.ts';
import { whole } from '../engine/fixture.ts';
import { runs } from '../laws/options.ts';
import { BTC_2026, bracketsFrom, HIVE_2026 } from '../venue/bracket-tables.ts';
import { anyNumber } from './any-number.ts';
import { sats, SETTINGS, USDT } from './fixture.ts';

/** Half confidence and half a win rate: 8 % margin at 11×, of 100,000 USDT 8,000 and a position of 88,000. */
const HALF: SizeRequest = {
  instrument: whole(),
  direction: 1,
  entry: 100 as Ticks,
  equity: sats(100_000),
  gross: sats(0),
  confidence: 0.5,
  winRate: 0.5,
  isSpiking: false,
  isCautious: false,
};
const size = (changed: Partial<SizeRequest>, settings: Partial<RiskSettings> = {}): RiskDecision =>
  sizePosition({ ...HALF, ...changed }, { ...SETTINGS, ...settings });
const accepted = (qty: number, leverage: number, marginShare: number) => ({ kind: 'accept', qty, leverage, marginShare });
const rejected = (reason: string, value: number | null = null, limit: number | null = null) => ({ kind: 'reject', reason, value, limit });

describe('margin share', () => {
  it.each([
    ['none', 0, 3_000_000],
    ['half', 0.5, 8_000_000], // 3 % + 10 % · 0.5
    ['a third', 1 / 3, 6_333_333], // 3 % + 10 % · 0.33333333
    ['certain', 1, 13_000_000],
    ['above 1', 2, 13_000_000],
    ['no number', NaN, 3_000_000],
  ])('RISK-3: at a confidence of %s', (_, confidence, share) => expect(marginShareFor(confidence, SETTINGS)).toBe(share));

  it('RISK-3: stays within 3 % and 13 % for any numbers', () => {
    fc.assert(
      fc.property(anyNumber, anyNumber, anyNumber, (confidence, minMarginShare, maxMarginShare) => {
        const share = marginShareFor(confidence, { ...SETTINGS, minMarginShare, maxMarginShare });
        expect(Number.isInteger(share) && share >= 3_000_000 && share <= 13_000_000).toBe(true);
      }),
      runs(500),
    );
  });
});

describe('position size', () => {
  it('RISK-3: margin times leverage over the entry price, in whole lots rounded down', () => {
    expect(size({})).toEqual(accepted(880, 11, 8_000_000));
    expect(size({ entry: 333 as Ticks })).toEqual(accepted(264, 11, 8_000_000)); // 264.26
    expect(size({ direction: -1 })).toEqual(accepted(880, 11, 8_000_000));
    expect(size({ confidence: 1, winRate: 1 })).toEqual(accepted(2600, 20, 13_000_000)); // 13,000 · 20
    expect(size({ confidence: NaN, winRate: NaN })).toEqual(accepted(90, 3, 3_000_000)); // 3,000 · 3
  });
  it('RISK-1: base leverage while volatility spikes; at level 1 the least margin, too', () => {
    expect(size({ isSpiking: true })).toEqual(accepted(240, 3, 8_000_000)); // 8,000 · 3
    expect(size({ isCautious: true })).toEqual(accepted(90, 3, 3_000_000)); // 3,000 · 3
  });

  it.each([
    ['enough left', 212_000, accepted(880, 11, 8_000_000)], // 300,000 − 212,000 = 88,000
    ['less margin', 240_000, accepted(600, 11, 5_454_545)], // 60,000 at 11× is a margin of 5,454.5454…
    ['less leverage: 11× would leave less than 3 %', 280_000, accepted(200, 6, 3_333_333)], // 20,000 / 3,000 = 6.66
    ['the least', 291_000, accepted(90, 3, 3_000_000)],
    ['a dollar below the least', 291_001, rejected('exposure', 300_001_000, 300_000_000)], // (291,001 + 9,000) / 100,000
    ['nothing left', 300_000, rejected('exposure', 309_000_000, 300_000_000)],
    ['a gross value that is none', NaN, rejected('exposure', null, 300_000_000)],
    ['a gross value below 0 makes no room', -1_000_000, accepted(880, 11, 8_000_000)],
  ])('RISK-4: of three times the equity, %s', (_, gross, decision) => expect(size({ gross: sats(gross) })).toEqual(decision));

  it('RISK-4: rounding takes no share below the least', () => {
    const equity = (sats(100_000) + 33) as Sats; // 3 % of 33 sats is none
    const gross = (sats(291_000) + 99) as Sats;
    expect(size({ equity, gross })).toEqual(accepted(90, 3, 3_000_000));
  });

  const filtered = (changed: Partial<SymbolFilters>): Instrument => whole(0, changed);
  it('RISK-2: leverage as the brackets allow', () => {
    // 8,000 at 11× is beyond the 20,000 of 10×, at 6× beyond it as well, and 5× is 40,000 of 50,000.
    const instrument = filtered({ brackets: bracketsFrom(HIVE_2026) });
    expect(size({ instrument })).toEqual(accepted(400, 5, 8_000_000));
    // 40 million at 1× where 12.5 million are the most: 2.5 % of 500 million, below the least share.
    expect(size({ instrument, equity: sats(80_000_000), confidence: 0.5 })).toEqual(accepted(50_000, 1, 6_250_000));
    expect(size({ instrument, equity: sats(80_000_000), entry: 1000 as Ticks })).toEqual(accepted(6400, 1, 8_000_000)); // 6.4 million
  });
  it('RISK-2: what the venue holds at 1× cuts the margin, even below its least', () => {
    const instrument = filtered({ brackets: bracketsFrom('0 .01 20 | 1000 .1 1 | cap 2000') });
    // 3 % of 100,000 is 3,000; the brackets hold 2,000.
    expect(size({ instrument, isCautious: true })).toEqual(accepted(20, 1, 2_000_000));
  });
  it('RISK-2, RISK-4: the least position is that of a lower leverage where the brackets hold no more', () => {
    const instrument = filtered({ brackets: bracketsFrom('0 .1 2 | cap 90000000') });
    expect(size({ instrument, gross: sats(293_000) })).toEqual(accepted(70, 2, 3_500_000)); // 7,000 at 2×
    expect(size({ instrument, gross: sats(294_001) })).toEqual(rejected('exposure', 300_001_000, 300_000_000)); // 3,000 at 2×
  });
  it('RISK-2: never more than one market order may be', () => {
    // 88,000 lots at 1 USDT; the market filter of 50,000 cuts the margin to 50,000 / 11 = 4,545.45…
    expect(size({ entry: 1 as Ticks })).toEqual(accepted(50_000, 11, 4_545_454));
    expect(size({ instrument: filtered({ maxQty: '700' }) })).toEqual(accepted(700, 11, 6_363_636));
  });

  it.each<[string, Partial<SizeRequest>]>([
    ['no whole lot', { equity: sats(100), entry: 100 as Ticks }], // 8 · 11 = 88 USDT at 100
    ['below the least quantity', { equity: sats(200), instrument: whole(0, { minQty: '2' }) }], // 176 USDT: 1 lot
    ['below the least notional', { equity: sats(200), instrument: whole(0, { minNotional: '101' }) }], // 100 USDT
    ['no lot where the filters ask for none', { equity: sats(100), instrument: whole(0, { minQty: '0', minNotional: '0' }) }],
    ['equity of a sat', { equity: 1 as Sats }],
    ['no equity', { equity: sats(0) }],
    ['a loss', { equity: sats(-5) }],
    ['an equity that is none', { equity: NaN as Sats }],
    ['an infinite one', { equity: Infinity as Sats }],
    ['no entry', { entry: 0 as Ticks }],
    ['an entry that is none', { entry: NaN as Ticks }],
    ['half a tick', { entry: 100.5 as Ticks }],
  ])('RISK-3: too small: %s', (_, changed) => expect(size(changed)).toEqual(rejected('too_small')));

  const anyRequest = fc.record({
    instrument: fc.constantFrom(whole(), filtered({ brackets: bracketsFrom(HIVE_2026) }), filtered({ brackets: bracketsFrom(BTC_2026) })),
    direction: fc.constantFrom(1 as const, -1 as const),
    entry: fc.oneof(fc.integer({ min: 1, max: 1_000_000 }), anyNumber) as fc.Arbitrary<Ticks>,
    equity: fc.oneof(
      fc.integer({ min: 1, max: 1_000_000 }).map((usdt) => usdt * USDT),
      anyNumber,
    ) as fc.Arbitrary<Sats>,
    gross: fc.oneof(
      fc.integer({ min: 0, max: 3_000_000 }).map((usdt) => usdt * USDT),
      anyNumber,
    ) as fc.Arbitrary<Sats>,
    confidence: anyNumber,
    winRate: anyNumber,
    isSpiking: fc.boolean(),
    isCautious: fc.boolean(),
  });
  it('RISK-2, RISK-3, RISK-4: whatever the numbers, what is accepted keeps all bounds', () => {
    fc.assert(
      fc.property(anyRequest, anyNumber, (request, maxExposure) => {
        const decision = sizePosition(request, { ...SETTINGS, maxExposure: Math.abs(maxExposure) });
        if (decision.kind === 'reject') {
          expect(['exposure', 'too_small']).toContain(decision.reason);
          for (const value of [decision.value, decision.limit])
            expect(value === null || (value >= 0 && Number.isSafeInteger(value))).toBe(true);
          return;
        }
        const { instrument, equity, gross, entry } = request;
        const { qty, leverage, marginShare } = decision;
        const value = notionalSats(instrument, qty, entry);
        expect(Number.isSafeInteger(qty) && qty > 0 && qty <= instrument.marketMaxLots).toBe(true);
        expect(Number.isInteger(leverage) && leverage >= 1 && leverage <= 20).toBe(true);
        expect(value).toBeLessThanOrEqual(maxNotional(instrument.brackets, leverage));
        expect(Math.max(0, gross) + value).toBeLessThanOrEqual(Math.abs(maxExposure) * equity);
        expect(Number.isSafeInteger(marginShare) && marginShare >= 0 && marginShare <= 13_000_000).toBe(true);
        // The margin bound is never more than its share says, but for the rounding of the share down to 1e-8.
        expect(value / leverage).toBeLessThanOrEqual((equity * (marginShare + 1)) / 1e8);
        const isCutByVenue = qty === instrument.marketMaxLots || leverage === 1;
        if (!isCutByVenue) expect(marginShare).toBeGreaterThanOrEqual(3_000_000);
        if (leverage < 3) expect(leverageWithin(instrument.brackets, 3, equity * 0.13)).toBeLessThan(3);
      }),
      runs(1000),
    );
  });
});
