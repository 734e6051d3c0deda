import { html, type Html } from '../html.ts';
import type { PageData } from '../page-data.ts';

interface Layer {
  /** Word of the page's address and of the structure's log. */
  readonly id: string;
  readonly name: string;
  readonly isOn: boolean;
}

/** What can be drawn of a structure. A chart with everything on it shows nothing, so few are drawn at first. */
const STRUCTURE_LAYERS: readonly Layer[] = [
  { id: 'order_block', name: 'Order blocks', isOn: true },
  { id: 'extreme_order_block', name: 'Extreme order blocks', isOn: false },
  { id: 'fair_value_gap', name: 'Fair value gaps', isOn: false },
  { id: 'break', name: 'BOS and CHOCH', isOn: true },
  { id: 'swing', name: 'Swings', isOn: false },
  { id: 'liquidity', name: 'Equal highs and lows', isOn: false },
  { id: 'sweep', name: 'Sweeps', isOn: false },
  { id: 'premium', name: 'Premium and discount', isOn: false },
  { id: 'previous_day', name: 'Previous day', isOn: false },
  { id: 'previous_week', name: 'Previous week', isOn: false },
  { id: 'session', name: 'Sessions', isOn: false },
  { id: 'kill_zone', name: 'Kill zones', isOn: false },
];
const TRADES_LAYER: Layer = { id: 'trades', name: 'Trades', isOn: true };
const VIRTUAL_LAYER: Layer = { id: 'virtual', name: 'Virtual positions', isOn: false };

/** Boxes for what is drawn over the candles; null where the run has nothing of the kind. */
export function structureControls({ structures, virtual }: PageData, unread: readonly string[]): Html | null {
  const own = [...(structures === null ? [] : STRUCTURE_LAYERS), ...(virtual === null ? [] : [VIRTUAL_LAYER])];
  const notRead =
    unread.length === 0
      ? null
      : html`<p class="caption">Whether ${unread.join(', ')} has structures to draw is not known: this version cannot read it.</p>`;
  if (own.length === 0) return notRead;
  return html`<fieldset class="layers" id="structure-controls">
      <legend>Drawn on the candles</legend>
      ${[TRADES_LAYER, ...own].map(checkbox)} ${structures === null ? null : intervalPicker()}
    </fieldset>
    ${notRead}`;
}

function checkbox({ id, name, isOn }: Layer): Html {
  return isOn
    ? html`<label><input type="checkbox" data-layer="${id}" checked />${name}</label>`
    : html`<label><input type="checkbox" data-layer="${id}" />${name}</label>`;
}

function intervalPicker(): Html {
  return html`<label
    >of
    <select id="structure-interval"></select
  ></label>`;
}

/** What is under the pointer, what is not drawn and why, and how to read what is; null without anything to draw. */
export function drawnCaption({ structures, virtual }: PageData): Html | null {
  const ofVirtual =
    virtual === null
      ? null
      : html`Virtual positions are lines from entry to exit, those of shorts dashed, green where the return exceeded the fees.`;
  if (structures === null) return ofVirtual === null ? null : html`<p class="caption">${ofVirtual}</p>`;
  return html`<p class="caption"><output id="structure-readout">Point at a structure to read what it is and when it was known.</output></p>
    <p class="caption">
      <span id="structure-note"></span> Dashed: before it was known. A zone is filled, and a level solid, from the close at which it was
      known until it was over, a zone fainter once price had reached its middle. The structures were found again on these candles by the
      rules of the run's own features. ${ofVirtual}
    </p>`;
}
