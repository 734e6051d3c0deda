import type { Row } from '../engine/fixture.ts';

/** One candle of one symbol. */
export interface CandleText {
  readonly row: Row;
  readonly mark: readonly number[] | null;
  /** Funding at its open: rate in 1e-8, and the mark price that the venue published with it (NaN where it did not). */
  readonly fund: { readonly rate: number; readonly mark: number } | null;
  /** Finer candles inside it; a null is missing. */
  readonly fine: readonly (Row | null)[] | null;
}

/**
 * Candles of a case: frames split by `;`, symbols by `&`. A candle is `open high low close [volume]`; behind it may stand
 * `mark open high low close`, `fund 1%` or `fund 1% at 99`, and finer candles as `{ 100 105 100 104 / 104 104 95 101 }`,
 * one that is missing as `x`. A whole candle that is missing is `x` as well.
 */
export function candlesOf(text: string): readonly (readonly (CandleText | null)[])[] {
  return text.split(';').map((frame) => frame.split('&').map((candle) => candleOf(candle.trim())));
}

function candleOf(text: string): CandleText | null {
  if (text === 'x') return null;
  const [outer = '', inner] = text.split('{');
  const words = outer.trim().split(/\s+/);
  const numbersAfter = (word: string, count: number): readonly number[] | null => {
    const at = words.indexOf(word);
    return at < 0 ? null : words.slice(at + 1, at + 1 + count).map(Number);
  };
  const fund = words.indexOf('fund');
  return {
    row: rowOf(outer),
    mark: numbersAfter('mark', 4),
    fund: fund < 0 ? null : { rate: percent(words[fund + 1]!), mark: words[fund + 2] === 'at' ? Number(words[fund + 3]) : NaN },
    fine:
      inner === undefined
        ? null
        : inner
            .replace('}', '')
            .split('/')
            .map((part) => (part.trim() === 'x' ? null : rowOf(part))),
  };
}

function rowOf(text: string): Row {
  const words = text.trim().split(/\s+/);
  const end = words.findIndex((word) => Number.isNaN(Number(word)));
  return words.slice(0, end < 0 ? words.length : end).map(Number) as unknown as Row;
}

/** `1%` in 1e-8. */
export function percent(text: string): number {
  return Math.round(Number(text.replace('%', '')) * 1_000_000);
}
