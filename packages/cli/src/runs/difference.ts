import type { RunResult } from '@orrery/core';

/** A field that two runs do not share; undefined where one run does not have it. */
export interface Difference {
  readonly field: string;
  readonly first: unknown;
  readonly second: unknown;
}
/** Everything by which two runs differ. Equal digests mean that the runs did the same, to the last fact. */
export interface RunComparison {
  readonly digest: { readonly first: string; readonly second: string; readonly equal: boolean };
  readonly dataset: { readonly first: string; readonly second: string; readonly equal: boolean };
  readonly config: readonly Difference[];
  readonly account: readonly Difference[];
  readonly metrics: readonly Difference[];
  readonly versions: readonly Difference[];
}

type Fields = Readonly<Record<string, unknown>>;

/** Fields of two flat records that differ, in the order of the first and then of the second. */
export function differences(first: Fields, second: Fields): readonly Difference[] {
  const names = [...new Set([...Object.keys(first), ...Object.keys(second)])];
  return names
    .map((field) => ({ field, first: first[field], second: second[field] }))
    .filter((difference) => JSON.stringify(difference.first) !== JSON.stringify(difference.second));
}

function flatConfig({ config: { params, venue, ...rest } }: RunResult): Fields {
  const under = (prefix: string, fields: object): Fields =>
    Object.fromEntries(Object.entries(fields).map(([name, value]: [string, unknown]) => [`${prefix}.${name}`, value]));
  return { ...rest, ...under('params', params), ...under('venue', venue) };
}

export function compareRuns(first: RunResult, second: RunResult): RunComparison {
  const pair = (a: string, b: string): RunComparison['digest'] => ({ first: a, second: b, equal: a === b });
  return {
    digest: pair(first.digest, second.digest),
    dataset: pair(first.dataset.digest, second.dataset.digest),
    config: differences(flatConfig(first), flatConfig(second)),
    account: differences({ ...first.account }, { ...second.account }),
    metrics: differences(first.metrics, second.metrics),
    versions: differences(first.versions, second.versions),
  };
}
