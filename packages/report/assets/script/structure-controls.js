'use strict';
/** Boxes that say what is drawn over the candles, the picker of the structure's interval, and the lines of text that go with them. */
report.connectStructureControls = ({ chart, candles, view, overlay, markVisible }) => {
  const box = document.getElementById('structure-controls');
  if (box === null) return { restart: () => {}, point: () => {}, show: (ids) => ids, pickInterval: () => false };
  const inputs = [...box.querySelectorAll('input[data-layer]')];
  const picker = document.getElementById('structure-interval');
  const readout = document.getElementById('structure-readout');
  const note = document.getElementById('structure-note');

  const read = () => {
    overlay.shown = new Set(inputs.filter((input) => input.checked).map((input) => input.dataset.layer));
    view.hasTrades = overlay.shown.has('trades');
    markVisible();
  };
  const pickLayer = (index) => {
    view.pickLayer(index);
    overlay.redraw();
  };
  /** What is not drawn, and why. The chart knows how wide a candle is only once it has been drawn. */
  const explain = () => {
    if (note !== null) note.textContent = report.structureNote(view, overlay);
  };
  box.addEventListener('change', (event) => {
    if (event.target === picker) pickLayer(Number(picker.value));
    read();
    requestAnimationFrame(explain);
  });
  chart.timeScale().subscribeVisibleLogicalRangeChange(() => requestAnimationFrame(explain));
  read();
  return {
    /** For other candles: their intervals, the first of which is drawn. */
    restart: () => {
      if (picker !== null) {
        picker.replaceChildren(...view.layers.map(({ interval, text }, k) => new Option(`${interval} · ${text}`, String(k))));
        picker.disabled = view.layers.length < 2;
        picker.closest('label').hidden = view.layers.length === 0;
      }
      requestAnimationFrame(explain);
    },
    /** Describes the objects that a pointer is over. */
    point: (event) => {
      if (event === null || readout === null) return;
      const texts = report.structuresAt(view, overlay, candles, event);
      if (texts.length > 0) readout.textContent = texts.join(' · ');
    },
    /** Turns these on and the rest off; returns those of them that there is no box for. */
    show: (ids) => {
      for (const input of inputs) input.checked = ids.includes(input.dataset.layer);
      read();
      return ids.filter((id) => id !== 'none' && !inputs.some((input) => input.dataset.layer === id));
    },
    /** False where there is no structure of that interval. */
    pickInterval: (interval) => {
      const index = view.layers.findIndex((layer) => layer.interval === interval);
      if (index === -1) return false;
      picker.value = String(index);
      pickLayer(index);
      return true;
    },
  };
};

report.structureNote = (view, overlay) => {
  if (report.data.structures === null) return '';
  if (view.structure === null)
    return 'Structures are drawn on candles as the run had them, not on merged ones: pick a symbol’s last candles.';
  const { layer, objects } = view.structure;
  const parts = [];
  if (overlay.isTooNarrow) {
    const width = `${report.leastCandleWidth} pixels wide`;
    parts.push(
      `Zoom in to see all structures: they are drawn where a ${layer.interval} candle is ${width} or more, levels of days and weeks before that.`,
    );
  }
  if (objects.length < layer.total) parts.push(`Only the last ${objects.length} of ${layer.total} objects can be drawn.`);
  return parts.join(' ');
};

/** Words for the drawn objects at a pointer: zones that hold its price, levels within four pixels. At most three, the newest. */
report.structuresAt = (view, overlay, candles, event) => {
  if (view.structure === null || overlay.isTooNarrow) return [];
  const row = report.indexAt(view.times, event.time);
  const { y } = event.point;
  const last = view.bars.length - 1;
  const isOver = (one) => {
    if (!overlay.shown.has(report.layerOf(one.kind)) || row < one.origin || row > (one.end ?? last)) return false;
    const [top, bottom] = [candles.priceToCoordinate(one.top), candles.priceToCoordinate(one.bottom)];
    return top !== null && bottom !== null && y >= top - 4 && y <= bottom + 4;
  };
  const over = view.structure.objects.filter(isOver);
  return over.slice(-3).map((one) => report.describeStructure(one, view));
};
