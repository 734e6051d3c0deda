'use strict';
/** Candles of one symbol at a time with the entries and exits of its trades. */
report.drawCandles = () => {
  const box = document.getElementById('candle-chart');
  if (box === null) return;
  const all = report.data.candles.filter((one) => one.time.length > 0);
  const { createChart, CandlestickSeries, createSeriesMarkers } = LightweightCharts;
  const chart = createChart(
    box,
    report.chartOptions(() => chart),
  );
  const candles = chart.addSeries(CandlestickSeries, { priceLineVisible: false });
  const marks = createSeriesMarkers(candles, []);
  const picker = document.getElementById('symbol-picker');
  const state = { encoded: null, bars: [], times: [], trades: null, current: -1 };

  const markVisible = () => {
    const range = chart.timeScale().getVisibleLogicalRange();
    if (range === null || state.bars.length === 0) return;
    const last = state.bars.length - 1;
    const bound = (value) => Math.min(last, Math.max(0, Math.round(value)));
    const step = last > 0 ? state.times[1] - state.times[0] : 0;
    const from = state.times[bound(range.from)];
    const to = state.times[bound(range.to)] + step;
    const { markers, shown, inside } = report.tradeMarkers(state.trades, state.times, from, to);
    marks.setMarkers(markers);
    document.getElementById('candle-note').textContent = note(shown, inside);
  };

  const note = (shown, inside) => {
    const { encoded, trades } = state;
    const parts = [];
    if (encoded.resampled) parts.push(`Merged from ${encoded.interval} to ${encoded.shownInterval} candles for display.`);
    if (trades.total > trades.entry.length) parts.push(`Only the first ${trades.entry.length} of ${trades.total} trades can be marked.`);
    if (shown < inside)
      parts.push(`${shown} of the ${inside} trades in view are marked, those with the largest profit or loss: zoom in for the rest.`);
    else parts.push(`All ${inside} trades in view are marked.`);
    return parts.join(' ');
  };

  const pick = (index) => {
    state.encoded = all[index];
    state.bars = report.decodeCandles(state.encoded);
    state.times = state.bars.map((bar) => bar.time);
    state.trades = report.data.trades.find((one) => one.symbol === state.encoded.symbol);
    state.current = -1;
    picker.value = String(index);
    marks.setMarkers([]);
    candles.applyOptions({ priceFormat: { type: 'price', precision: state.encoded.digits, minMove: 10 ** -state.encoded.digits } });
    candles.setData(state.bars);
    chart.timeScale().fitContent();
    describe(state.bars.length - 1);
    markVisible();
  };

  const describe = (at) => {
    const bar = state.bars[at];
    if (bar === undefined) return;
    const price = (value) => value.toFixed(state.encoded.digits);
    document.getElementById('candle-readout').textContent =
      `${state.encoded.symbol} ${state.encoded.shownInterval}  ${report.timeText(bar.time)}  O ${price(bar.open)}  H ${price(bar.high)}  L ${price(bar.low)}  C ${price(bar.close)}`;
  };

  const show = (trade) => {
    if (trade < 0 || trade >= state.trades.entry.length) return;
    state.current = trade;
    const entry = report.indexAt(state.times, state.trades.entry[trade]);
    const exit = state.trades.exit[trade] === -1 ? state.times.length - 1 : report.indexAt(state.times, state.trades.exit[trade]);
    const margin = Math.max(20, Math.round((exit - entry) * 0.5));
    chart.timeScale().setVisibleLogicalRange({ from: entry - margin, to: exit + margin });
    describe(Math.max(entry, 0));
  };

  picker.addEventListener('change', () => pick(Number(picker.value)));
  document.getElementById('previous-trade').addEventListener('click', () => show(Math.max(0, state.current - 1)));
  document.getElementById('next-trade').addEventListener('click', () => show(Math.min(state.trades.entry.length - 1, state.current + 1)));
  document.getElementById('whole-range').addEventListener('click', () => chart.timeScale().fitContent());
  chart.timeScale().subscribeVisibleLogicalRangeChange(markVisible);
  chart.subscribeCrosshairMove((event) => {
    describe(event.time === undefined ? state.bars.length - 1 : report.indexAt(state.times, event.time));
  });

  /** Goes to a trade by its symbol and number; false when the chart has no candles or no mark for it. */
  report.showTrade = (symbol, id) => {
    const index = all.findIndex((one) => one.symbol === symbol);
    if (index === -1) return false;
    if (state.encoded !== all[index]) pick(index);
    const trade = state.trades.id.indexOf(id);
    if (trade === -1) return false;
    show(trade);
    return true;
  };

  const restyle = () => {
    const [gain, loss] = [report.colour('gain'), report.colour('loss')];
    candles.applyOptions({
      upColor: gain,
      borderUpColor: gain,
      wickUpColor: gain,
      downColor: loss,
      borderDownColor: loss,
      wickDownColor: loss,
    });
    markVisible();
  };
  report.charts.push({ chart, restyle });
  pick(0);
  restyle();
};
