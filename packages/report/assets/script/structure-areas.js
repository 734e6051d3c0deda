'use strict';
/** Premium above the middle of the last swing range, discount below it, each stretch from where its range was known. */
report.fillRanges = (painter, ranges, last) => {
  const [gain, loss] = [report.colour('gain'), report.colour('loss')];
  for (const range of ranges) {
    const [from, to] = [painter.after(range.from), painter.after(range.to ?? last)];
    if (to < 0 || from > painter.size.width) continue;
    const [high, low] = [painter.y(range.high), painter.y(range.low)];
    const middle = (high + low) / 2;
    painter.fill(from, to, high, middle, loss, 0.1);
    painter.fill(from, to, middle, low, gain, 0.1);
  }
};

report.outlineRanges = (painter, ranges, last) => {
  const colour = report.colour('muted');
  for (const range of ranges) {
    const [from, to] = [painter.after(range.from), painter.after(range.to ?? last)];
    if (to < 0 || from > painter.size.width) continue;
    const [high, low] = [painter.y(range.high), painter.y(range.low)];
    painter.line(from, to, (high + low) / 2, { colour, dash: [5, 3], alpha: 0.9 });
    if (Math.min(to, painter.size.width) - Math.max(from, 0) < 60) continue;
    const start = Math.max(from, 0) + 3;
    painter.label('premium', start, (3 * high + low) / 4, { colour: report.colour('loss') });
    painter.label('discount', start, (high + 3 * low) / 4, { colour: report.colour('gain') });
  }
};

/** Stretches of rows that lie in a kill zone, between two rows: hours of the day in UTC by the candles' open times. */
report.killZoneStretches = (times, zones, first, last) => {
  const stretches = [];
  for (let row = Math.max(0, first); row <= Math.min(last, times.length - 1); row += 1) {
    const hour = (times[row] / 3600) % 24;
    const zone = zones.findIndex(({ startHour, hours }) => (hour - startHour + 24) % 24 < hours);
    if (zone === -1) continue;
    const before = stretches.at(-1);
    if (before !== undefined && before.zone === zone && before.to === row - 1) before.to = row;
    else stretches.push({ zone, name: zones[zone].name, from: row, to: row });
  }
  return stretches;
};

/** Zones that lie side by side have different colours. */
report.killZoneColour = (zone) => report.colour(zone % 2 === 0 ? 'distance' : 'accent');

report.fillKillZones = (painter, stretches) => {
  for (const { zone, from, to } of stretches) {
    const start = painter.x(from) - painter.spacing / 2;
    painter.fill(start, painter.after(to), 0, painter.size.height, report.killZoneColour(zone), 0.08);
  }
};

report.labelKillZones = (painter, stretches) => {
  for (const { zone, name, from, to } of stretches) {
    painter.label(report.spoken(name), painter.x((from + to) / 2), 10, { colour: report.killZoneColour(zone), align: 'middle' });
  }
};

/** Virtual positions in view as thin lines from entry to exit; returns how many there were. */
report.drawVirtual = (painter, positions, view) => {
  let drawn = 0;
  for (const one of positions) {
    const [from, to] = [view.rowAt(one.opened), view.rowAt(one.closed)];
    const [start, end] = [painter.x(from), painter.x(to)];
    if (end < 0 || start > painter.size.width) continue;
    const colour = report.colour(one.won ? 'gain' : 'loss');
    const places = [
      { x: start, y: painter.y(one.entry) },
      { x: end, y: painter.y(one.exit) },
    ];
    painter.segment(places[0], places[1], { colour, dash: one.direction > 0 ? [] : [5, 3], width: 1.25, alpha: 0.9 });
    painter.context.fillStyle = colour;
    painter.context.fillRect(start - 2, places[0].y - 2, 4, 4);
    drawn += 1;
  }
  return drawn;
};
