'use strict';
/** What stands below the equity: one entry a pane, in this order; a pane without values is not drawn. */
report.lowerPanes = (curve) => {
  const percent = { type: 'custom', minMove: 0.0001, formatter: (value) => `${(value * 100).toFixed(1).replace('-', '−')} %` };
  const times = { type: 'custom', minMove: 0.01, formatter: (value) => `${value.toFixed(2)}×` };
  const coins = { type: 'custom', minMove: 1, formatter: (value) => report.compact.format(value) };
  const panes = [
    { title: 'Drawdown', values: curve.drawdown, colour: 'loss', format: percent, fill: true },
    {
      title: 'Exposure, USDT',
      values: curve.exposure.map((sats) => sats / report.satsPerUsdt),
      colour: 'leverage',
      format: coins,
      fill: true,
    },
    { title: 'Gross leverage', values: curve.leverage, colour: 'leverage', format: times, steps: true },
    { title: 'Margin ratio', values: curve.marginRatio, colour: 'margin', format: percent, fill: true },
    { title: 'Distance to liquidation', values: curve.liquidationDistance, colour: 'distance', format: percent },
  ];
  return panes.filter((pane) => pane.values.length > 0);
};

report.compact = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });

/** Adds one pane with its title; returns what gives it the colours in force. */
report.addPane = (chart, index, pane, time) => {
  const { LineSeries, BaselineSeries, createTextWatermark } = LightweightCharts;
  const quiet = { priceLineVisible: false, lastValueVisible: false, crosshairMarkerVisible: false, lineWidth: 1, priceFormat: pane.format };
  const line = { lineType: pane.steps ? 1 : 0 };
  const base = pane.fill ? { baseValue: { type: 'price', price: 0 } } : {};
  const series = chart.addSeries(pane.fill ? BaselineSeries : LineSeries, { ...quiet, ...line, ...base }, index);
  series.setData(report.withGaps(time, pane.values));
  const dots = chart.addSeries(LineSeries, { ...quiet, lineVisible: false, pointMarkersVisible: true, pointMarkersRadius: 1 }, index);
  dots.setData(report.lonePoints(time, pane.values));
  // Room for the title above, and below for the label of an axis that ends at zero.
  series.priceScale().applyOptions({ scaleMargins: { top: 0.3, bottom: 0.14 }, entireTextOnly: true });
  const drawn = chart.panes()[index];
  drawn.setStretchFactor(2);
  const title = createTextWatermark(drawn, {});
  return () => {
    const colour = report.colour(pane.colour);
    title.applyOptions({
      horzAlign: 'left',
      vertAlign: 'top',
      lines: [
        { text: ` ${pane.title}`, color: report.colour('muted'), fontSize: 11, fontFamily: getComputedStyle(document.body).fontFamily },
      ],
    });
    dots.applyOptions({ color: colour });
    series.applyOptions(pane.fill ? report.filled(colour, pane.colour === 'loss') : { color: colour });
  };
};

/** Colours of an area between a line and zero, above it or below. */
report.filled = (colour, below) => ({
  topLineColor: colour,
  bottomLineColor: colour,
  topFillColor1: below ? 'transparent' : `${colour}58`,
  topFillColor2: below ? 'transparent' : `${colour}18`,
  bottomFillColor1: below ? `${colour}18` : 'transparent',
  bottomFillColor2: below ? `${colour}58` : 'transparent',
});

/** Points of a line that breaks where there is no value, instead of bridging it. */
report.withGaps = (times, values) => {
  let last = values.find((value) => value !== null) ?? 0;
  return times.map((time, i) => {
    const value = values[i];
    if (value === null) return { time, value: last, color: 'transparent' };
    last = value;
    // The stretch to a point has the point's colour: the first one after a gap would bridge it.
    return values[i - 1] === null ? { time, value, color: 'transparent' } : { time, value };
  });
};

/** Points between two gaps, which no stretch of a line leads to or from. */
report.lonePoints = (times, values) => {
  const absent = (i) => values[i] === null || values[i] === undefined;
  const alone = (i) => !absent(i) && absent(i - 1) && absent(i + 1);
  return times.flatMap((time, i) => (alone(i) ? [{ time, value: values[i] }] : []));
};
