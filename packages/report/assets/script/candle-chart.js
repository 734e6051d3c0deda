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
  const view = report.createCandleView(all);
  const overlay = report.createOverlay(chart, candles, view);

  const markVisible = () => {
    const range = chart.timeScale().getVisibleLogicalRange();
    if (range === null || view.bars.length === 0) return;
    const { markers, shown, inside } = view.markersWithin(range);
    marks.setMarkers(markers);
    document.getElementById('candle-note').textContent = view.note(shown, inside);
    overlay.redraw();
  };
  const fit = () => report.showWhole(chart, view.bars.length);
  const describe = (at) => {
    document.getElementById('candle-readout').textContent = view.describe(at);
  };
  const pick = (index) => {
    view.pick(index);
    picker.value = String(index);
    // Old markers must go before their candles do: the chart looks their times up.
    marks.setMarkers([]);
    candles.applyOptions({ priceFormat: { type: 'price', precision: view.encoded.digits, minMove: 10 ** -view.encoded.digits } });
    candles.setData(view.bars);
    fit();
    describe(view.bars.length - 1);
    controls.restart();
    markVisible();
  };
  const goTo = (row, count) => chart.timeScale().setVisibleLogicalRange({ from: row - 0.5, to: row + count - 0.5 });
  const show = (trade) => {
    if (trade < 0 || trade >= view.trades.entry.length) return;
    view.current = trade;
    const { from, to } = view.spanOf(trade);
    const margin = Math.max(20, Math.round((to - from) * 0.5));
    chart.timeScale().setVisibleLogicalRange({ from: from - margin, to: to + margin });
    describe(from);
  };

  chart.timeScale().subscribeVisibleLogicalRangeChange(markVisible);
  chart.subscribeCrosshairMove((event) => {
    describe(event.time === undefined ? view.bars.length - 1 : report.indexAt(view.times, event.time));
    controls.point(event.point === undefined || event.time === undefined ? null : event);
  });
  const restyle = () => {
    candles.applyOptions(report.candleColours());
    markVisible();
  };
  report.charts.push({ chart, restyle });
  const controls = report.connectStructureControls({ chart, candles, view, overlay, markVisible });
  report.connectCandleControls({ all, view, picker, pick, show, fit });
  pick(0);
  restyle();
  report.followAddress({ all, view, pick, goTo, controls });
};

report.candleColours = () => {
  const [gain, loss] = [report.colour('gain'), report.colour('loss')];
  return { upColor: gain, borderUpColor: gain, wickUpColor: gain, downColor: loss, borderDownColor: loss, wickDownColor: loss };
};

/** Picker, buttons and the way from the trades table into the chart. */
report.connectCandleControls = ({ all, view, picker, pick, show, fit }) => {
  picker.addEventListener('change', () => pick(Number(picker.value)));
  document.getElementById('previous-trade').addEventListener('click', () => show(Math.max(0, view.current - 1)));
  document.getElementById('next-trade').addEventListener('click', () => show(Math.min(view.trades.entry.length - 1, view.current + 1)));
  document.getElementById('whole-range').addEventListener('click', fit);

  /** Goes to a trade by its symbol and number; false when the chart has no candles or no mark for it. */
  report.showTrade = (symbol, id) => {
    const index = all.findIndex((one) => one.symbol === symbol);
    if (index === -1) return false;
    if (view.encoded !== all[index]) pick(index);
    const trade = view.trades.id.indexOf(id);
    if (trade === -1) return false;
    show(trade);
    return true;
  };
};
