'use strict';
/** Equity and benchmark, and below them what the positions did, in panes over one time axis. */
report.drawEquity = () => {
  const box = document.getElementById('equity-chart');
  const { curve } = report.data;
  if (box === null || curve.time.length === 0) return;
  const { createChart, LineSeries } = LightweightCharts;
  const chart = createChart(
    box,
    report.chartOptions(() => chart),
  );
  const money = { type: 'custom', minMove: 0.01, formatter: (value) => report.usdt.format(value) };
  const quiet = { priceLineVisible: false, lastValueVisible: false, crosshairMarkerVisible: false, priceFormat: money };
  const benchmark = chart.addSeries(LineSeries, { ...quiet, lineWidth: 1 }, 0);
  const equity = chart.addSeries(LineSeries, { ...quiet, lineWidth: 2, lastValueVisible: true }, 0);
  const points = (values) => curve.time.map((time, i) => ({ time, value: values[i] / report.satsPerUsdt }));
  equity.setData(points(curve.equity));
  benchmark.setData(points(curve.benchmark));
  chart.panes()[0].setStretchFactor(6);
  const restylePanes = report.lowerPanes(curve).map((pane, i) => report.addPane(chart, i + 1, pane, curve.time));
  const restyle = () => {
    equity.applyOptions({ color: report.colour('accent') });
    benchmark.applyOptions({ color: report.colour('muted') });
    for (const restylePane of restylePanes) restylePane();
  };
  restyle();
  report.charts.push({ chart, restyle });
  report.showWhole(chart, curve.time.length);
  const readout = document.getElementById('equity-readout');
  const last = curve.time.length - 1;
  const describe = (i) => {
    readout.textContent = report.equityText(curve, i);
  };
  describe(last);
  chart.subscribeCrosshairMove((event) => {
    const at = event.time === undefined ? last : report.indexAt(curve.time, event.time);
    describe(Math.max(at, 0));
  });
};

/** One point of every series in words; what the run does not have, or not there, is left out. */
report.equityText = (curve, i) => {
  const value = (values) => report.usdt.format(values[i] / report.satsPerUsdt);
  const percent = (values) => `${(values[i] * 100).toFixed(2).replace('-', '−')} %`;
  const has = (values) => values[i] !== undefined && values[i] !== null;
  const parts = [`${report.timeText(curve.time[i])}  ${value(curve.equity)} USDT`, `buy and hold ${value(curve.benchmark)}`];
  parts.push(`drawdown ${percent(curve.drawdown)}`);
  if (has(curve.exposure)) parts.push(`exposure ${value(curve.exposure)}, ${curve.leverage[i].toFixed(2)}×`);
  if (has(curve.marginRatio)) parts.push(`margin ratio ${percent(curve.marginRatio)}`);
  if (has(curve.liquidationDistance)) parts.push(`liquidation ${percent(curve.liquidationDistance)} away`);
  return parts.join(', ');
};

/** Index of the last time that is not after the given one, or −1. */
report.indexAt = (times, time) => {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (times[middle] <= time) low = middle + 1;
    else high = middle;
  }
  return low - 1;
};
