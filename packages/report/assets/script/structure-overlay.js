'use strict';
/** Zones lie behind the candles, the rest before them; those that come first take the room for their labels first. */
report.zoneOrder = ['fair_value_gap', 'extreme_order_block', 'order_block', 'liquidity'];
report.frontOrder = [
  ['change_of_character', (...given) => report.drawBreak(...given)],
  ['break_of_structure', (...given) => report.drawBreak(...given)],
  ['sweep', (...given) => report.drawSweep(...given)],
  ['swing', (...given) => report.drawSwing(...given)],
  ['previous_week', (...given) => report.drawPeriodLevel(...given)],
  ['previous_day', (...given) => report.drawPeriodLevel(...given)],
  ['session', (...given) => report.drawPeriodLevel(...given)],
];

/** Least width of a structure's own candle, in pixels, at which it is drawn; what happens once a day or week needs less. */
report.leastCandleWidth = 3;
/** What hangs on no structure. */
report.alwaysDrawn = ['trades', 'virtual'];
report.leastWidths = { kill_zone: 0.6, session: 0.6, previous_day: 0.3, previous_week: 0.05 };

/**
 * What is drawn over the candles: structures of one layer, virtual positions. `shown` holds the ids of the controls that are on.
 */
report.createOverlay = (chart, series, view) => {
  const overlay = { shown: new Set(), isTooNarrow: false, virtualDrawn: 0 };
  /** Rows at the left and right edge of the view. */
  const edges = (painter) => {
    const first = -painter.x(0) / painter.spacing;
    return { first: first - 1, last: first + painter.size.width / painter.spacing + 1 };
  };
  const isWide = (painter, id) => {
    const width = (painter.spacing * view.structure.layer.intervalMs) / 1000 / view.step;
    return width >= (report.leastWidths[id] ?? report.leastCandleWidth);
  };
  const isShown = (painter, id) => overlay.shown.has(id) && isWide(painter, id);
  const objectsOf = (painter, kind, last) => {
    const own = isShown(painter, report.layerOf(kind)) ? view.structure.byKind.get(kind) : undefined;
    if (own === undefined) return [];
    const edge = edges(painter);
    return own.filter((one) => one.origin <= edge.last && (one.end ?? last) >= edge.first);
  };
  const stretches = (painter) => {
    const { first, last } = edges(painter);
    return report.killZoneStretches(view.times, view.structure.words.killZones, Math.floor(first), Math.ceil(last));
  };
  /** Whether there is anything to draw; remembers what is not for want of room. */
  const isDrawn = (painter) => {
    if (view.structure === null) return false;
    overlay.isTooNarrow = [...overlay.shown].some((id) => !report.alwaysDrawn.includes(id) && !isWide(painter, id));
    return true;
  };
  const behind = (painter) => {
    if (!isDrawn(painter)) return;
    const last = view.bars.length - 1;
    if (isShown(painter, 'kill_zone')) report.fillKillZones(painter, stretches(painter));
    if (isShown(painter, 'premium')) report.fillRanges(painter, view.structure.ranges, last);
    for (const kind of report.zoneOrder) for (const one of objectsOf(painter, kind, last)) report.fillZone(painter, one, last);
  };
  const before = (painter) => {
    overlay.virtualDrawn = overlay.shown.has('virtual') ? report.drawVirtual(painter, view.virtual, view) : 0;
    if (!isDrawn(painter)) return;
    const last = view.bars.length - 1;
    const { words } = view.structure;
    const zones = report.zoneOrder.flatMap((kind) => objectsOf(painter, kind, last));
    for (const one of zones) report.outlineZone(painter, one, last);
    for (const [kind, draw] of report.frontOrder) for (const one of objectsOf(painter, kind, last)) draw(painter, one, last, words);
    for (const one of zones.toReversed()) report.labelZone(painter, one, last, words);
    if (isShown(painter, 'premium')) report.outlineRanges(painter, view.structure.ranges, last);
    if (isShown(painter, 'kill_zone')) report.labelKillZones(painter, stretches(painter));
  };
  const paneView = (zOrder, paint) => ({
    zOrder: () => zOrder,
    renderer: () => ({
      draw: (target) =>
        target.useMediaCoordinateSpace(({ context, mediaSize }) => {
          if (view.bars.length === 0) return;
          context.save();
          paint(report.createPainter(context, mediaSize, chart, series));
          context.restore();
        }),
    }),
  });
  const views = [paneView('bottom', behind), paneView('normal', before)];
  let requestUpdate = () => {};
  series.attachPrimitive({
    attached: (given) => {
      requestUpdate = given.requestUpdate;
    },
    paneViews: () => views,
  });
  overlay.redraw = () => requestUpdate();
  return overlay;
};
