'use strict';
report.makeSortable();
report.drawEquity();
report.drawCandles();

document.addEventListener('click', (event) => {
  const button = event.target.closest('button[data-trade]');
  if (button === null) return;
  const found = report.showTrade?.(button.dataset.symbol, Number(button.dataset.trade)) ?? false;
  if (found) document.getElementById('candles-title').scrollIntoView();
});
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', report.restyle);
// Paper is white: charts are redrawn in light colours for the time of printing.
addEventListener('beforeprint', () => {
  document.documentElement.classList.add('printing');
  report.restyle();
});
addEventListener('afterprint', () => {
  document.documentElement.classList.remove('printing');
  report.restyle();
});
