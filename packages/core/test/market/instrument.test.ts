import { describe, expect, it } from 'vitest';
import {
  createInstrument,
  formatDecimal,
  formatPrice,
  formatQuantity,
  formatSats,
  notionalSats,
  parseDecimal,
  toPrice,
  toTicks,
  type InstrumentId,
  type Lots,
  type Sats,
  type SymbolFilters,
  type Ticks,
} from '../../src/index.ts';
import { FEES, WHOLE } from '../engine/fixture.ts';

const make = (changed: Partial<SymbolFilters>) => createInstrument(0 as InstrumentId, { ...WHOLE, ...changed }, FEES);
const BTC = make({
  symbol: 'BTCUSDT',
  tickSize: '0.10',
  stepSize: '0.001',
  minQty: '0.001',
  maxQty: '1000',
  marketMaxQty: '120',
  minNotional: '50',
});
const PEPE = make({ symbol: '1000PEPEUSDT', tickSize: '0.0000001', stepSize: '1', minQty: '1' });

describe('decimals', () => {
  it.each([
    ['0.10', 1, 1],
    ['0.0000001', 1, 7],
    ['0.05', 5, 2],
    ['1', 1, 0],
    ['100', 100, 0],
    ['-1.250', -125, 2],
    ['0.000', 0, 0],
    ['556.80', 5568, 1],
  ])('%s is %d of %d decimals', (text, units, decimals) => expect(parseDecimal(text)).toEqual({ units, decimals }));
  it.each(['', 'abc', '1e-7', '.5', '1,0', ' 1', 'Infinity', '12345678901234567890'])('refuses "%s"', (text) => {
    expect(() => parseDecimal(text)).toThrow(RangeError);
  });
  it.each([
    [12345, 2, '123.45'],
    [5, 2, '0.05'],
    [-5, 2, '-0.05'],
    [0, 3, '0.000'],
    [7, 0, '7'],
  ])('%d of %d decimals is %s', (units, decimals, text) => expect(formatDecimal(units, decimals)).toBe(text));
  it('refuses to format what is no whole number', () => expect(() => formatDecimal(0.5, 1)).toThrow(RangeError));
});

describe('GATE-1: filters as integers', () => {
  it('BTCUSDT as exchangeInfo states it', () => {
    // 0.1 USDT · 0.001 BTC = 0.0001 USDT = 10,000 sats
    expect(BTC).toMatchObject({ tickLotSats: 10_000, minLots: 1, maxLots: 1_000_000, marketMaxLots: 120_000, minNotional: 5_000_000_000 });
    expect(toTicks(BTC, 93_548.8)).toBe(935_488);
    expect(toPrice(BTC, 935_488 as Ticks)).toBe(93_548.8);
    expect(formatPrice(BTC, 935_488 as Ticks)).toBe('93548.8');
    expect(formatQuantity(BTC, 1500 as Lots)).toBe('1.500');
    expect(notionalSats(BTC, -1500 as Lots, 935_488 as Ticks)).toBe(14_032_320_000_000); // 1.5 · 93,548.8 = 140,323.2
    expect(formatSats(14_032_320_000_000 as Sats)).toBe('140323.20000000');
  });
  it('1000PEPEUSDT: seven decimals and whole pieces', () => {
    expect(PEPE.tickLotSats).toBe(10);
    expect(toTicks(PEPE, 0.0123456)).toBe(123_456);
    expect(formatPrice(PEPE, 123_456 as Ticks)).toBe('0.0123456');
    expect(formatQuantity(PEPE, 12 as Lots)).toBe('12');
  });
  it('a tick of 0.05', () => {
    const half = make({ tickSize: '0.05', stepSize: '0.01', minQty: '0.01' });
    expect(half.tickLotSats).toBe(50_000);
    expect(toTicks(half, 1.15)).toBe(23);
    expect(toPrice(half, 23 as Ticks)).toBe(1.15);
    expect(formatPrice(half, 23 as Ticks)).toBe('1.15');
  });
  it('prices are the very floats that their texts parse to', () => {
    for (let ticks = 1; ticks < 20_000; ticks += 7) {
      for (const instrument of [BTC, PEPE]) {
        const price = toPrice(instrument, ticks as Ticks);
        expect(price).toBe(Number(formatPrice(instrument, ticks as Ticks)));
        expect(toTicks(instrument, price)).toBe(ticks);
      }
    }
  });
  it('rounds bounds that lie between two steps inwards', () => {
    const odd = make({ stepSize: '0.1', minQty: '0.32', maxQty: '9.99', marketMaxQty: '5.05' });
    expect(odd).toMatchObject({ minLots: 4, maxLots: 99, marketMaxLots: 50 });
  });
  it('a symbol may have no least notional', () => expect(make({ minNotional: '0' }).minNotional).toBe(0));
  it.each<[string, Partial<SymbolFilters>]>([
    ['T: tickSize 0.0000001 times stepSize 0.01 is finer than 1e-8 USDT', { tickSize: '0.0000001', stepSize: '0.01' }],
    ['T: tickSize must be above 0, got 0', { tickSize: '0' }],
    ['T: stepSize must be above 0, got -1', { stepSize: '-1' }],
    ['T: maxQty must be above 0, got 0', { maxQty: '0' }],
    ['T: minQty must not be below 0, got -1', { minQty: '-1' }],
    ['"abc" is not a decimal number', { minQty: 'abc' }],
    ['"" is not a decimal number', { marketMaxQty: '' }],
    ['"NaN" is not a decimal number', { minNotional: 'NaN' }],
  ])('refuses: %s', (text, changed) => {
    expect(() => make({ symbol: 'T', ...changed })).toThrow(RangeError);
    expect(() => make({ symbol: 'T', ...changed })).toThrow(text);
  });
});
