'use strict';
/** Prices and times of one symbol, read back from their differences. */
report.decodeCandles = (encoded) => {
  const scale = 10 ** encoded.digits;
  const bars = [];
  let time = 0;
  let closed = 0;
  for (let i = 0; i < encoded.time.length; i += 1) {
    const [open, high, low, close] = encoded.prices.slice(4 * i, 4 * i + 4);
    time += encoded.time[i];
    const base = closed + open;
    closed = base + close;
    bars.push({ time, open: base / scale, high: (base + high) / scale, low: (base + low) / scale, close: closed / scale });
  }
  return bars;
};

/** Markers of the trades between two times; when there are more than a chart can hold, those with the largest profit or loss. */
report.tradeMarkers = (trades, times, from, to) => {
  const most = 150;
  const inside = [];
  for (let i = 0; i < trades.entry.length; i += 1) {
    const end = trades.exit[i] === -1 ? trades.entry[i] : trades.exit[i];
    if (trades.entry[i] <= to && end >= from) inside.push(i);
  }
  const shown = [...inside].sort((a, b) => Math.abs(trades.pnl[b]) - Math.abs(trades.pnl[a]) || a - b).slice(0, most);
  const markers = [];
  const [gain, loss, entry] = [report.colour('gain'), report.colour('loss'), report.colour('accent')];
  for (const i of shown) {
    const long = trades.side[i] === 1;
    const at = (seconds) => times[Math.max(0, report.indexAt(times, seconds))];
    // A trade that was entered before the first candle is marked where it was left alone.
    if (trades.entry[i] >= times[0]) {
      markers.push({
        time: at(trades.entry[i]),
        position: long ? 'belowBar' : 'aboveBar',
        shape: long ? 'arrowUp' : 'arrowDown',
        color: entry,
      });
    }
    if (trades.exit[i] === -1) continue;
    const won = trades.pnl[i] > 0;
    markers.push({
      time: at(trades.exit[i]),
      position: long ? 'aboveBar' : 'belowBar',
      shape: won ? 'circle' : 'square',
      color: won ? gain : loss,
    });
  }
  markers.sort((a, b) => a.time - b.time);
  return { markers, shown: shown.length, inside: inside.length };
};

/** Virtual positions of a symbol that were closed on or after the first candle; times in seconds. */
report.decodeVirtual = (symbol, times) => {
  const own = report.data.virtual?.find((one) => one.symbol === symbol);
  if (own === undefined) return [];
  return own.opened
    .map((opened, i) => ({
      opened,
      closed: opened + own.held[i],
      entry: own.entry[i],
      exit: own.exit[i],
      direction: Math.sign(own.outcome[i]),
      won: Math.abs(own.outcome[i]) === 2,
    }))
    .filter(({ closed }) => closed >= times[0]);
};

/** How many virtual positions of a symbol the page holds, of how many there were. */
report.virtualCounts = (symbol) => {
  const own = report.data.virtual?.find((one) => one.symbol === symbol);
  return own === undefined ? { held: 0, total: 0 } : { held: own.opened.length, total: own.total };
};
