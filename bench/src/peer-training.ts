import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { BoosterProcess, requireLibrary, versionText, type LabelledMatrix } from '@orrery/ml-train';
import { uniform } from './random.ts';

const SCRIPT = fileURLToPath(new URL('../peers/xgboost_training.py', import.meta.url));
/** The system's own Python comes second: a version manager may stand before it on the path. */
const PYTHONS = ['python3', '/usr/bin/python3'];

/** Training time of the same job here and in Python. */
export interface TrainingComparison {
  readonly rows: number;
  readonly columns: number;
  readonly rounds: number;
  readonly threads: number;
  readonly here: { readonly version: string; readonly seconds: number };
  /** Null where Python or its xgboost is not installed. */
  readonly python: { readonly version: string; readonly seconds: number } | null;
  /** Time here over time there; below 1 is faster here. Null without Python. */
  readonly ratio: number | null;
  /** Margins whose bits differ between the two. */
  readonly differing: number | null;
}

/** The Python that can import xgboost and numpy, or null. */
export function pythonWithXgboost(): string | null {
  return PYTHONS.find((python) => spawnSync(python, ['-c', 'import numpy, xgboost']).status === 0) ?? null;
}

/** Trains the same matrix here and in Python, the best of some repetitions each. The time counts from rows in memory to margins in memory. */
export async function compareTraining(size: {
  rows: number;
  columns: number;
  rounds: number;
  repetitions: number;
}): Promise<TrainingComparison> {
  const { rows, columns, rounds, repetitions } = size;
  const threads = Math.max(1, os.availableParallelism() - 1);
  const train = madeUp(rows, columns);
  const parameters = {
    objective: 'binary:logistic',
    tree_method: 'hist',
    base_score: '0.5',
    max_depth: '6',
    eta: '0.1',
    seed: '1',
    nthread: String(threads),
  };
  const booster = await BoosterProcess.open(requireLibrary(process.env));
  const folder = mkdtempSync(path.join(os.tmpdir(), 'orrery-peer-'));
  try {
    writeFileSync(path.join(folder, 'job.json'), JSON.stringify({ rows, columns, rounds, parameters }));
    writeFileSync(path.join(folder, 'rows.f32'), train.values);
    writeFileSync(path.join(folder, 'labels.f32'), train.labels);
    const python = pythonWithXgboost();
    let [here, there, version] = [Infinity, Infinity, ''];
    let margins = new Float32Array(0);
    // By turns, so that a busy moment of the machine hits both.
    for (let k = 0; k < repetitions; k++) {
      const started = performance.now();
      const result = await booster.train({ type: 'train', parameters, rounds, train, validation: null, patience: 1, predict: [train] });
      here = Math.min(here, (performance.now() - started) / 1000);
      margins = new Float32Array(result.margins[0]);
      if (python === null) continue;
      const peer = runPython(python, folder);
      there = Math.min(there, peer.seconds);
      version = peer.version;
    }
    return {
      rows,
      columns,
      rounds,
      threads,
      here: { version: versionText(booster.version), seconds: here },
      python: python === null ? null : { version, seconds: there },
      ratio: python === null ? null : here / there,
      differing: python === null ? null : differing(margins, path.join(folder, 'margins.f32')),
    };
  } finally {
    booster.close();
    rmSync(folder, { recursive: true });
  }
}

function runPython(python: string, folder: string): { readonly version: string; readonly seconds: number } {
  const env = { ...process.env, OMP_WAIT_POLICY: 'PASSIVE' };
  const child = spawnSync(python, [SCRIPT, folder], { encoding: 'utf8', env, stdio: ['ignore', 'pipe', 'inherit'] });
  if (child.status !== 0) throw new Error(`${python} ${SCRIPT} failed (exit ${String(child.status)})`);
  // Written by the script beside this package.
  return JSON.parse(child.stdout.trim().split('\n').at(-1) ?? '') as { version: string; seconds: number };
}

function differing(margins: Float32Array, file: string): number {
  const bytes = readFileSync(file);
  const there = new Uint32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
  const here = new Uint32Array(margins.buffer);
  return here.reduce((count, bits, k) => count + Number(bits !== there[k]), Math.abs(here.length - there.length));
}

/** Noise with missing cells, and a label that two of the columns explain in part. */
function madeUp(rows: number, columns: number): LabelledMatrix {
  const random = uniform(1);
  const values = Float32Array.from({ length: rows * columns }, () => (random() < 0.05 ? NaN : random() * 2 - 1));
  const labels = Float32Array.from({ length: rows }, (_, row) => {
    const [a, b] = [values[row * columns], values[row * columns + 1]];
    return random() < (a * b > 0 ? 0.7 : 0.4) ? 1 : 0;
  });
  return { rows, columns, values, labels, weights: new Float32Array(rows).fill(1) };
}

/** `node bench/dist/peer-training.js [--quick]`: prints one JSON document. */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { quick: { type: 'boolean', default: false } } });
  const size = values.quick
    ? { rows: 5000, columns: 10, rounds: 20, repetitions: 1 }
    : { rows: 200_000, columns: 40, rounds: 300, repetitions: 3 };
  process.stdout.write(`${JSON.stringify(await compareTraining(size), null, 2)}\n`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main();
