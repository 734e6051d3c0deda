import type { Account } from './account.ts';
import { BARE, WHOLE } from './cases.ts';
import type { CaseReport } from './run-case.ts';

const FIELDS = ['wallet', 'fees', 'fills', 'equity', 'maxDrawdown', 'framesInMarket'] as const satisfies readonly (keyof Account)[];

/** In what the engine's account differs from the hand-written loop's; empty when in nothing. */
export function differences(reports: readonly CaseReport[]): readonly string[] {
  const resultOf = (name: string): Readonly<Record<string, unknown>> => {
    const report = reports.find((other) => other.name === name);
    return typeof report?.result === 'object' && report.result !== null ? { ...report.result } : {};
  };
  const bare = resultOf(BARE);
  const whole = resultOf(WHOLE);
  return FIELDS.filter((field) => bare[field] === undefined || bare[field] !== whole[field]).map(
    (field) => `${field}: bare loop ${String(bare[field])}, engine ${String(whole[field])}`,
  );
}
