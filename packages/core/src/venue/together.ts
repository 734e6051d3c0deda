import type { Sink } from '../engine/queue.ts';
import type { Tape } from '../market/tape.ts';
import type { Fact } from '../messages.ts';
import type { EpochMs, InstrumentId } from '../units.ts';
import type { VenueAccount } from './account.ts';
import type { VenueAssumptions } from './assumptions.ts';
import type { Books } from './books.ts';
import { fineSpanOf } from './fine-rows.ts';
import type { Frame } from './frame.ts';
import type { Affords } from './lane-orders.ts';
import type { LaneStart } from './lane.ts';
import { frozenStart, laneStart } from './lane-start.ts';
import type { MarkPrices } from './mark-prices.ts';
import { resolve } from './outcomes.ts';
import { rowAtOrBefore } from './price-rows.ts';
import type { VenueMarket } from './venue-market.ts';
import { factOf } from './walk-event.ts';

/** What a frame of several symbols is walked with. */
export interface FrameParts {
  readonly market: VenueMarket;
  readonly account: VenueAccount;
  readonly books: Books;
  readonly assumptions: VenueAssumptions;
  readonly affords: readonly Affords[];
  readonly frame: Frame;
  readonly fund: (tape: Tape, row: number, marks: MarkPrices | null) => unknown;
  readonly admit: (id: InstrumentId, until: EpochMs) => void;
  readonly settleEnd: (id: InstrumentId, ts: EpochMs) => void;
  readonly countAmbiguous: () => void;
}

/** One symbol's candle in a step of the frame, or its last one where it has none. */
interface Part {
  readonly id: InstrumentId;
  readonly tape: Tape;
  readonly row: number;
  readonly marks: MarkPrices | null;
  readonly isFrozen: boolean;
}

/**
 * Walks all symbols of a cross account in step (LIQ-9). Returns those that it went through, or null, with nothing changed but funding, when
 * neither path liquidates anything.
 */
export function walkTogether(parts: FrameParts, ts: number, out: Sink<Fact>): readonly number[] | null {
  const coarse = partsOf(parts, ts);
  const steps = finerSteps(parts, coarse) ?? [coarse];
  const ids = coarse.map(({ id }) => id);
  if (steps.length === 1) return walkStep(parts, coarse, ts as EpochMs, out, false) ? ids : null;
  // Finer steps are each a frame of their own; those that liquidate nothing are walked in step as well, which differs in nothing but the reading.
  for (const step of steps) walkStep(parts, step, step[0].tape.closeTs[step[0].row] as EpochMs, out, true);
  for (const id of ids) parts.settleEnd(id, ts as EpochMs);
  return ids;
}

function walkStep(parts: FrameParts, step: readonly Part[], ts: EpochMs, out: Sink<Fact>, isForced: boolean): boolean {
  const { account, books, assumptions, affords } = parts;
  const { instruments } = parts.market;
  for (const { tape, row, marks, isFrozen } of step) if (!isFrozen) parts.fund(tape, row, marks);
  for (const { id } of step) parts.admit(id, ts);
  const starts = step.map(({ id, tape, row, marks, isFrozen }): LaneStart => {
    const make = isFrozen ? frozenStart : laneStart;
    return make(instruments[id], books.of(id), account, tape, row, marks, assumptions.maxVolumeShare);
  });
  const changes = step.map(({ id }) => books.dueChanges(id, ts));
  const setup = { assumptions, purse: account.purse, affords: step.map(({ id }) => affords[id]), watchesMargin: true, changes };
  const { taken, isAmbiguous, liquidations } = resolve(starts, setup, assumptions.fills);
  if (liquidations === 0 && !isForced) return false;
  if (isAmbiguous) parts.countAmbiguous();
  account.adopt(taken.lanes, taken.purse);
  for (const [k, { id }] of step.entries()) books.adopt(id, taken.lanes[k].book, changes[k]);
  for (const event of taken.events) out.push(factOf(event, ts));
  if (!isForced) for (const { id } of step) parts.settleEnd(id, ts);
  return true;
}

/** Every symbol that holds or orders something, or was asked for, by id. */
function partsOf({ market, account, books, frame }: FrameParts, ts: number): readonly Part[] {
  const involved = [...new Set([...frame.ids, ...account.holding, ...books.occupied])].sort((a, b) => a - b);
  return involved.flatMap((id): Part[] => {
    const k = frame.placeOf(id);
    const tape = k < 0 ? market.tapes[id] : frame.tapes[k];
    const row = k < 0 ? rowAtOrBefore(tape, ts) : frame.rows[k];
    if (row < 0) return [];
    const marks = tape === market.tapes[id] ? (market.marks?.[id] ?? null) : null;
    return [{ id: id as InstrumentId, tape, row, marks, isFrozen: tape.closeTs[row] !== ts }];
  });
}

/** The frame in finer steps where every symbol with a position or an order has them for all of it; null otherwise. */
function finerSteps({ market }: FrameParts, coarse: readonly Part[]): readonly (readonly Part[])[] | null {
  const first = market.fine?.[coarse[0]?.id] ?? null;
  if (first === null) return null;
  const steps: Part[][] = [];
  for (const part of coarse) {
    const fine = market.fine?.[part.id] ?? null;
    if (part.isFrozen || fine === null || part.tape !== market.tapes[part.id] || fine.tape.intervalMs !== first.tape.intervalMs)
      return null;
    const span = fineSpanOf(fine, part.tape, part.row);
    if (span === null) return null;
    for (let k = 0; k < span.to - span.from; k++)
      (steps[k] ??= []).push({ id: part.id, tape: fine.tape, row: span.from + k, marks: fine.marks, isFrozen: false });
  }
  return steps;
}
