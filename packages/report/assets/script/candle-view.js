'use strict';
/** What the candle chart shows at the moment: the candles and trades of one symbol, and which trade was last gone to. */
report.createCandleView = (all) => {
  const view = { encoded: null, bars: [], times: [], step: 0, trades: null, current: -1 };
  Object.assign(view, { hasTrades: true, layers: [], structure: null, virtual: [] });

  view.pick = (index) => {
    view.encoded = all[index];
    view.bars = report.decodeCandles(view.encoded);
    view.times = view.bars.map((bar) => bar.time);
    view.trades = report.data.trades.find((one) => one.symbol === view.encoded.symbol);
    view.current = -1;
    view.step = view.bars.length > 1 ? Math.min(...view.times.slice(1, 50).map((time, i) => time - view.times[i])) : 0;
    view.virtual = report.decodeVirtual(view.encoded.symbol, view.times);
    view.virtualCounts = report.virtualCounts(view.encoded.symbol);
    const { structures, candles } = report.data;
    view.layers = structures === null ? [] : structures.layers.filter((layer) => candles[layer.candles] === view.encoded);
    view.pickLayer(0);
  };

  /** Takes the structure of one interval; there is none where the candles are merged. */
  view.pickLayer = (index) => {
    const layer = view.layers[index];
    if (layer === undefined) {
      view.structure = null;
      return;
    }
    const words = report.data.structures;
    const objects = report.decodeStructures(layer, view.encoded.digits, words);
    const byKind = Map.groupBy(objects, ({ kind }) => kind);
    view.structure = { layer, words, objects, byKind, ranges: report.swingRanges(objects) };
  };

  /** Row of the candle that a time lies in; −1 before the first one. */
  view.rowAt = (seconds) => report.indexAt(view.times, seconds);

  /** Markers between two positions of the time axis, which may lie outside the candles. */
  view.markersWithin = (range) => {
    if (!view.hasTrades) return { markers: [], shown: 0, inside: 0 };
    const last = view.bars.length - 1;
    const bound = (value) => Math.min(last, Math.max(0, Math.round(value)));
    return report.tradeMarkers(view.trades, view.times, view.times[bound(range.from)], view.times[bound(range.to)] + view.step);
  };

  view.note = (shown, inside) => report.candleNote(view, shown, inside);
  view.describe = (at) => report.candleText(view, at);

  /** Positions of a trade's entry and exit on the time axis. */
  view.spanOf = (trade) => {
    const { entry, exit } = view.trades;
    const end = exit[trade] === -1 ? view.times.length - 1 : report.indexAt(view.times, exit[trade]);
    return { from: Math.max(0, report.indexAt(view.times, entry[trade])), to: end };
  };
  return view;
};

/** What of the candles and trades is not drawn as it is. */
report.candleNote = ({ encoded, bars, trades, hasTrades, virtualCounts }, shown, inside) => {
  const parts = [];
  if (encoded.isDetail) parts.push(`The last ${bars.length} candles as the run had them.`);
  if (encoded.resampled) parts.push(`Merged from ${encoded.interval} to ${encoded.shownInterval} candles for display.`);
  if (trades.total > trades.entry.length) parts.push(`Only the first ${trades.entry.length} of ${trades.total} trades can be marked.`);
  const { held, total } = virtualCounts;
  if (held < total) parts.push(`Only the last ${held} of ${total} virtual positions of this symbol can be drawn.`);
  if (!hasTrades) parts.push('Trades are not marked.');
  else if (shown < inside) {
    parts.push(`${shown} of the ${inside} trades in view are marked, those with the largest profit or loss: zoom in for the rest.`);
  } else parts.push(`All ${inside} trades in view are marked.`);
  return parts.join(' ');
};

/** One candle in words. */
report.candleText = ({ encoded, bars }, at) => {
  const bar = bars[at];
  if (bar === undefined) return '';
  const price = (value) => value.toFixed(encoded.digits);
  const prices = `O ${price(bar.open)}  H ${price(bar.high)}  L ${price(bar.low)}  C ${price(bar.close)}`;
  return `${encoded.symbol} ${encoded.shownInterval}  ${report.timeText(bar.time)}  ${prices}`;
};
