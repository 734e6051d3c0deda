import type { MetricDefinition, MetricDirection, MetricGroup, MetricUnit } from '@orrery/core';

/** One metric of a chapter: id, title, unit, formula, direction, source, annualisation. */
export type MetricRow = readonly [
  id: string,
  title: string,
  unit: MetricUnit,
  direction: MetricDirection,
  formula: string,
  source: string,
  annualisation?: string,
];

/** The rows of a chapter as definitions. */
export function define(group: MetricGroup, rows: readonly MetricRow[]): readonly MetricDefinition[] {
  return rows.map(([id, title, unit, direction, formula, source, annualisation]) => ({
    id,
    title,
    group,
    unit,
    direction,
    formula,
    source,
    annualisation: annualisation ?? null,
  }));
}

/** Source of a figure that needs no authority: it is a count, a sum or a quotient of the run's own records. */
export const ACCOUNT = 'the account itself';
/** Source of plain trade statistics. */
export const TRADE_RECORDS = 'the trade records';
