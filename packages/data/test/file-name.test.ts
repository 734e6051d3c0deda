import { describe, expect, it } from 'vitest';
import { datasetName, parseDatasetName } from '../src/dataset/key.ts';
import { keyOfFile } from '../src/import/file-name.ts';

describe('dataset of a file name', () => {
  it.each([
    ['BTCUSDT-5m-2025-01.csv.gz', 'BTCUSDT/5m'],
    ['a/b/BTCUSDT-1m_2025-05-04_2025-06-03.csv.gz', 'BTCUSDT/1m'],
    ['BTCUSDT-fundingRate-2026-01.zip', 'BTCUSDT/fundingRate'],
    ['BTCUSDT-fundingRate_2019-09-10_2026-05-17.csv.gz', 'BTCUSDT/fundingRate'],
    ['BTCUSDT-fundingRate-ms_2025-02-01_2026-05-06.csv.gz', 'BTCUSDT/fundingRate'],
    ['BTCUSDT-markPrice-1h_2019-12-23_2026-05-17.csv.gz', 'BTCUSDT/markPriceKlines/1h'],
    ['markPriceKlines/BTCUSDT/1h/BTCUSDT-1h-2024-01.zip', 'BTCUSDT/markPriceKlines/1h'],
    ['4USDT-15m-2025-10-01_22.csv.gz', '4USDT/15m'],
    ['币安人生USDT-1d_2025-10-20_2026-06-06.csv.gz', '币安人生USDT/1d'],
    ['BTCUSDT_240628-1h-2024-06.csv', 'BTCUSDT_240628/1h'],
    ['ETHUSDT-1w.csv', 'ETHUSDT/1w'],
  ])('%s is %s', (name, dataset) => {
    const key = keyOfFile(name);
    expect(datasetName(key)).toBe(dataset);
    expect(parseDatasetName(dataset)).toEqual(key);
  });
  it('takes what the user says over what the name says', () => {
    expect(datasetName(keyOfFile('export.csv', { symbol: 'SOLUSDT', interval: '15m' }))).toBe('SOLUSDT/15m');
    expect(datasetName(keyOfFile('BTCUSDT-5m-2025-01.csv', { kind: 'markPriceKlines' }))).toBe('BTCUSDT/markPriceKlines/5m');
    expect(datasetName(keyOfFile('rates.csv', { symbol: 'SOLUSDT', kind: 'fundingRate' }))).toBe('SOLUSDT/fundingRate');
  });
  it.each(['export.csv', 'BTCUSDT-2025-01.csv', 'BTCUSDT-7m-2025-01.csv', '-5m.csv', 'BTCUSDT-fundingrates.csv'])(
    '%s is refused',
    (name) => {
      expect(() => keyOfFile(name)).toThrow(/name does not tell .*--symbol/);
    },
  );
  it.each(['..', '../x', 'a/b', 'a\\b', '', '.hidden', 'A\u0000B', 'A\nB', ' A', 'x'.repeat(65)])('symbol %j is refused', (symbol) => {
    expect(() => keyOfFile('export.csv', { symbol, interval: '1m' })).toThrow(/symbol .* cannot be used/);
  });
});
