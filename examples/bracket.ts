import { atr, defineStrategy, number, sma, type OrderId } from '@orrery/core';

// Enters above the average with a stop and a target. The venue keeps both; whichever is hit first cancels the other.
export default defineStrategy({
  id: 'my-bracket',
  params: { stop: number(2, { min: 0.5, max: 10 }), target: number(3, { min: 0.5, max: 20 }) },
  features: () => ({ average: sma('close', 20), range: atr(14) }),
  // Fresh for each symbol: which entry has been sent and has not come to its end.
  state: (): { entry: OrderId | null } => ({ entry: null }),
  decide({ features, candle, desk, params, state }) {
    if (!desk.isFlat || state.entry !== null || candle.close() <= features.average) return;
    const stop = candle.close() - params.stop * features.range;
    // Half of the symbol's part of the account. Null when it was denied: then the next candle may ask again.
    if (stop > 0) state.entry = desk.bracket({ share: 0.5, stop, target: candle.close() + params.target * features.range });
  },
  // Everything that is not a candle: here the entry's end, by its fill or otherwise.
  onFact({ fact, state }) {
    if (!('orderId' in fact) || fact.orderId !== state.entry || fact.type === 'OrderAccepted') return;
    if (fact.type !== 'OrderFilled' || fact.isDone) state.entry = null;
  },
});
