import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { decodeSamples, InputError, SAMPLES_FILE, type SignalSample } from '@orrery/data';
import { sha256 } from '@orrery/data/run';
import { readManifest, type RunManifest } from './manifest.ts';

/**
 * The training samples of a stored run, in the order in which its virtual positions were closed.
 * @throws InputError naming the file when the run has none, or when it was changed since
 */
export function readRunSamples(folder: string): { readonly manifest: RunManifest; readonly samples: readonly SignalSample[] } {
  const manifest = readManifest(folder);
  const hash = manifest.files[SAMPLES_FILE];
  if (hash === undefined) {
    throw new InputError(
      `run ${manifest.runId}: has no samples, since none of its virtual positions was closed; name a run of a strategy that raises signals, over more candles`,
    );
  }
  const file = path.join(folder, SAMPLES_FILE);
  if (!existsSync(file)) throw new InputError(`${file}: missing; run the backtest again`);
  const bytes = readFileSync(file);
  if (sha256(bytes) !== hash) throw new InputError(`${file}: was changed since the run was written; restore it, or run the backtest again`);
  return { manifest, samples: decodeSamples(bytes, file) };
}
