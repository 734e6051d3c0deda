'use strict';
/** How each kind looks: a zone's fill behind the candles, and lines, marks and labels before them. */
report.zoneStyles = {
  order_block: { bullish: 'gain', bearish: 'loss', alpha: 0.26, dash: [] },
  extreme_order_block: { bullish: 'gain', bearish: 'loss', alpha: 0.12, dash: [6, 3] },
  fair_value_gap: { bullish: 'accent', bearish: 'leverage', alpha: 0.2, dash: [1, 3] },
  liquidity: { bullish: 'distance', bearish: 'distance', alpha: 0.14, dash: [1, 3] },
};
const DIMMED = 0.55;
const BEFORE_KNOWN = [4, 4];

/** Places of an object on the canvas: where it begins, becomes known and is over. */
report.placesOf = (painter, one, last) => ({
  start: painter.x(one.origin),
  known: painter.after(one.known),
  end: painter.after(one.end ?? last),
  top: painter.y(one.top),
  bottom: painter.y(one.bottom),
});

report.zoneColour = (one) => {
  const style = report.zoneStyles[one.kind];
  return report.colour(one.direction > 0 ? style.bullish : style.bearish);
};

/** A zone is filled from where it was known on, fainter once price has reached its middle. */
report.fillZone = (painter, one, last) => {
  const { known, end, top, bottom } = report.placesOf(painter, one, last);
  const colour = report.zoneColour(one);
  const { alpha } = report.zoneStyles[one.kind];
  const middle = one.mitigated === null ? end : Math.min(end, painter.after(one.mitigated));
  painter.fill(known, middle, top, bottom, colour, alpha);
  painter.fill(middle, end, top, bottom, colour, alpha / 2);
};

report.outlineZone = (painter, one, last) => {
  const { start, known, end, top, bottom } = report.placesOf(painter, one, last);
  const colour = report.zoneColour(one);
  const { dash } = report.zoneStyles[one.kind];
  const edge = start - painter.spacing / 2;
  for (const height of [top, bottom]) {
    painter.line(edge, known, height, { colour, dash: BEFORE_KNOWN, alpha: DIMMED });
    painter.line(known, end, height, { colour, dash, alpha: 0.9 });
  }
  if (one.kind === 'fair_value_gap') painter.line(known, end, (top + bottom) / 2, { colour, dash: [1, 5], alpha: DIMMED });
};

report.labelZone = (painter, one, last, words) => {
  const { known, end, top, bottom } = report.placesOf(painter, one, last);
  if (end < 0 || known > painter.size.width) return;
  const text = report.structureLabel(one, words);
  const colour = report.zoneColour(one);
  const room = Math.min(end, painter.size.width) - Math.max(known, 0);
  if (one.kind === 'liquidity') {
    painter.label(text, Math.max(known, 0) + 3, one.direction > 0 ? top : bottom, { colour, place: one.direction > 0 ? 'above' : 'below' });
  } else if (room > 3 * painter.spacing) painter.label(text, Math.max(known, 0) + 3, (top + bottom) / 2, { colour });
};

/** From the broken swing to the candle that closed beyond it; a dot is where that was known. */
report.drawBreak = (painter, one, last, words) => {
  const isChange = one.kind === 'change_of_character';
  const colour = report.colour(isChange ? 'margin' : 'text');
  const { start, top } = report.placesOf(painter, one, last);
  const end = painter.x(one.known);
  painter.line(start, end, top, { colour, dash: BEFORE_KNOWN, width: isChange ? 1.5 : 1, alpha: 0.9 });
  painter.context.globalAlpha = 1;
  painter.context.fillStyle = colour;
  painter.context.beginPath();
  painter.context.arc(end, top, 2.5, 0, 2 * Math.PI);
  painter.context.fill();
  const place = one.direction > 0 ? 'above' : 'below';
  painter.label(report.structureLabel(one, words), (start + end) / 2, top, { colour, place, align: 'middle' });
};

/** A triangle at the pivot, and a dashed way to where its last candle to the right had closed. */
report.drawSwing = (painter, one) => {
  const colour = report.colour('accent');
  const [start, known, level] = [painter.x(one.origin), painter.after(one.known), painter.y(one.top)];
  if (known < 0 || start > painter.size.width) return;
  const tip = level - 3 * one.direction;
  painter.triangle(start, tip, one.direction, colour);
  painter.line(start, known, level, { colour, dash: [2, 2], alpha: 0.8 });
  painter.segment({ x: known, y: level - 3 }, { x: known, y: level + 3 }, { colour, width: 1.5 });
};

/** The level that was swept, and a hollow triangle at the wick that went beyond. */
report.drawSweep = (painter, one) => {
  const colour = report.colour('warn');
  const isOfLows = one.direction > 0;
  const [level, wick] = isOfLows ? [one.top, one.bottom] : [one.bottom, one.top];
  const at = painter.x(one.known);
  painter.line(painter.x(one.origin), at, painter.y(level), { colour, dash: [2, 3], alpha: 0.9 });
  const tip = painter.y(wick) + (isOfLows ? 3 : -3);
  painter.triangle(at, tip, -one.direction, colour, true);
  painter.label('sweep', at, tip + (isOfLows ? 8 : -8), { colour, place: isOfLows ? 'below' : 'above', align: 'middle' });
};

/** A level of a day, week or session: dashed from its candle until that was over, then solid until price goes beyond. */
report.drawPeriodLevel = (painter, one, last, words) => {
  const colour = report.colour({ previous_day: 'text', previous_week: 'margin', session: 'leverage' }[one.kind]);
  const { start, known, end, top } = report.placesOf(painter, one, last);
  if (end < 0 || start > painter.size.width) return;
  painter.line(start, known, top, { colour, dash: BEFORE_KNOWN, alpha: 0.4 });
  painter.line(known, end, top, { colour, alpha: 0.7 });
  if (known > painter.size.width) return;
  const place = one.direction > 0 ? 'above' : 'below';
  painter.label(report.structureLabel(one, words), Math.max(known, 0) + 3, top, { colour, place });
};
