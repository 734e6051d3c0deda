'use strict';
/** Equity and benchmark, drawdown and leverage in three panes over one time axis. */
report.drawEquity = () => {
  const box = document.getElementById('equity-chart');
  const { curve } = report.data;
  if (box === null || curve.time.length === 0) return;
  const { createChart, LineSeries, BaselineSeries } = LightweightCharts;
  const chart = createChart(
    box,
    report.chartOptions(() => chart),
  );
  const money = { type: 'custom', minMove: 0.01, formatter: (value) => report.usdt.format(value) };
  const percent = { type: 'custom', minMove: 0.0001, formatter: (value) => `${(value * 100).toFixed(1)} %` };
  const times = { type: 'custom', minMove: 0.01, formatter: (value) => `${value.toFixed(2)}×` };
  const quiet = { priceLineVisible: false, lastValueVisible: false, crosshairMarkerVisible: false };
  const benchmark = chart.addSeries(LineSeries, { ...quiet, lineWidth: 1, priceFormat: money }, 0);
  const equity = chart.addSeries(LineSeries, { ...quiet, lineWidth: 2, lastValueVisible: true, priceFormat: money }, 0);
  const drawdown = chart.addSeries(
    BaselineSeries,
    { ...quiet, lineWidth: 1, baseValue: { type: 'price', price: 0 }, priceFormat: percent },
    1,
  );
  const leverage = chart.addSeries(LineSeries, { ...quiet, lineWidth: 1, lineType: 1, priceFormat: times }, 2);
  const points = (values, scale) => curve.time.map((time, i) => ({ time, value: values[i] / scale }));
  equity.setData(points(curve.equity, report.satsPerUsdt));
  benchmark.setData(points(curve.benchmark, report.satsPerUsdt));
  drawdown.setData(points(curve.drawdown, 1));
  leverage.setData(points(curve.leverage, 1));
  drawdown.priceScale().applyOptions({ scaleMargins: { top: 0.16, bottom: 0.16 } });
  leverage.priceScale().applyOptions({ scaleMargins: { top: 0.28, bottom: 0 } });
  const [top, middle, bottom] = chart.panes();
  top.setStretchFactor(6);
  middle.setStretchFactor(2);
  bottom.setStretchFactor(1.8);
  const restyle = () => {
    equity.applyOptions({ color: report.colour('accent') });
    benchmark.applyOptions({ color: report.colour('muted') });
    const loss = report.colour('loss');
    drawdown.applyOptions({
      topLineColor: loss,
      topFillColor1: 'transparent',
      topFillColor2: 'transparent',
      bottomLineColor: loss,
      bottomFillColor1: `${loss}18`,
      bottomFillColor2: `${loss}58`,
    });
    leverage.applyOptions({ color: report.colour('leverage') });
  };
  restyle();
  report.charts.push({ chart, restyle });
  chart.timeScale().fitContent();
  const readout = document.getElementById('equity-readout');
  const describe = (i) => {
    const value = (values) => report.usdt.format(values[i] / report.satsPerUsdt);
    const fall = (curve.drawdown[i] * 100).toFixed(2).replace('-', '−');
    readout.textContent = `${report.timeText(curve.time[i])}  ${value(curve.equity)} USDT, buy and hold ${value(curve.benchmark)}, drawdown ${fall} %, ${curve.leverage[i].toFixed(2)}×`;
  };
  const last = curve.time.length - 1;
  describe(last);
  chart.subscribeCrosshairMove((event) => {
    const at = event.time === undefined ? last : report.indexAt(curve.time, event.time);
    describe(Math.max(at, 0));
  });
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
