import process from 'node:process';
import { describe, expect, it } from 'vitest';
import { compareTraining, pythonWithXgboost } from '../../bench/src/peer-training.ts';
import { findLibrary } from '../../packages/ml-train/src/index.ts';

const PYTHON = findLibrary(process.env) === null ? null : pythonWithXgboost();

describe.runIf(PYTHON !== null)("the same training by Python's xgboost (left out where that or libxgboost is not installed)", () => {
  it('comes to the same margins, to the bit, where the version is the same', async () => {
    const compared = await compareTraining({ rows: 2000, columns: 6, rounds: 15, repetitions: 1 });
    expect(compared).toMatchObject({ rows: 2000, rounds: 15 });
    expect(compared.ratio).toBeGreaterThan(0);
    if (compared.python?.version.startsWith(compared.here.version)) expect(compared.differing).toBe(0);
  });
});
