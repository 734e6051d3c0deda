import type { CandleSpan } from '../dataset/candle-span.ts';
import { spanOf } from '../dataset/grid.ts';
import type { DatasetKey } from '../dataset/key.ts';

/** How the rows of a source are laid out: candles of an interval, funding rates, or trades, of which 1s candles are made. */
export type SourceLayout =
  | { readonly kind: 'candles'; readonly span: CandleSpan }
  | { readonly kind: 'funding' }
  | { readonly kind: 'trades' };

/** Layout of a source whose rows are those of its dataset. */
export function layoutOf(key: DatasetKey): SourceLayout {
  return key.interval === null ? { kind: 'funding' } : { kind: 'candles', span: spanOf(key.interval) };
}
