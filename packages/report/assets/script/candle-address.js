'use strict';
/**
 * Opens the chart where the page's address says: `#candles=BTCUSDT,2025-03-01T12:00Z,200&show=order_block,swing&of=1h` are 200 candles
 * from that time on with order blocks and swings of the structure of 1h. `show` and `of` may be left out; `show=none` draws nothing.
 */
report.followAddress = ({ all, view, pick, goTo, controls }) => {
  const complain = (text) => {
    document.getElementById('candle-readout').textContent = text;
  };
  const follow = () => {
    const wishes = new URLSearchParams(location.hash.slice(1));
    const wish = wishes.get('candles');
    if (wish === null) return;
    const [symbol, from, count] = wish.split(',');
    const time = Date.parse(from) / 1000;
    const index = report.chartHolding(all, symbol, time);
    document.getElementById('candles-title').scrollIntoView();
    if (index === -1 || !(Number(count) > 0)) {
      complain(`The page has no candles ${wish}: give symbol, time and number of candles, such as BTCUSDT,2025-03-01T12:00Z,200.`);
      return;
    }
    pick(index);
    goTo(Math.max(0, view.rowAt(time)), Number(count));
    const faults = [];
    if (wishes.has('of') && !controls.pickInterval(wishes.get('of')))
      faults.push(`These candles have no structure of ${wishes.get('of')}.`);
    const unknown = wishes.has('show') ? controls.show(wishes.get('show').split(',')) : [];
    if (unknown.length > 0) faults.push(`There is no ${unknown.join(', ')} to draw.`);
    if (faults.length > 0) complain(faults.join(' '));
  };
  addEventListener('hashchange', follow);
  follow();
};

/** Position of the symbol's chart with that time on it, one of candles as they were rather than of merged ones; −1 where there is none. */
report.chartHolding = (all, symbol, time) => {
  const holding = all
    .map((encoded, index) => ({ encoded, index }))
    .filter(({ encoded }) => encoded.symbol === symbol && encoded.time[0] <= time)
    .toSorted((a, b) => Number(a.encoded.resampled) - Number(b.encoded.resampled));
  return holding[0]?.index ?? -1;
};
