'use strict';
/** Everything that the page's scripts share; each file adds its part. */
const report = {
  data: JSON.parse(document.getElementById('report-data').textContent),
  charts: [],
  satsPerUsdt: 1e8,
};

/** Colours asked for under the current scheme: the style sheet is slow to ask, and a frame needs hundreds. */
report.palette = new Map();

/** Value of a colour of the style sheet under the current scheme. */
report.colour = (name) => {
  const known = report.palette.get(name);
  if (known !== undefined) return known;
  const colour = getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
  report.palette.set(name, colour);
  return colour;
};

report.usdt = new Intl.NumberFormat('en', { minimumFractionDigits: 2, maximumFractionDigits: 2 });

/** Seconds UTC as `2025-01-31 23:59`. */
report.timeText = (seconds) => new Date(seconds * 1000).toISOString().slice(0, 16).replace('T', ' ');

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Labels of the time axis: a time of day only where the view is short enough for it to mean something. */
report.tickText = (chart) => (seconds, kind) => {
  const date = new Date(seconds * 1000);
  if (kind === 0) return String(date.getUTCFullYear());
  if (kind === 1) return MONTHS[date.getUTCMonth()];
  const range = chart?.().timeScale().getVisibleRange() ?? null;
  if (kind >= 3 && range !== null && range.to - range.from < 4 * 86_400) return report.timeText(seconds).slice(11);
  return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]}`;
};

/** Options that every chart shares: colours come from the style sheet, so that there is one palette. */
report.chartOptions = (chart) => ({
  autoSize: true,
  layout: {
    background: { type: 'solid', color: report.colour('surface') },
    textColor: report.colour('muted'),
    fontFamily: getComputedStyle(document.body).fontFamily,
    fontSize: 11,
    attributionLogo: false,
    panes: { separatorColor: report.colour('line'), separatorHoverColor: report.colour('line'), enableResize: false },
  },
  grid: { vertLines: { color: report.colour('grid') }, horzLines: { color: report.colour('grid') } },
  rightPriceScale: { borderColor: report.colour('line') },
  timeScale: {
    borderColor: report.colour('line'),
    timeVisible: true,
    secondsVisible: false,
    tickMarkFormatter: report.tickText(chart),
    minBarSpacing: 0.01,
  },
  crosshair: { mode: 0 },
  localization: { locale: 'en', timeFormatter: report.timeText },
  handleScroll: { vertTouchDrag: false },
});

/** Shows all of so many points, with room for half a label before the first. */
report.showWhole = (chart, count) => {
  chart.timeScale().setVisibleLogicalRange({ from: -0.5 - count * 0.02, to: count - 0.5 });
};

/** Redraws every chart in the colours of the scheme that is now in force. */
report.restyle = () => {
  report.palette.clear();
  for (const { chart, restyle } of report.charts) {
    chart.applyOptions(report.chartOptions(() => chart));
    restyle();
  }
};
